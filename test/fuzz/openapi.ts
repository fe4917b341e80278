/** What the field's own validator, and rules of the usual linters, say against a printed OpenAPI document. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 as Ajv, type AnySchema, type ValidateFunction } from "ajv/dist/2020.js";

interface Media {
  schema: AnySchema;
  example?: unknown;
}
interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags: string[];
  parameters: { name: string; in: string; description?: string }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description?: string; content?: Record<string, Media> }>;
}
interface Document {
  tags: { name: string; description?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { description?: string }> };
}

/** Reads the schema of OpenAPI once. */
const validator = new Validator();

export const judgeOpenApi = async (text: string): Promise<string[]> => {
  const { valid, errors } = await validator.validate(JSON.parse(text) as Record<string, unknown>);
  if (!valid) return [`openapi.json is no OpenAPI 3.1: ${JSON.stringify(errors)}`];
  const document = JSON.parse(text) as Document;
  return [
    ...judgeReferences(document, text),
    ...judgeWords(document),
    ...judgePaths(document),
    ...judgeExamples(document),
  ];
};

const judgeReferences = ({ components }: Document, text: string): string[] => {
  const used = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!));
  const declared = Object.keys(components.schemas);
  return [
    ...[...used]
      .filter((name) => !declared.includes(name))
      .map((name) => `openapi.json refers to ${name}, which is not there`),
    ...declared
      .filter((name) => !used.has(name))
      .map((name) => `openapi.json declares ${name}, which nothing refers to`),
  ];
};

/** Every operation, parameter, answer, tag and type says what it is. */
const judgeWords = (document: Document): string[] =>
  [
    ...document.tags.map((one) => [`tag ${one.name}`, one.description] as const),
    ...Object.entries(document.components.schemas).map(([name, one]) => [name, one.description] as const),
    ...operationsOf(document).flatMap(({ operation }) => [
      [operation.operationId, operation.summary && operation.description] as const,
      ...operation.parameters.map((one) => [`${operation.operationId} ${one.name}`, one.description] as const),
      ...Object.entries(operation.responses).map(
        ([status, one]) => [`${operation.operationId} ${status}`, one.description] as const,
      ),
    ]),
  ].flatMap(([what, words]) => (words ? [] : [`openapi.json does not describe ${what}`]));

const judgePaths = (document: Document): string[] => {
  const [ids, shapes] = [new Set<string>(), new Map<string, string>()];
  const tags = document.tags.map((one) => one.name);
  return operationsOf(document).flatMap(({ path, method, operation }) => {
    const name = operation.operationId;
    const complaints: string[] = [];
    if (ids.has(name)) complaints.push(`openapi.json has ${name} twice`);
    ids.add(name);
    const shape = `${method} ${path.replace(/\{\w+\}/g, "{}")}`;
    const other = shapes.get(shape);
    if (other !== undefined && other !== path) complaints.push(`openapi.json cannot tell ${path} from ${other}`);
    shapes.set(shape, path);
    for (const tag of operation.tags)
      if (!tags.includes(tag)) complaints.push(`openapi.json does not declare tag ${tag}`);
    const asked = [...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one!).sort();
    const given = operation.parameters
      .filter((one) => one.in === "path")
      .map((one) => one.name)
      .sort();
    if (asked.join() !== given.join())
      complaints.push(`openapi.json: ${name} declares ${given}, its path has ${asked}`);
    return complaints;
  });
};

/** What stands as an example would be taken. */
const judgeExamples = (document: Document): string[] => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: "openapi.json", components: document.components });
  const known = new Map<string, ValidateFunction>();
  return operationsOf(document).flatMap(({ operation }) =>
    [operation.requestBody, ...Object.values(operation.responses)].flatMap((one) =>
      Object.values(one?.content ?? {}).flatMap(({ schema, example }) => {
        if (example === undefined) return [];
        const text = JSON.stringify(schema).replaceAll('"#/', '"openapi.json#/');
        const validate = known.get(text) ?? ajv.compile(JSON.parse(text) as AnySchema);
        known.set(text, validate);
        return validate(example)
          ? []
          : [`openapi.json: an example of ${text} is wrong: ${ajv.errorsText(validate.errors)}`];
      }),
    ),
  );
};

const operationsOf = ({ paths }: Document): { path: string; method: string; operation: Operation }[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
