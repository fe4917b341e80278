/** A difference against the contract, applied. What does not fit was refused by check and is not here. */
import { parameter, pascal, spoken } from "../../base/naming.js";
import type { AutoBeAnalyze } from "../1-analyze/ast.js";
import { ruleId } from "../1-analyze/ast.js";
import { type AutoBeDatabase, modelsOf } from "../2-database/ast.js";
import type { AutoBeOpenApi, IAmend, IAmendEffect, IAmendOperation, IAmendProperty } from "./ast.js";
import { columnSchema, nullable, reference } from "./derive/columns.js";
import { customAccess } from "./derive/custom.js";
import { prune } from "./derive/derive.js";
import { keyParameter } from "./derive/operations.js";
import { parseEffect } from "./effect.js";
import { parseNeed } from "./need.js";
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

/** A row that must exist is data the machine compiles; other conditions owe a leaf. */
const provocationOf = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  needs: string | null,
): AutoBeOpenApi.IProvocation | null => {
  if (needs === null || needs.trim() === "") return null;
  const parsed = parseNeed(database, operation, needs);
  return "provoke" in parsed ? parsed.provoke : null;
};

/** Refusals and effects said of an operation under the name that was shown. */
const behave = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  shown: string,
  answer: IAmend,
): AutoBeOpenApi.IOperation => {
  const refusals = answer.refusals
    .filter((one) => one.operation === shown)
    .map((one): AutoBeOpenApi.IRefusal & { served: string[] } => {
      const ids = idsOf(analyze, one.serves);
      return {
        status: one.status,
        code: one.code,
        when: one.when,
        avoid: one.avoid,
        provoke: provocationOf(database, operation, one.needs ?? null),
        rules: ids.rules,
        served: ids.requirements,
      };
    });
  const effects = answer.effects
    .filter((one) => one.operation === shown)
    .map((one) => effectOf(analyze, database, operation, one));
  const bounds = effects.flatMap(({ served, ...effect }) => boundRefusal(effect).map((one) => ({ ...one, served })));
  const bare = <T extends { served: string[] }>({ served: _, ...rest }: T): Omit<T, "served"> => rest;
  const all = [
    ...operation.refusals.filter((known) => refusals.every((one) => one.code !== known.code)),
    ...refusals.map(bare),
    ...bounds.map(bare),
  ];
  const extra = [...refusals, ...effects];
  return {
    ...operation,
    refusals: all,
    effects: [...operation.effects, ...effects.map(bare)],
    requirements: [...new Set([...operation.requirements, ...extra.flatMap((one) => one.served)])],
    rules: [...new Set([...operation.rules, ...extra.flatMap((one) => one.rules)])],
    failures: failuresOf(operation, [...refusals, ...bounds]),
  };
};

const effectOf = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  one: IAmendEffect,
): AutoBeOpenApi.IEffect & { served: string[] } => {
  const ids = idsOf(analyze, one.serves);
  const model = pascal(one.table);
  const parsed = parseEffect(database, operation, one);
  return parsed !== null && "action" in parsed
    ? { ...parsed, model, compiled: true, rules: ids.rules, served: ids.requirements }
    : {
        action: one.action === "create" ? "insert" : one.action === "erase" ? "erase" : "set",
        model,
        path: null,
        column: null,
        value: one.what,
        assignments: [],
        only: [],
        bound: null,
        compiled: false,
        rules: ids.rules,
        served: ids.requirements,
      };
};

/** Added to beyond its bound, a column refuses the call. */
const boundRefusal = ({ model, path, column, bound, rules }: AutoBeOpenApi.IEffect): AutoBeOpenApi.IRefusal[] => {
  if (bound === null || path === null || column === null) return [];
  const at = (bound.least ?? bound.most)!;
  const [side, turned] = bound.least === null ? ["above", "less"] : ["below", "more"];
  return [
    {
      status: 409,
      code: bound.code,
      when: `The ${spoken(column)} of the ${spoken(model)} would go ${side} ${at}.`,
      avoid: `Call it while the ${spoken(model)} has ${turned} ${spoken(column)}.`,
      provoke: { kind: "bound", path, model, column, at },
      rules,
    },
  ];
};

const failuresOf = (
  operation: AutoBeOpenApi.IOperation,
  refusals: readonly AutoBeOpenApi.IRefusal[],
): AutoBeOpenApi.IFailure[] => {
  const base =
    operation.kind === "custom"
      ? [
          { status: 400, when: "A parameter, the query or the body has the wrong form." },
          ...(operation.access.some((one) => one.actor === "guest")
            ? []
            : [
                { status: 401, when: "The token is missing or not valid." },
                { status: 403, when: "The caller may not do this." },
              ]),
          ...(operation.parameters.length === 0
            ? []
            : [{ status: 404, when: "A row that the call names is not there for this caller." }]),
        ]
      : operation.failures;
  const failures = base.map((one) => ({ ...one }));
  for (const refusal of refusals) {
    const same = failures.find((failure) => failure.status === refusal.status);
    if (same === undefined) failures.push({ status: refusal.status, when: refusal.when });
    else same.when += ` ${refusal.when}`;
  }
  return failures.sort((x, y) => x.status - y.status);
};

/** Which of the ids are requirements and which are rules. */
export const idsOf = (
  analyze: AutoBeAnalyze.IApplication,
  ids: readonly string[],
): { requirements: string[]; rules: string[] } => {
  const rules = new Set(analyze.modules.flatMap((module) => module.rules).map(ruleId));
  const requirements = new Set(analyze.modules.flatMap((module) => module.requirements).map((one) => one.id));
  const named = ids.filter((id) => rules.has(id));
  return {
    requirements: [
      ...new Set([
        ...ids.filter((id) => requirements.has(id)),
        ...analyze.modules
          .flatMap((module) => module.rules)
          .filter((rule) => named.includes(ruleId(rule)))
          .flatMap((rule) => rule.requirements),
      ]),
    ],
    rules: named,
  };
};
