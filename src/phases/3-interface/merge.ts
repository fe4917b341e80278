/** A difference against the contract, applied. What does not fit was refused by check and is not here. */
import { parameter } from "../../base/naming.js";
import type { AutoBeAnalyze } from "../1-analyze/ast.js";
import { type AutoBeDatabase, modelsOf } from "../2-database/ast.js";
import type { AutoBeOpenApi, IAmend, IAmendOperation, IAmendProperty } from "./ast.js";
import { behave, idsOf } from "./behave.js";
import { neededRows } from "./creation.js";
import { columnSchema, nullable, reference } from "./derive/columns.js";
import { customAccess } from "./derive/custom.js";
import { prune } from "./derive/derive.js";
import { keyParameter } from "./derive/operations.js";
import { wellStocked } from "./stock.js";

export const applyAmend = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  answer: IAmend,
): AutoBeOpenApi.IDocument => {
  const schemas = { ...document.components.schemas };
  for (const property of answer.properties) addProperty(schemas, property);
  const operations = document.operations
    .filter((operation) => !answer.remove.includes(operation.name))
    .map((operation) => {
      const own = answer.operations.find((one) => one.name === operation.name);
      const amended = own === undefined ? operation : amend(analyze, database, schemas, operation, own);
      return behave(analyze, database, amended, operation.name, answer);
    });
  const samples = wellStocked(database, document.samples, operations);
  return prune({ ...document, operations, samples, components: { ...document.components, schemas } });
};

type Schemas = Record<string, AutoBeOpenApi.IJsonSchemaDescriptive>;

const addProperty = (schemas: Schemas, property: IAmendProperty): void => {
  const known = schemas[property.type];
  const schema =
    known !== undefined && "properties" in known
      ? { ...known, properties: { ...known.properties }, required: [...known.required] }
      : { type: "object" as const, description: `${property.type}.`, properties: {}, required: [] as string[] };
  const single = propertySchema(property);
  const value = property.list ? { type: "array" as const, items: single, maxItems: 1000 } : single;
  schema.properties[property.name] = {
    ...(property.nullable ? nullable(value) : value),
    description: property.source,
  } as AutoBeOpenApi.IJsonSchemaProperty;
  if (!property.nullable && !schema.required.includes(property.name)) schema.required.push(property.name);
  schemas[property.type] = schema as AutoBeOpenApi.IJsonSchemaDescriptive;
};

const propertySchema = (
  property: IAmendProperty,
): Exclude<AutoBeOpenApi.IJsonSchema, AutoBeOpenApi.IJsonSchema.IObject> =>
  property.kind === "type"
    ? reference(property.ref!)
    : columnSchema({
        name: property.name,
        type: property.kind,
        description: property.source,
        nullable: property.nullable,
        default: null,
        values: property.values ?? null,
        minimum: property.minimum ?? null,
        maximum: property.maximum ?? null,
        writer: "update",
        source: null,
        secret: false,
        requirements: [],
      });

const amend = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  schemas: Schemas,
  operation: AutoBeOpenApi.IOperation,
  own: IAmendOperation,
): AutoBeOpenApi.IOperation => {
  const served = idsOf(analyze, own.serves);
  const described = {
    ...operation,
    description: own.description,
    requirements: [...new Set([...operation.requirements, ...served.requirements])],
    rules: [...new Set([...operation.rules, ...served.rules])],
  };
  if (operation.kind !== "custom") return described;
  const method = own.method ?? operation.method;
  const path = own.path ?? operation.path;
  const isReading = method === "get";
  const creates = own.creates == null || isReading ? [] : [{ model: own.creates, at: own.key || "id" }];
  return {
    ...described,
    method,
    path,
    name: accessorOf(path, operation.name.split(".").at(-1)!),
    parameters: parametersOf(database, path),
    access: customAccess(analyze, database, operation.model!, actorsOf(operation), !isReading),
    query: isReading ? own.body : null,
    requestBody: isReading ? null : own.body,
    responseBody: own.response,
    success: own.response === null ? 204 : 200,
    key: keyOf(schemas, own.response),
    wrap: own.response?.startsWith("IPageI") ? "page" : "none",
    creates,
    prerequisites: neededRows(
      database,
      operation,
      parametersOf(database, path),
      isReading ? null : schemas[own.body ?? ""],
    ),
  };
};

const actorsOf = (operation: AutoBeOpenApi.IOperation): string[] => [
  ...new Set(operation.access.map((access) => access.actor)),
];

const keyOf = (schemas: Schemas, response: string | null): string | null => {
  const schema = schemas[response ?? ""];
  return schema !== undefined && "properties" in schema && schema.properties["id"] !== undefined ? "id" : null;
};

/** The name nestia gives a route: its static segments, and the function unless the last segment says it already. */
export const accessorOf = (path: string, functionName: string): string => {
  const segments = path.split("/").filter((segment) => segment !== "" && !segment.startsWith("{"));
  return (segments.at(-1) === functionName ? segments : [...segments, functionName]).join(".");
};

/** Parameters in the order of the path; each is the key of a table. */
export const parametersOf = (database: AutoBeDatabase.IApplication, path: string): AutoBeOpenApi.IParameter[] =>
  [...path.matchAll(/\{([^}]+)\}/g)].flatMap((match) => {
    const model = modelsOf(database).find((one) => one.stance !== "session" && parameter(one.name) === match[1]);
    return model === undefined ? [] : [keyParameter(model)];
  });
