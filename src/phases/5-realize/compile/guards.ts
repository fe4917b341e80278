/** Guards that the contract asks for, as statements inside a transaction. */
import { linkIds, parameter, refusalCode, spoken } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { callerOf } from "./caller.js";
import { lock } from "./capacity.js";
import { keyIn, referenceKey } from "./keys.js";
import { all, livingOf } from "./living.js";
import type { Printing } from "./printing.js";
import { scopeFunction } from "./scopes.js";
import { delegate, quote } from "./source.js";

/** `throw refusal(404, "TASK_NOT_FOUND", …)` */
export const notFound = (name: string): string =>
  `throw refusal(404, ${quote(refusalCode(name, "not found"))}, ${quote(`There is no such ${spoken(name)}.`)});`;

const FORBIDDEN = 'throw refusal(403, "FORBIDDEN", "This row is not yours to change.");';

/** Loads the row that the path names, or answers 404. */
export const loadRow = (
  printing: { operation: AutoBeOpenApi.IOperation },
  model: AutoBeDatabase.IModel,
  variable: string,
  client = "tx",
): string[] => [
  `const ${variable} = await ${client}.${delegate(model.name)}.findFirst({ where: ${model.name}Scope.located(${callerOf(printing.operation).value}, props) });`,
  `if (${variable} === null) ${notFound(model.name)}`,
];

/** The parent that the path of a collection names. */
export const loadParent = (printing: Printing, client = "tx"): string[] => {
  const parent = parentOf(printing);
  return parent === null ? [] : loadRow(printing, parent, "parent", client);
};

export const parentOf = ({
  database,
  model,
}: {
  database: AutoBeDatabase.IApplication;
  model: AutoBeDatabase.IModel;
}): AutoBeDatabase.IModel | null =>
  model.parent?.kind === "routed" ? (modelNamed(database, model.parent.model) ?? null) : null;

/** Readable, but not within what the caller may touch: 403. */
export const guardScope = (
  { operation, model, document }: Pick<Printing, "operation" | "model" | "document">,
  key: string,
): string[] => {
  const identity = (access: AutoBeOpenApi.IAccess): string => JSON.stringify([access.actor, access.filter]);
  const callers = new Set(operation.access.map((access) => access.actor));
  const readable = (document.readers[model.name] ?? []).filter((one) => callers.has(one.actor)).map(identity);
  const allowed = operation.access.map(identity);
  const isAsReading = readable.every((one) => allowed.includes(one)) && allowed.every((one) => readable.includes(one));
  if (isAsReading || operation.access.every((access) => access.filter === null)) return [];
  return [scopeCheck(operation, model, key)];
};

export const scopeCheck = (operation: AutoBeOpenApi.IOperation, model: AutoBeDatabase.IModel, key: string): string =>
  [
    `const isAllowed = { AND: [{ id: ${key} }, ${model.name}Scope.${scopeFunction(operation)}(${callerOf(operation).value})] };`,
    `if ((await tx.${delegate(model.name)}.count({ where: isAllowed })) === 0) ${FORBIDDEN}`,
  ].join("\n");

/** Rows that a body refers to must be there for the caller, and hang together with the row itself. */
export const guardReferences = (printing: Printing): string[] => {
  const { document, operation, model } = printing;
  const schema = document.components.schemas[operation.requestBody ?? ""];
  const properties = schema !== undefined && "properties" in schema ? schema.properties : {};
  return [
    ...model.foreignFields
      .filter((field) => properties[field.name] !== undefined)
      .flatMap((field) => guardReference(printing, field, `props.body.${field.name}`, isRequired(schema, field.name))),
    ...model.links
      .filter((link) => properties[linkIds(link.name)] !== undefined)
      .map((link) => guardLink(printing, link)),
    ...composedChildren(printing).flatMap(([property, child]) =>
      child.foreignFields
        .filter((field) => field.relation.name !== child.parent!.relation && field.writer !== "server")
        .map((field) => guardComposed(printing, property, field)),
    ),
  ];
};

