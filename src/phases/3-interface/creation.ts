/** Rows that custom operations bring into being, and rows that these need. */
import { type Findings, nearest } from "../../base/diagnostic.js";
import { parameter } from "../../base/naming.js";
import { type AutoBeDatabase, modelsOf } from "../2-database/ast.js";
import type { AutoBeOpenApi, IAmend, IAmendOperation } from "./ast.js";

/** What a creation is judged against. */
interface CreationContext {
  database: AutoBeDatabase.IApplication;
  document: AutoBeOpenApi.IDocument;
}

/** The row that a custom operation makes: a table, and a place in the answer where its key stands. */
export const checkCreation = (
  context: CreationContext,
  answer: IAmend,
  own: IAmendOperation,
  at: string,
  found: Findings,
): void => {
  if (own.creates == null) return;
  const tables = modelsOf(context.database)
    .filter((model) => model.stance !== "session" && model.stance !== "actor" && model.parent?.kind !== "composed")
    .map((model) => model.name);
  if (!tables.includes(own.creates))
    found.add(
      "INTERFACE.UNKNOWN_TABLE",
      `${at}.creates`,
      `There is no table ${own.creates} whose rows are made; nearest: ${nearest(own.creates, tables)}.`,
    );
  else if (own.method === "get")
    found.add("INTERFACE.CREATES", `${at}.creates`, `${own.name} is a reading and makes nothing.`);
  const wrong = own.method === "get" ? null : wrongPlace(context, answer, own.response, own.key || "id");
  if (wrong !== null) found.add("INTERFACE.CREATES", `${at}.key`, wrong);
};

/** What is wrong with the place where an answer is said to hold a key; null where nothing is. */
const wrongPlace = (context: CreationContext, answer: IAmend, response: string | null, at: string): string | null => {
  let type = response;
  for (const [index, segment] of at.split(".").entries()) {
    if (type === null) return "The answer holds no key there: name a response that does.";
    const members = membersOf(context, answer, type);
    const member = members.get(segment);
    if (member === undefined)
      return `${type} has no ${segment}; it has ${[...members.keys()].join(", ") || "nothing"}.`;
    if (index === at.split(".").length - 1) return member.isKey ? null : `${at} is no key: the path ends in a uuid.`;
    type = member.type;
  }
  return null;
};

/** Members of a type that exists, or that this answer makes. */
const membersOf = (
  { document }: CreationContext,
  answer: IAmend,
  type: string,
): Map<string, { isKey: boolean; type: string | null }> => {
  const schema = document.components.schemas[type];
  if (schema !== undefined && "properties" in schema)
    return new Map(
      Object.entries(schema.properties).map(([name, property]) => [
        name,
        {
          isKey: "format" in property && property.format === "uuid",
          type: "$ref" in property ? property.$ref.replace("#/components/schemas/", "") : null,
        },
      ]),
    );
  return new Map(
    answer.properties
      .filter((one) => one.type === type)
      .map((one) => [
        one.name,
        {
          isKey: one.kind === "uuid" && !one.list && !one.nullable,
          type: one.list || one.nullable ? null : (one.ref ?? null),
        },
      ]),
  );
};

/** Rows named in the path, and those whose keys stand in the body. */
export const neededRows = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  parameters: readonly AutoBeOpenApi.IParameter[],
  body: AutoBeOpenApi.IJsonSchemaDescriptive | undefined | null,
): AutoBeOpenApi.IPrerequisite[] => [
  ...parameters.map(({ name, model }) => ({ model, at: name, state: null, required: true })),
  ...(body != null && "properties" in body ? Object.entries(body.properties) : []).flatMap(([name, property]) => {
    const model = "format" in property && property.format === "uuid" ? keyTable(database, operation, name) : null;
    const required = body != null && "required" in body && body.required.includes(name);
    return model === null ? [] : [{ model, at: `body.${name}`, state: null, required }];
  }),
];

/** `copyId` is the key of a Copy, or of what a relation `copy` of the made or owning table leads to. */
const keyTable = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  name: string,
): string | null => {
  const own = modelsOf(database)
    .filter((model) => [operation.model, ...operation.creates.map((one) => one.model)].includes(model.name))
    .flatMap((model) => model.foreignFields)
    .find((field) => field.name === name);
  if (own !== undefined) return own.relation.targetModel;
  return modelsOf(database).find((model) => model.stance !== "session" && parameter(model.name) === name)?.name ?? null;
};
