/** Effects as a model says them, `at: "lines.product", column: "stock", value: "-lines.quantity"`, and as data that compiles. */
import { isNumber } from "../../base/comparison.js";
import { pascal, refusalCode } from "../../base/naming.js";
import { parseNeedText } from "../../base/need.js";
import { type AutoBeDatabase, modelNamed } from "../2-database/ast.js";
import type { AutoBeOpenApi, IAmendEffect } from "./ast.js";
import { conditionsOf } from "./condition.js";
import { behind, isLiteralOf, reach } from "./path.js";

/** What is wrong, and at which member of the item. */
export interface Wrong {
  member: "at" | "column" | "value" | "only" | "code";
  wrong: string;
}

type Compiled = Pick<AutoBeOpenApi.IEffect, "action" | "path" | "column" | "value" | "assignments" | "only" | "bound">;

const said = (text: string | null | undefined): string => text?.trim() ?? "";

/** Null where only words say it: then a leaf is owed. */
export const parseEffect = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  one: IAmendEffect,
): Compiled | Wrong | null => {
  const row = modelNamed(database, operation.model ?? "");
  const table = modelNamed(database, pascal(one.table));
  const isWords = said(one.column) === "" && said(one.value) === "" && (one.action !== "erase" || one.at == null);
  if (isWords || row === undefined || table === undefined) return null;
  if (operation.kind === "custom" && operation.parameters.at(-1)?.model !== row.name)
    return {
      member: "at",
      wrong: `${operation.name} names no ${row.name} in its path: leave at, column and value null.`,
    };
  const path = said(one.at) === "" ? [] : said(one.at).split(".");
  const only = conditionsOf(database, row, said(one.only));
  if (typeof only === "string") return { member: "only", wrong: only };
  const parts = { path, only, value: said(one.value), bound: null };
  if (one.action === "create") {
    if (path.length !== 0)
      return {
        member: "at",
        wrong: "A new row is reached from nowhere: leave at null, and say in value what it refers to.",
      };
    const assignments = insertOf(database, operation, row, table, said(one.value));
    return typeof assignments === "string"
      ? { member: "value", wrong: assignments }
      : { ...parts, action: "insert", column: null, assignments };
  }
  const end = walk(database, row, path);
  if (typeof end === "string") return { member: "at", wrong: end };
  if (end.name !== table.name)
    return { member: "at", wrong: `${path.join(".") || "The row itself"} is a ${end.name}, not a ${table.name}.` };
  if (one.action === "erase")
    return path.length === 0
      ? { member: "at", wrong: `That is the ${row.name} itself: name the relation to the rows that go with it.` }
      : { ...parts, action: "erase", column: null, assignments: [] };
  return change(database, operation, row, table, parts, one);
};

const change = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  row: AutoBeDatabase.IModel,
  table: AutoBeDatabase.IModel,
  parts: Pick<Compiled, "path" | "only" | "value" | "bound">,
  one: IAmendEffect,
): Compiled | Wrong => {
  const field = memberOf(table, said(one.column));
  if (field === null)
    return {
      member: "column",
      wrong: `${table.name} has no column ${said(one.column)}; it has ${columnsOf(table).join(", ")}.`,
    };
  if (operation.kind === "erase" && parts.path!.length === 0)
    return { member: "at", wrong: "The row itself is gone afterwards." };
  const amount = /^([+-])\s*([\w.]+)$/.exec(parts.value);
  if (amount === null) {
    const value = assignedOf(database, operation, row, field, parts.value);
    return typeof value === "string"
      ? { member: "value", wrong: value }
      : { ...parts, action: "set", column: field.name, assignments: [{ column: field.name, value }] };
  }
  const { plain } = field;
  if (plain === null || !isNumber(plain.type) || plain.nullable)
    return { member: "column", wrong: `${field.name} is no required number, so nothing can be added to it.` };
  const sign = amount[1] === "+" ? 1 : -1;
  const added = addedOf(database, row, parts.path!, plain, sign, amount[2]!);
  if (typeof added === "string") return { member: "value", wrong: added };
  const least = sign < 0 ? plain.minimum : null;
  const most = sign > 0 ? plain.maximum : null;
  // What would only fill up is left to the database, unless a code is named for it.
  const isBounded = least !== null || (most !== null && said(one.code) !== "");
  if (!isBounded && said(one.code) !== "")
    return {
      member: "code",
      wrong: `${table.name}.${field.name} has no ${sign < 0 ? "minimum" : "maximum"}, so it is never refused: leave code null.`,
    };
  const code = said(one.code) || refusalCode(table.name, field.name, sign < 0 ? "used up" : "full");
  return {
    ...parts,
    action: "add",
    column: field.name,
    assignments: [{ column: field.name, value: added }],
    bound: isBounded ? { least, most, code } : null,
  };
};

/** A literal amount, or a column of the operation's row or of one on the way, of the type of what it is added to. */
const addedOf = (
  database: AutoBeDatabase.IApplication,
  row: AutoBeDatabase.IModel,
  path: readonly string[],
  column: AutoBeDatabase.IPlainField,
  sign: 1 | -1,
  text: string,
): AutoBeOpenApi.IValue | string => {
  if (/^\d/.test(text))
    return isLiteralOf(column, text)
      ? { kind: "literal", value: sign < 0 ? `-${text}` : text }
      : `${text} is no ${column.type}.`;
  const member = text.split(".");
  const above = member.slice(0, -1);
  const isOnTheWay = above.every((segment, index) => segment === path[index]);
  const end = isOnTheWay ? reach(database, row, member) : null;
  if (end === null || end.column === null || end.column.type !== column.type || end.column.nullable)
    return `${text} is no required ${column.type} of ${row.name} or of a row on the way.`;
  return { kind: "member", path: member, sign };
};