const isRequired = (schema: AutoBeOpenApi.IJsonSchemaDescriptive | undefined, name: string): boolean =>
  schema !== undefined && "required" in schema && schema.required.includes(name);

const composedChildren = ({ database, document, operation, model }: Printing): [string, AutoBeDatabase.IModel][] => {
  const schema = document.components.schemas[operation.requestBody ?? ""];
  const properties = schema !== undefined && "properties" in schema ? schema.properties : {};
  return database.files
    .flatMap((file) => file.models)
    .filter((one) => one.parent?.kind === "composed" && one.parent.model === model.name)
    .map((child): [string, AutoBeDatabase.IModel] => [
      child.foreignFields.find((field) => field.relation.name === child.parent!.relation)!.relation.oppositeName,
      child,
    ])
    .filter(([property]) => properties[property] !== undefined);
};

const guardReference = (
  printing: Printing,
  field: AutoBeDatabase.IForeignField,
  value: string,
  required: boolean,
): string[] => {
  const target = modelNamed(printing.database, field.relation.targetModel)!;
  const key = keyIn(field.type, value);
  const lookUp = [
    `const ${field.relation.name}Row = await tx.${delegate(target.name)}.findFirst({ where: ${referenceWhere(printing, target, key)} });`,
    `if (${field.relation.name}Row === null) ${notFound(field.relation.name)}`,
    ...guardCycle(printing, field, key),
  ];
  return required ? lookUp : [`if (${value} != null) {`, ...lookUp, "}"];
};

/** Readable by the caller, and below the same parent where both have one. */
const referenceWhere = (printing: Printing, target: AutoBeDatabase.IModel, value: string, isMany = false): string => {
  const key = isMany ? `{ id: { in: ${value} } }` : `{ id: ${value} }`;
  return `{ AND: [${key}${agreement(printing, target)}, ${target.name}Scope.readable(${callerOf(printing.operation).value})] }`;
};

const agreement = ({ model, operation }: Printing, target: AutoBeDatabase.IModel): string => {
  if (model.parent?.kind !== "routed" || target.parent?.kind !== "routed" || target.parent.model !== model.parent.model)
    return "";
  const parentKey =
    operation.parameters.find((one) => one.model === model.parent!.model)?.name ?? parameter(model.parent.model);
  return `, { ${target.parent.relation}Id: props.${parentKey} }`;
};

const guardLink = (printing: Printing, link: AutoBeDatabase.ILink): string => {
  const target = modelNamed(printing.database, link.targetModel)!;
  const value = `props.body.${linkIds(link.name)}`;
  return [
    `if (${value} !== undefined) {`,
    `const found = await tx.${delegate(target.name)}.count({ where: ${referenceWhere(printing, target, keysIn(target, value), true)} });`,
    `if (found !== ${value}.length) ${notFound(link.name)}`,
    "}",
  ].join("\n");
};

const guardComposed = (printing: Printing, property: string, field: AutoBeDatabase.IForeignField): string => {
  const target = modelNamed(printing.database, field.relation.targetModel)!;
  const variable = `${property}${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}s`;
  return [
    `const ${variable} = [...new Set((props.body.${property} ?? []).flatMap((one) => one.${field.name} ?? []))];`,
    `if ((await tx.${delegate(target.name)}.count({ where: ${referenceWhere({ ...printing, model: { ...printing.model, parent: null } }, target, keysIn(target, variable), true)} })) !== ${variable}.length) ${notFound(field.relation.name)}`,
  ].join("\n");
};

/** Several keys from the wire as the database has them. */
const keysIn = (target: AutoBeDatabase.IModel, value: string): string =>
  keyIn(target.primaryField.type, "id") === "id"
    ? value
    : `${value}.map((id) => ${keyIn(target.primaryField.type, "id")})`;

