/** Effects of the contract as statements: columns set and added to, rows made and erased, where a path from the operation's row leads. */
import { type AutoBeDatabase, deletionOf, leadingTo, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { all, livingOf } from "./living.js";
import { literal, printAll } from "./scopes.js";
import { delegate, quote } from "./source.js";

/** What is known where effects are printed. */
export interface Effecting {
  database: AutoBeDatabase.IApplication;
  operation: AutoBeOpenApi.IOperation;
  /** Model of the operation's row. */
  model: AutoBeDatabase.IModel;
}

/** Whether the write of the operation's own row does it already. */
export const isInWrite = ({ kind }: AutoBeOpenApi.IOperation, { action, path, only }: AutoBeOpenApi.IEffect): boolean =>
  kind === "transition" && action === "set" && path?.length === 0 && only.length === 0;

const apart = ({ operation }: Effecting): AutoBeOpenApi.IEffect[] =>
  operation.effects.filter((effect) => effect.compiled && !isInWrite(operation, effect));

export const hasEffects = (effecting: Effecting): boolean => apart(effecting).length !== 0;

/** Before the write: whether what an effect depends on holds of the row as it is. */
export const effectConditions = (effecting: Effecting, key: string): string[] =>
  apart(effecting).flatMap((effect, index) =>
    effect.only.length === 0 ? [] : [condition(effecting, effect, index, key)],
  );

const condition = ({ database, model }: Effecting, effect: AutoBeOpenApi.IEffect, index: number, key: string): string =>
  `const holds${index + 1} = (await tx.${delegate(model.name)}.count({ where: { AND: [{ id: ${key} }, ${printAll(database, model, effect.only)}] } })) !== 0;`;

/** After the write, or before a row is erased. */
export const printEffects = (effecting: Effecting, key: string): string[] =>
  apart(effecting).map((effect, index) => {
    const lines = effect.action === "insert" ? insert(effecting, effect, key) : along(effecting, effect, key);
    return [effect.only.length === 0 ? "{" : `if (holds${index + 1}) {`, ...lines, "}"].join("\n");
  });

const insert = (effecting: Effecting, effect: AutoBeOpenApi.IEffect, key: string): string[] => {
  const table = modelNamed(effecting.database, effect.model)!;
  const now = table.plainFields
    .filter((field) => field.source?.kind === "now" && !effect.assignments.some((one) => one.column === field.name))
    .map((field) => `${field.name}: clock.now()`);
  const values = effect.assignments.map(
    ({ column, value }) => `${column}: ${assigned(table, column, value, key, ["from"])}`,
  );
  return [
    ...reading(effecting, effect, key),
    `await tx.${delegate(table.name)}.create({ data: { ${["id: randomUUID()", ...values, ...now].join(", ")} } });`,
  ];
};

/** Follows the path, through each row where it leads to many. */
const along = (effecting: Effecting, effect: AutoBeOpenApi.IEffect, key: string): string[] => {
  const { database, model } = effecting;
  const path = effect.path!;
  const opened: string[] = [];
  let at = model;
  path.forEach((segment, index) => {
    const [from, to] = [stepName(index), stepName(index + 1)];
    const pointer = at.foreignFields.find((field) => field.relation.name === segment);
    const back = pointer === undefined ? leadingTo(database, at, segment)! : null;
    if (back?.isMany) opened.push(`for (const ${to} of ${from}.${segment}) {`);
    else
      opened.push(
        pointer?.nullable || back !== null
          ? `const ${to} = ${from}.${segment};\nif (${to} !== null) {`
          : `{\nconst ${to} = ${from}.${segment};`,
      );
    at = back?.model ?? modelNamed(database, pointer!.relation.targetModel)!;
  });
  return [
    ...reading(effecting, effect, key),
    ...opened,
    ...change(effecting, effect, at, key),
    ...opened.map(() => "}"),
  ];
};

const stepName = (index: number): string => (index === 0 ? "from" : `step${index}`);

const change = (
  { operation }: Effecting,
  effect: AutoBeOpenApi.IEffect,
  table: AutoBeDatabase.IModel,
  key: string,
): string[] => {
  const steps = [...effect.path!.map((_, index) => stepName(index)), stepName(effect.path!.length)];
  const row = `${steps.at(-1)}.id`;
  const client = `tx.${delegate(table.name)}`;
  const mark = deletionOf(table);
  if (effect.action === "erase")
    return [
      mark === undefined
        ? `await ${client}.deleteMany({ where: { id: ${row} } });`
        : `await ${client}.updateMany({ where: { id: ${row} }, data: { ${mark.name}: clock.now() } });`,
    ];
  const touched = table.plainFields.some((field) => field.name === "updatedAt") ? ", updatedAt: clock.now()" : "";
  const { column, value } = effect.assignments[0]!;
  if (effect.action === "set")
    return [
      `await ${client}.updateMany({ where: { id: ${row} }, data: { ${column}: ${assigned(table, column, value, key, steps)}${touched} } });`,
    ];
  const { verb, amount } = added(table, column, value, steps);
  const bound = boundOf(table, column, effect.bound, verb, amount);
  const data = `data: { ${column}: { ${verb}: ${amount} }${touched} }`;
  const refusal = operation.refusals.find((one) => one.code === effect.bound?.code);
  if (bound === null || refusal === undefined)
    return [`await ${client}.updateMany({ where: { id: ${row} }, ${data} });`];
  // One conditional UPDATE: of two callers at once the second finds what the first has left.
  return [
    `const { count } = await ${client}.updateMany({ where: { id: ${row}, ${column}: ${bound} }, ${data} });`,
    `if (count === 0) throw refusal(${refusal.status}, ${quote(refusal.code)}, ${quote(refusal.when)});`,
  ];
};

const added = (
  table: AutoBeDatabase.IModel,
  column: string,
  value: AutoBeOpenApi.IValue,
  steps: readonly string[],
): { verb: "increment" | "decrement"; amount: string } => {
  if (value.kind === "member")
    return { verb: value.sign < 0 ? "decrement" : "increment", amount: memberOf(value.path, steps) };
  const text = value.kind === "literal" ? value.value : "0";
  const isLess = text.startsWith("-");
  return { verb: isLess ? "decrement" : "increment", amount: literal(table, column, isLess ? text.slice(1) : text) };
};

const boundOf = (
  table: AutoBeDatabase.IModel,
  column: string,
  bound: AutoBeOpenApi.IBound | null,
  verb: "increment" | "decrement",
  amount: string,
): string | null => {
  const edge = verb === "decrement" ? bound?.least : bound?.most;
  if (edge == null) return null;
  const type = table.plainFields.find((field) => field.name === column)!.type;
  const compared = verb === "decrement" ? "gte" : "lte";
  if (type === "decimal")
    return `{ ${compared}: new Decimal(${edge}).${verb === "decrement" ? "plus" : "minus"}(String(${amount})) }`;
  const turned = verb === "decrement" ? "+" : "-";
  if (type === "bigint")
    return `{ ${compared}: ${Math[verb === "decrement" ? "ceil" : "floor"](edge)}n ${turned} ${amount} }`;
  const known = Number(amount);
  const limit = Number.isNaN(known) ? `${edge} ${turned} ${amount}` : edge + (verb === "decrement" ? known : -known);
  return `{ ${compared}: ${limit} }`;
};

const assigned = (
  table: AutoBeDatabase.IModel,
  column: string,
  value: AutoBeOpenApi.IValue,
  key: string,
  steps: readonly string[],
): string => {
  switch (value.kind) {
    case "now":
      return "clock.now()";
    case "me":
      return "props.caller.id";
    case "null":
      return "null";
    case "self":
      return key;
    case "member":
      return memberOf(value.path, steps);
    case "literal":
      return literal(table, column, value.value);
  }
};

const memberOf = (path: readonly string[], steps: readonly string[]): string =>
  `${steps[path.length - 1]}.${path.at(-1)}`;

/** The operation's row with all that the effect looks at. */
const reading = ({ database, model }: Effecting, effect: AutoBeOpenApi.IEffect, key: string): string[] => {
  const wanted = [
    ...(effect.action === "insert" ? [] : [[...effect.path!, "id"]]),
    ...effect.assignments.flatMap(({ value }) => (value.kind === "member" ? [value.path] : [])),
  ];
  if (wanted.length === 0) return [];
  return [
    `const from = await tx.${delegate(model.name)}.findUniqueOrThrow({ where: { id: ${key} }, select: ${selectOf(database, model, wanted)} });`,
  ];
};

/** Of rows that refer to this one those that were not erased. */
const selectOf = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  paths: readonly (readonly string[])[],
): string => {
  const heads = [...new Set(paths.map((path) => path[0]!))];
  const members = heads.map((head) => {
    const inner = paths.filter((path) => path[0] === head && path.length > 1).map((path) => path.slice(1));
    if (inner.length === 0) return `${head}: true`;
    const pointer = model.foreignFields.find((field) => field.relation.name === head);
    const back = pointer === undefined ? leadingTo(database, model, head)! : null;
    const living = back?.isMany ? livingOf(database, back.model) : [];
    const where = living.length === 0 ? "" : `where: ${all(living)}, `;
    const next = back?.model ?? modelNamed(database, pointer!.relation.targetModel)!;
    return `${head}: { ${where}select: ${selectOf(database, next, inner)} }`;
  });
  return `{ ${members.join(", ")} }`;
};
