/** `post.author = me and status = open`: conditions on the row of an operation, as effects and refusals name them. */
import { comparisonOf, incomparable, isNow, isOrder, SIGNS } from "../../base/comparison.js";
import { pascal } from "../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../2-database/ast.js";
import type { AutoBeOpenApi } from "./ast.js";
import { isLiteralOf, reach } from "./path.js";

/** What the words come down to, or what is wrong with them; nothing for no words. What is done depends on what is equal, only a refusal on an order. */
export const conditionsOf = (
  database: AutoBeDatabase.IApplication,
  row: AutoBeDatabase.IModel,
  text: string,
): AutoBeOpenApi.ICondition[] | string => {
  const conditions = comparisonsOf(database, row, text);
  const order = typeof conditions === "string" ? undefined : conditions.find(({ operator }) => isOrder(operator));
  return order === undefined ? conditions : `${order.path.join(".")} is compared by = and != alone.`;
};

const comparisonsOf = (
  database: AutoBeDatabase.IApplication,
  row: AutoBeDatabase.IModel,
  text: string,
): AutoBeOpenApi.ICondition[] | string => {
  if (text.trim() === "") return [];
  const conditions: AutoBeOpenApi.ICondition[] = [];
  for (const clause of text.split(/\s+and\s+/i)) {
    const sides = COMPARISON.exec(clause.trim());
    if (sides === null) return `${clause} is not of the form path = value.`;
    const path = sides[1]!.split(".");
    const end = isForward(database, row, path) ? reach(database, row, path) : null;
    const value = sides[4]!;
    if (end === null || end.column === null) return `${sides[1]} does not lead from ${row.name} to a column.`;
    const kept = INCOMPARABLE[end.column.type];
    if (kept !== undefined) return `${sides[1]} is ${kept}, which cannot be compared; say it in when.`;
    const operator = comparisonOf(sides[2]!);
    const wrong = incomparable(end.column.type, operator, value);
    if (wrong !== null) return `${sides[1]} ${wrong}`;
    if (value === "null" ? !end.column.nullable : !isNow(end.column.type, value) && !isLiteralOf(end.column, value))
      return `${sides[1]} is ${end.column.values?.join(" or ") ?? end.column.type}, not ${value}.`;
    conditions.push({ path, operator, value });
  }
  return conditions;
};

const INCOMPARABLE: Partial<Record<AutoBeDatabase.ColumnType, string>> = {
  json: "json",
  list: "a list",
  time: "a time of day",
  bytes: "bytes",
};

const COMPARISON = new RegExp(`^([a-z][\\w.]*)\\s*(${SIGNS})\\s*(["'\`]?)([\\w.:+-]+)\\3$`, "i");

/** Conditions on the operation's own row as it was, or on the one that it makes, under which it is refused; else what is wrong with them. */
export const refusedWhile = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  text: string,
): AutoBeOpenApi.ICondition[] | string => {
  const row = modelNamed(database, operation.model ?? "");
  if (!["create", "update", "erase", "transition"].includes(operation.kind) || row === undefined)
    return "Only what creates, changes or brings on one row is refused by what that row holds; leave it null and say it in when.";
  const conditions: AutoBeOpenApi.ICondition[] = [];
  for (const clause of text.split(/\s+and\s+/i)) {
    const found = byReference(database, operation, row, clause) ?? comparisonsOf(database, row, clause);
    if (typeof found === "string") return found;
    conditions.push(...found);
  }
  return conditions;
};

/** `post.author = me`, `replyTo != null`: what a relation points to. Null for other conditions. */
const byReference = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  row: AutoBeDatabase.IModel,
  clause: string,
): AutoBeOpenApi.ICondition[] | string | null => {
  const sides = /^([a-z][\w.]*)\s*(!=|={1,3})\s*(me|null)$/i.exec(clause.trim());
  if (sides === null) return null;
  const path = sides[1]!.split(".");
  const holder = path.slice(0, -1).reduce<AutoBeDatabase.IModel | undefined>((model, name) => {
    const pointer = model?.foreignFields.find((field) => field.relation.name === name);
    return modelNamed(database, pointer?.relation.targetModel ?? "");
  }, row);
  const pointer = holder?.foreignFields.find((field) => field.relation.name === path.at(-1));
  if (pointer === undefined) return null;
  const target = pointer.relation.targetModel;
  const value = sides[3]!.toLowerCase();
  if (value === "null" && !pointer.nullable) return `${sides[1]} is never null.`;
  if (value === "me" && !operation.access.every(({ actor }) => pascal(actor) === target))
    return `${sides[1]} is a ${target}, and others may call ${operation.name} too.`;
  return [{ path, operator: sides[2] === "!=" ? "!=" : "=", value }];
};

/** Whether each step but the last goes to one row. */
const isForward = (
  database: AutoBeDatabase.IApplication,
  row: AutoBeDatabase.IModel,
  [head, ...rest]: readonly string[],
): boolean => {
  if (rest.length === 0) return true;
  const pointer = row.foreignFields.find((field) => field.relation.name === head);
  const next = modelNamed(database, pointer?.relation.targetModel ?? "");
  return next !== undefined && isForward(database, next, rest);
};
