/** Access of the contract → `src/scopes/*.ts`: which rows a caller may read, create, change, erase. */
import { type Comparison, isNow } from "../../../base/comparison.js";
import type { FileTree } from "../../../base/file-tree.js";
import { parameter, spoken } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed, modelsOf } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { keyIn } from "./keys.js";
import { livingOf } from "./living.js";
import { capital, type Exports, quote, withImports } from "./source.js";

export const compileScopes = (
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  exports: Exports,
): FileTree =>
  Object.fromEntries(
    modelsOf(database)
      .filter((model) => model.stance !== "session" && model.parent?.kind !== "composed")
      .map((model) => [
        `src/scopes/${model.name}Scope.ts`,
        withImports(
          exports,
          "scopes",
          `${model.name}Scope`,
          printScope(database, document, model, document.readers[model.name] ?? []),
        ),
      ]),
  );

/** Function of the scope that guards an operation; null where reading is all that is asked. */
export const scopeFunction = (operation: AutoBeOpenApi.IOperation): string | null => {
  switch (operation.kind) {
    case "create":
      return "creatable";
    case "update":
      return "updatable";
    case "erase":
      return "erasable";
    case "transition":
    case "custom":
      return `allows${capital(operation.name.split(".").at(-1)!)}`;
    default:
      return null;
  }
};

/** Whether the scope says more than that the caller owns what it was just given. */
export const isTrivialAtCreate = (
  model: AutoBeDatabase.IModel,
  access: AutoBeOpenApi.IAccess[],
  { readers }: AutoBeOpenApi.IDocument,
): boolean =>
  access.every(
    (one) =>
      one.filter === null ||
      one.filter.every(
        (condition) =>
          (condition.operator === "=" &&
            condition.value === "me" &&
            condition.path.length === 1 &&
            model.foreignFields.some(
              (field) => field.relation.name === condition.path[0] && field.source?.kind === "actor",
            )) ||
          isAskedOfParent(model, one.actor, condition, readers),
      ),
  );

/** The parent that the path names was found for the caller, who would not have seen it otherwise. */
const isAskedOfParent = (
  { parent }: AutoBeDatabase.IModel,
  actor: string,
  { path, operator, value }: AutoBeOpenApi.ICondition,
  readers: AutoBeOpenApi.IDocument["readers"],
): boolean => {
  if (parent?.kind !== "routed" || path.length < 2 || path[0] !== parent.relation) return false;
  const readings = (readers[parent.model] ?? []).filter((one) => one.actor === actor);
  const wanted = JSON.stringify([path.slice(1), operator, value]);
  return (
    readings.length > 0 &&
    readings.every((one) =>
      one.filter?.some((known) => JSON.stringify([known.path, known.operator, known.value]) === wanted),
    )
  );
};

const printScope = (
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  model: AutoBeDatabase.IModel,
  reading: AutoBeOpenApi.IAccess[],
): string => {
  const said = spoken(model.name);
  const parts = [...printReadable(database, model, reading), printLocated(database, model)];
  for (const operation of document.operations) {
    if (operation.model !== model.name || operation.path.startsWith("/auth/")) continue;
    const name = scopeFunction(operation);
    if (name === null || (operation.kind === "custom" && !operation.parameters.some((one) => one.model === model.name)))
      continue;
    parts.push(
      printFunction(
        database,
        model,
        name,
        `Which ${said} rows the caller may touch by ${quote(operation.name)}.`,
        operation.access,
      ),
    );
  }
  return `export namespace ${model.name}Scope {\n${parts.join("\n\n")}\n}\n`;
};

/** Whether a body may name a row, which is looked up without the path that leads to it. */
const isReferred = (database: AutoBeDatabase.IApplication, { name }: AutoBeDatabase.IModel): boolean =>
  modelsOf(database).some(
    (other) =>
      other.foreignFields.some(
        (field) => field.relation.targetModel === name && field.relation.name !== other.parent?.relation,
      ) || other.links.some((link) => link.targetModel === name),
  );

/** Where rows may be erased and still be there, no permission shows those. */
const printReadable = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  reading: AutoBeOpenApi.IAccess[],
): string[] => {
  const said = spoken(model.name);
  const living = livingOf(database, model, [], isReferred(database, model) ? null : model.parent?.relation);
  const description = `Which ${said} rows the caller may read.`;
  if (living.length === 0) return [printFunction(database, model, "readable", description, reading)];
  return [
    printFunction(
      database,
      model,
      "permitted",
      `Which ${said} rows permissions show, erased ones among them.`,
      reading,
    ),
    `/** ${description} */\nexport const readable = (caller: Caller | null): Prisma.${model.name}WhereInput => ({ AND: [${living.join(", ")}, permitted(caller)] });`,
  ];
};

