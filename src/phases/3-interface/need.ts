/** `Loan where borrower = me and copy.book = book`: a row without which an operation is refused. */
import { type Comparison, incomparable, isNow, opposite } from "../../base/comparison.js";
import { pascal } from "../../base/naming.js";
import { parseNeedText } from "../../base/need.js";
import { type AutoBeDatabase, modelNamed, modelsOf } from "../2-database/ast.js";
import type { AutoBeOpenApi } from "./ast.js";
import { isLiteralOf, type Reached, reach } from "./path.js";

type Match = AutoBeOpenApi.IProvocation.IAbsent["match"][number];

/** What the words come down to, or why they do not. */
export const parseNeed = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  text: string,
): { provoke: AutoBeOpenApi.IProvocation.IAbsent | AutoBeOpenApi.IProvocation.IMatch } | { wrong: string } => {
  const need = parseNeedText(text);
  if (need === null) return { wrong: "Write it as Table where path = value and path = value." };
  const model = modelNamed(database, need.table);
  const names = modelsOf(database)
    .filter((one) => one.stance !== "session")
    .map((one) => one.name);
  if (model === undefined || model.stance === "session")
    return { wrong: `There is no table ${need.table}; it is one of ${names.join(", ")}.` };
  const row = modelNamed(database, operation.model ?? "");
  if (!["create", "update", "erase", "transition"].includes(operation.kind) || row === undefined)
    return {
      wrong: "Only what creates, changes or brings on one row can need another; leave needs null and say it in when.",
    };
  const match: Match[] = [];
  for (const { path, operator: sign, value } of need.clauses) {
    const end = reach(database, model, path);
    if (end === null) return { wrong: `${path.join(".")} does not lead from ${model.name} to a column or relation.` };
    const kind = end.column?.type ?? "a row";
    const equals = incomparable(kind, sign, value) ?? comparedWith(database, operation, row, end, sign, value);
    if (typeof equals === "string") return { wrong: `${path.join(".")} ${equals}` };
    match.push({ path, operator: sign, equals });
  }
  const absent = { kind: "absent" as const, model: model.name, match };
  return { provoke: asMatch(database, operation, row, model, absent) ?? absent };
};

/** `Post where id = post and status = open` speaks of a row that is there in any case: it is refused while that row holds something else. */
const asMatch = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  row: AutoBeDatabase.IModel,
  target: AutoBeDatabase.IModel,
  { match }: AutoBeOpenApi.IProvocation.IAbsent,
): AutoBeOpenApi.IProvocation.IMatch | null => {
  const key = match.find(({ path }) => path.join() === "id")?.equals;
  const [other, ...more] = match.filter(({ path }) => path.join() !== "id");
  const pointer =
    key?.kind === "relation" ? row.foreignFields.find((one) => one.relation.name === key.name) : undefined;
  // What an update points to afterwards is looked at as a row that must exist.
  const isMoved = operation.kind === "update" && pointer?.writer === "update";
  const isThere = key?.kind === "self" || (pointer !== undefined && !pointer.nullable && !isMoved);
  if (!isThere || other === undefined || more.length !== 0 || !isSure(database, target, other.path)) return null;
  const value = other.equals.kind === "me" ? "me" : other.equals.kind === "literal" ? other.equals.value : null;
  if (value === null) return null;
  const path = [...(pointer === undefined ? [] : [pointer.relation.name]), ...other.path];
  return { kind: "match", conditions: [{ path, operator: opposite(other.operator), value }] };
};

/** Whether there is something at the end of the path for every row: where there is nothing, neither of two opposites holds. */
const isSure = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  [head, ...rest]: readonly string[],
): boolean => {
  const pointer = model.foreignFields.find((field) => field.relation.name === head);
  const field = pointer ?? model.plainFields.find((one) => one.name === head);
  if (field === undefined || field.nullable) return false;
  const next = modelNamed(database, pointer?.relation.targetModel ?? "");
  return rest.length === 0 || (next !== undefined && isSure(database, next, rest));
};

/** What the end of a path is compared with, or what is wrong with it. */
const comparedWith = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  row: AutoBeDatabase.IModel,
  end: Reached,
  sign: Comparison,
  value: string,
): Match["equals"] | string => {
  if (end.target !== null && sign !== "=") return "is a row, and rows are compared by = alone.";
  if (value === "me") {
    const isAccount = modelNamed(database, end.target ?? "")?.stance === "actor";
    if (!isAccount) return "is no account, so it is never me.";
    const others = operation.access.map(({ actor }) => actor).filter((actor) => pascal(actor) !== end.target);
    return others.length === 0 ? { kind: "me" } : `is a ${end.target}, and ${others[0]} may call it too.`;
  }
  if (end.target === null)
    return isNow(end.column.type, value) || isLiteralOf(end.column, value)
      ? { kind: "literal", value }
      : `is ${end.column.values?.join(" or ") ?? end.column.type}, not ${value}.`;
  if (value === "self")
    return end.target === row.name && operation.kind !== "create"
      ? { kind: "self" }
      : `is a ${end.target}, and self is ${operation.kind === "create" ? "not there yet" : `a ${row.name}`}.`;
  return behindOwn(database, row, value.split(".")) === end.target
    ? { kind: "relation", name: value }
    : `is a ${end.target}, and ${row.name} has no relation ${value} to one.`;
};

/** What a relation of the row leads to, or one of a row that it is sure to refer to: `stockLevel.warehouse`. */
const behindOwn = (
  database: AutoBeDatabase.IApplication,
  row: AutoBeDatabase.IModel,
  [head, ...rest]: readonly string[],
): string | null => {
  const field = row.foreignFields.find((one) => one.relation.name === head);
  if (field === undefined || (field.nullable && rest.length !== 0)) return null;
  const target = modelNamed(database, field.relation.targetModel);
  return rest.length === 0 || target === undefined ? field.relation.targetModel : behindOwn(database, target, rest);
};
