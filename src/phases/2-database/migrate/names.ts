/** Everything in a database that bears a name made of another's, and the statements that rename it. */
import { constraintName, LONGEST_NAME } from "../../../base/naming.js";
import { type AutoBeDatabase, columnNamed, columnOf, isOfEnum, modelsOf } from "../ast.js";
import { constraintsOf, enumType, quote } from "../sql.js";
import { joinTable } from "./links.js";
import { alter, step } from "./statement.js";

interface Named {
  kind: "table" | "column" | "constraint" | "index" | "type";
  table: string;
  name: string;
}

/** Both are the same database, item by item, under its old names and under its new ones. */
export const renameAll = (before: AutoBeDatabase.IApplication, after: AutoBeDatabase.IApplication): string[] => {
  const renamed = namesOf(after);
  const moves = namesOf(before)
    .map((from, index) => ({ from, to: renamed[index]! }))
    .filter(({ from, to }) => from.name !== to.name);
  const isTaken = ({ from, to }: Move): boolean =>
    moves.some(
      (other) => scopeOf(other.from, other.to.table) === scopeOf(from, to.table) && other.from.name === to.name,
    );
  const aside = new Map(moves.filter(isTaken).map((move, index) => [move, `renamed_${index}`]));
  const statements = ORDER.flatMap((kind) => {
    const some = moves.filter(({ from }) => from.kind === kind);
    return [
      ...some.map((move) => statement(move, move.from.name, aside.get(move) ?? move.to.name)),
      ...some.flatMap((move) => (aside.has(move) ? [statement(move, aside.get(move)!, move.to.name)] : [])),
    ];
  });
  return statements.length === 0 ? [] : [step("Renames", ...statements)];
};

interface Move {
  from: Named;
  to: Named;
}

/** Tables first: what belongs to one is found under its new name. */
const ORDER = ["table", "column", "constraint", "index", "type"] as const;

const scopeOf = ({ kind }: Named, table: string): string =>
  kind === "column" || kind === "constraint" ? `${kind} ${table}` : kind;

const statement = ({ to: { kind, table } }: Move, from: string, to: string): string => {
  const renaming = `${quote(from)} TO ${quote(to)}`;
  switch (kind) {
    case "table":
      return `ALTER TABLE ${quote(from)} RENAME TO ${quote(to)}`;
    case "index":
      return `ALTER INDEX ${quote(from)} RENAME TO ${quote(to)}`;
    case "type":
      return `ALTER TYPE ${quote(from)} RENAME TO ${quote(to)}`;
    default:
      return alter(table, `RENAME ${kind.toUpperCase()} ${renaming}`);
  }
};

const namesOf = (database: AutoBeDatabase.IApplication): Named[] =>
  modelsOf(database).flatMap((model) => {
    const { table } = model;
    const fields = [...model.foreignFields, ...model.plainFields];
    return [
      { kind: "table", table, name: table },
      { kind: "constraint", table, name: `${table.slice(0, LONGEST_NAME - "_pkey".length)}_pkey` },
      ...fields.map((field): Named => ({ kind: "column", table, name: columnOf(field) })),
      ...model.foreignFields.map(
        (field): Named => ({
          kind: "constraint",
          table,
          name: constraintName([table, columnOf(field)], "fkey"),
        }),
      ),
      ...constraintsOf(model).map(
        ({ kind, name }): Named => ({ kind: kind === "range" ? "constraint" : "index", table, name }),
      ),
      ...model.plainIndexes.map(
        (index): Named => ({
          kind: "index",
          table,
          name: constraintName([table, ...index.fieldNames.map((one) => columnNamed(model, one))], "idx"),
        }),
      ),
      ...model.plainFields
        .filter(isOfEnum)
        .map((field): Named => ({ kind: "type", table, name: enumType(database, model, field) })),
      ...model.links.flatMap((link) => namesOfLink(joinTable(model, link))),
    ];
  });

const namesOfLink = (table: string): Named[] => [
  { kind: "table", table, name: table },
  ...["AB_pkey", "A_fkey", "B_fkey"].map((end): Named => ({ kind: "constraint", table, name: `${table}_${end}` })),
  { kind: "index", table, name: `${table}_B_index` },
];