const printFunction = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  name: string,
  description: string,
  access: AutoBeOpenApi.IAccess[],
): string => {
  const type = `Prisma.${model.name}WhereInput`;
  const head = `/** ${description} */\nexport const ${name} = (`;
  const everyone = filtersOf(access, "guest");
  const actors = [...new Set(access.map((one) => one.actor))].filter((actor) => actor !== "guest");
  const otherwise = everyone.length === 0 ? "{ id: { in: [] } }" : printAny(database, model, everyone);
  if (actors.length === 0) return `${head}_caller: Caller | null): ${type} => (${otherwise});`;
  const branches = actors.map(
    (actor) => `case ${quote(actor)}: return ${printAny(database, model, filtersOf(access, actor))};`,
  );
  return `${head}caller: Caller | null): ${type} => {\nswitch (caller?.actor) {\n${branches.join("\n")}\ndefault: return ${otherwise};\n}\n};`;
};

const filtersOf = (access: AutoBeOpenApi.IAccess[], actor: string): (AutoBeOpenApi.ICondition[] | null)[] =>
  access.filter((one) => one.actor === actor).map((one) => one.filter);

/** Rows that satisfy any of the filters. */
const printAny = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  filters: (AutoBeOpenApi.ICondition[] | null)[],
): string => {
  if (filters.includes(null)) return "{}";
  const printed = filters.map((filter) => printAll(database, model, filter!));
  return printed.length === 1 ? printed[0]! : `{ OR: [${printed.join(", ")}] }`;
};

/** Rows that satisfy all of the conditions. */
export const printAll = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  conditions: AutoBeOpenApi.ICondition[],
  me = "caller.id",
): string => {
  const printed = conditions.map((condition) => printCondition(database, model, condition, me));
  return printed.length === 1 ? printed[0]! : `{ AND: [${printed.join(", ")}] }`;
};

/** `list.owner = me` → `{ list: { ownerId: caller.id } }` */
export const printCondition = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  condition: AutoBeOpenApi.ICondition,
  me = "caller.id",
): string => {
  const [head, ...rest] = condition.path;
  const pointer = model.foreignFields.find((field) => field.relation.name === head);
  if (pointer !== undefined && rest.length !== 0) {
    const target = modelNamed(database, pointer.relation.targetModel)!;
    return `{ ${head}: ${printCondition(database, target, { ...condition, path: rest }, me)} }`;
  }
  const column = pointer?.name ?? head!;
  const value = condition.value === "me" ? me : literal(model, column, condition.value);
  return printComparison(column, condition.operator, value);
};

/** `{ startsAt: { lt: clock.now() } }` */
export const printComparison = (column: string, operator: Comparison, value: string): string => {
  switch (operator) {
    case "=":
      return `{ ${column}: ${value} }`;
    case "!=":
      return `{ NOT: { ${column}: ${value} } }`;
    default:
      return `{ ${column}: { ${ORDERS[operator]}: ${value} } }`;
  }
};

const ORDERS = { "<": "lt", "<=": "lte", ">": "gt", ">=": "gte" };

/** A value of the analysis as TypeScript for Prisma. */
export const literal = (model: AutoBeDatabase.IModel, column: string, value: string): string => {
  if (value === "null") return "null";
  const type = model.plainFields.find((field) => field.name === column)?.type;
  if (isNow(type ?? "", value)) return "clock.now()";
  switch (type) {
    case "boolean":
    case "int":
    case "double":
      return value;
    case "bigint":
      return `${value}n`;
    case "date":
    case "datetime":
      return `new Date(${quote(value)})`;
    default:
      return quote(value);
  }
};

/** Models whose keys stand in the path of a routed model, outermost first. */
const pathOf = (database: AutoBeDatabase.IApplication, model: AutoBeDatabase.IModel): AutoBeDatabase.IModel[] => {
  const parent = model.parent?.kind === "routed" ? modelNamed(database, model.parent.model) : undefined;
  return [...(parent === undefined ? [] : pathOf(database, parent)), model];
};

const printLocated = (database: AutoBeDatabase.IApplication, model: AutoBeDatabase.IModel): string => {
  const keys = pathOf(database, model)
    .map((one) => `${parameter(one.name)}: ${one.primaryField.type === "int" ? "number" : "string"}`)
    .join("; ");
  const parent =
    model.parent?.kind === "routed"
      ? `, { ${model.parent.relation}: ${model.parent.model}Scope.located(caller, path) }`
      : "";
  return [
    `/** The ${spoken(model.name)} that a path names, as far as the caller may read it. */`,
    `export const located = (caller: Caller | null, path: { ${keys} }): Prisma.${model.name}WhereInput => ({`,
    `AND: [{ id: ${keyIn(model.primaryField.type, `path.${parameter(model.name)}`)} }${parent}, readable(caller)],`,
    "});",
  ].join("\n");
};