/** The model at the end of a path of relations, or what is wrong with it. */
const walk = (
  database: AutoBeDatabase.IApplication,
  row: AutoBeDatabase.IModel,
  path: readonly string[],
): AutoBeDatabase.IModel | string => {
  let at = row;
  for (const segment of path) {
    const next = behind(database, at, segment);
    if (next === null || next.stance === "session")
      return `${at.name} has no relation ${segment}; it has ${relationsOf(database, at).join(", ")}.`;
    at = next;
  }
  return at;
};

const relationsOf = (database: AutoBeDatabase.IApplication, model: AutoBeDatabase.IModel): string[] => [
  ...model.foreignFields.map((field) => field.relation.name),
  ...database.files
    .flatMap((file) => file.models)
    .filter((one) => one.stance !== "session")
    .flatMap((one) => one.foreignFields)
    .filter(({ relation }) => relation.targetModel === model.name)
    .map(({ relation }) => relation.oppositeName),
];

interface Member {
  /** Column in the table. */
  name: string;
  plain: AutoBeDatabase.IPlainField | null;
  pointer: AutoBeDatabase.IForeignField | null;
}

/** A column by its name, a foreign key by its relation's too. */
const memberOf = (table: AutoBeDatabase.IModel, name: string): Member | null => {
  const plain = table.plainFields.find((field) => field.name === name && !field.secret);
  if (plain !== undefined) return { name, plain, pointer: null };
  const pointer = table.foreignFields.find((field) => field.relation.name === name || field.name === name);
  return pointer === undefined ? null : { name: pointer.name, plain: null, pointer };
};

const columnsOf = (table: AutoBeDatabase.IModel): string[] => [
  ...table.foreignFields.map((field) => field.relation.name),
  ...table.plainFields.filter((field) => !field.secret).map((field) => field.name),
];

/** What a column is to hold, or what is wrong with the words for it. */
const assignedOf = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  row: AutoBeDatabase.IModel,
  { name, plain, pointer }: Member,
  text: string,
): AutoBeOpenApi.IValue | string => {
  if (text === "null")
    return (plain ?? pointer)!.nullable ? { kind: "null" } : `${name} is required and is never null.`;
  if (pointer !== null) {
    const { targetModel } = pointer.relation;
    if (text === "self")
      return targetModel === row.name && operation.kind !== "erase"
        ? { kind: "self" }
        : `${name} is a ${targetModel}, not this ${row.name}.`;
    if (text === "me")
      return isCaller(operation, targetModel)
        ? { kind: "me" }
        : `${name} is a ${targetModel}, and not every caller is one.`;
    const own = row.foreignFields.find((field) => field.relation.name === text || field.name === text);
    if (own?.relation.targetModel !== targetModel || (own.nullable && !pointer.nullable))
      return `${name} is a ${targetModel}: say me, self or a relation of ${row.name} to one, not ${text}.`;
    return { kind: "member", path: [own.name], sign: 1 };
  }
  if (text === "now")
    return plain!.type === "datetime" || plain!.type === "date"
      ? { kind: "now" }
      : `${name} is ${plain!.type}, not a moment.`;
  const bare = text.replace(/^(["'`])(.*)\1$/s, "$2");
  const own = bare === text ? reach(database, row, [text]) : null;
  const isEnum = plain!.values?.includes(bare) ?? false;
  if (
    !isEnum &&
    own !== null &&
    own.column !== null &&
    own.column.type === plain!.type &&
    (plain!.nullable || !own.column.nullable) &&
    plain!.type !== "enum"
  )
    return { kind: "member", path: [text], sign: 1 };
  return isLiteralOf(plain!, bare) && bare !== ""
    ? { kind: "literal", value: bare }
    : `${name} is ${plain!.values?.join(" or ") ?? plain!.type}, not ${text || "nothing"}.`;
};

const isCaller = (operation: AutoBeOpenApi.IOperation, model: string): boolean =>
  operation.access.length !== 0 && operation.access.every(({ actor }) => pascal(actor) === model);

/** The columns of a new row, all that are needed, or what is wrong with them. */
const insertOf = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  row: AutoBeDatabase.IModel,
  table: AutoBeDatabase.IModel,
  text: string,
): AutoBeOpenApi.IAssignment[] | string => {
  const clauses = parseNeedText(`${table.name} where ${text}`)?.clauses;
  if (clauses === undefined || clauses.some(({ operator }) => operator !== "="))
    return "Write it as column = value and column = value.";
  const assignments: AutoBeOpenApi.IAssignment[] = [];
  for (const { path, value } of clauses) {
    const field = memberOf(table, path.join("."));
    if (field === null) return `${table.name} has no column ${path.join(".")}; it has ${columnsOf(table).join(", ")}.`;
    const assigned = assignedOf(database, operation, row, field, value);
    if (typeof assigned === "string") return assigned;
    assignments.push({ column: field.name, value: assigned });
  }
  const missing = [...table.foreignFields, ...table.plainFields].filter(
    (field) =>
      !field.nullable &&
      !("default" in field && field.default !== null) &&
      field.source?.kind !== "now" &&
      !assignments.some((one) => one.column === field.name),
  );
  return missing.length === 0
    ? assignments
    : `A ${table.name} needs ${missing.map(({ name }) => name.replace(/Id$/, "")).join(" and ")} too.`;
};