/** Walks up from the new target; meeting the row itself would close a cycle. */
const guardCycle = ({ operation, model }: Printing, field: AutoBeDatabase.IForeignField, value: string): string[] => {
  const refusal = operation.refusals.find((one) => one.provoke?.kind === "cycle" && one.provoke.member === field.name);
  if (refusal === undefined) return [];
  return [
    `for (let above: ${TYPES[field.type]} | null = ${value}; above !== null; ) {`,
    `if (above === current.id) throw refusal(${refusal.status}, ${quote(refusal.code)}, ${quote(refusal.when)});`,
    `const next: { ${field.name}: ${TYPES[field.type]} | null } | null = await tx.${delegate(model.name)}.findUnique({ where: { id: above }, select: { ${field.name}: true } });`,
    `above = next?.${field.name} ?? null;`,
    "}",
  ];
};

const TYPES: Record<AutoBeDatabase.Key, string> = { uuid: "string", int: "number", bigint: "bigint", string: "string" };

/** Rules of order and limit. */
export const guardRules = (printing: Printing): string[] =>
  printing.operation.refusals.flatMap((refusal) => {
    const thrown = `throw refusal(${refusal.status}, ${quote(refusal.code)}, ${quote(refusal.when)});`;
    if (refusal.provoke?.kind === "order") return guardOrder(printing, refusal.provoke, thrown);
    if (refusal.provoke?.kind === "limit") return guardLimit(printing, refusal.provoke, thrown);
    return [];
  });

const guardOrder = (
  { document, operation, model }: Printing,
  order: AutoBeOpenApi.IProvocation.IOrder,
  thrown: string,
): string[] => {
  const schema = document.components.schemas[operation.requestBody ?? ""];
  const properties = schema !== undefined && "properties" in schema ? schema.properties : {};
  const [firstType, secondType] = [order.first, order.second].map(
    (name) => model.plainFields.find((field) => field.name === name)?.type,
  );
  const type = firstType === secondType ? firstType : "decimal"; // numbers of two kinds
  const comparable = (text: string): string =>
    type === "datetime" || type === "date"
      ? `new Date(${text}).getTime()`
      : type === "bigint"
        ? `BigInt(${text})`
        : type === "decimal"
          ? `new Decimal(String(${text}))`
          : text;
  const read = (member: string): string => {
    const given = `props.body.${member}`;
    if (operation.kind !== "update") return given;
    return properties[member] === undefined
      ? `current.${member}`
      : `(${given} === undefined ? current.${member} : ${given})`;
  };
  const [first, second] = [`${order.first}Value`, `${order.second}Value`];
  const isWrong =
    type === "decimal"
      ? `${comparable(first)}.gte(${comparable(second)})`
      : `${comparable(first)} >= ${comparable(second)}`;
  return [
    "{",
    `const ${first} = ${read(order.first)};`,
    `const ${second} = ${read(order.second)};`,
    `if (${first} != null && ${second} != null && ${isWrong}) ${thrown}`,
    "}",
  ];
};

/** Counts under a lock on the row that the limit is per, so that two callers cannot both be the last. */
const guardLimit = (printing: Printing, limit: AutoBeOpenApi.IProvocation.ILimit, thrown: string): string[] => {
  const { database, model, operation } = printing;
  const field = model.foreignFields.find((one) => one.relation.name === limit.relation)!;
  const target = modelNamed(database, field.relation.targetModel)!;
  const isMoved = operation.kind === "update" ? [`per !== current.${field.name}`] : [];
  const isGiven = field.nullable || operation.kind === "update" ? ["per != null"] : [];
  const conditions = [...isGiven, ...isMoved];
  return [
    "{",
    `const per = ${referenceKey(printing, field)};`,
    ...(conditions.length === 0 ? [] : [`if (${conditions.join(" && ")}) {`]),
    lock(target, "per"),
    `const many = await tx.${delegate(model.name)}.count({ where: ${all([`{ ${field.name}: per }`, ...livingOf(database, model, [], field.relation.name)])} });`,
    `if (many >= ${limit.maximum}) ${thrown}`,
    ...(conditions.length === 0 ? [] : ["}"]),
    "}",
  ];
};
