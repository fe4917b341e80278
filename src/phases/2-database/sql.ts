/** What PostgreSQL can hold and Prisma cannot say: ranges, uniques that treat nulls as equal or pass over erased rows, trigrams. */
import { isNumber } from "../../base/comparison.js";
import type { FileTree } from "../../base/file-tree.js";
import { constraintName, snake } from "../../base/naming.js";
import type { PrismaCompiler } from "../../base/prisma-compiler.js";
import { type AutoBeDatabase, columnNamed, columnOf, deletionOf } from "./ast.js";

export const MIGRATION = "prisma/migrations/0_init/migration.sql";

/** The text of the first migration: Prisma's DDL of the printed schema, then ours. */
export const migration = async (
  files: FileTree,
  database: AutoBeDatabase.IApplication,
  prisma: PrismaCompiler,
): Promise<string> => [await prisma.ddl(files), printSql(database)].filter((part) => part !== "").join("\n");

export const printSql = (database: AutoBeDatabase.IApplication): string => {
  const models = database.files.flatMap((file) => file.models);
  return printConstraints([
    ...models.flatMap(ranges),
    ...models.flatMap((model) => uniques(model).filter((one) => one.isOurs)),
    ...models.flatMap(gins),
  ]);
};

/** What a table is held to, as PostgreSQL names it. */
export interface Constraint {
  kind: "range" | "unique" | "gin";
  table: string;
  name: string;
  columns: string[];
  /** Statement that makes it. */
  create: string;
  /** Not printed by Prisma. */
  isOurs: boolean;
  /** Rows that break it: what a SELECT of them has after the table. */
  broken: string;
}

export const constraintsOf = (model: AutoBeDatabase.IModel): Constraint[] => [
  ...ranges(model),
  ...uniques(model),
  ...gins(model),
];

export const printConstraints = (constraints: readonly Constraint[]): string => {
  const [grams, others] = [true, false].map((isGin) => constraints.filter((one) => (one.kind === "gin") === isGin));
  return [
    ...others!.map(({ kind, create }) => `-- ${kind === "range" ? "Range" : "Unique"}\n${create};\n`),
    ...(grams!.length === 0 ? [] : ["-- Trigrams\nCREATE EXTENSION IF NOT EXISTS pg_trgm;\n"]),
    ...grams!.map(({ create }) => `${create};\n`),
  ].join("\n");
};

/** Name of an enum in the database. */
export const enumType = (
  { prefix }: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  field: AutoBeDatabase.IPlainField,
): string => field.enumeration?.type ?? constraintName([prefix, snake(model.name), snake(field.name)], "enum");

/** Whether a unique is ours to print: Prisma knows neither NULLS NOT DISTINCT nor WHERE. */
export const isPartial = (model: AutoBeDatabase.IModel, index: AutoBeDatabase.IUniqueIndex): boolean =>
  deletionOf(model) !== undefined || treatsNullsAsEqual(model, index);

/** A single nullable column may be empty in many rows; a nullable member of several counts as a value. */
const treatsNullsAsEqual = (model: AutoBeDatabase.IModel, index: AutoBeDatabase.IUniqueIndex): boolean =>
  index.nulls !== "distinct" &&
  index.fieldNames.length > 1 &&
  [...model.foreignFields, ...model.plainFields].some(
    (field) => field.nullable && index.fieldNames.includes(field.name),
  );

const ranges = (model: AutoBeDatabase.IModel): Constraint[] =>
  model.plainFields
    .filter((field) => isNumber(field.type) && (field.minimum !== null || field.maximum !== null))
    .map((field) => {
      const column = columnOf(field);
      const bounds = [
        ...(field.minimum === null ? [] : [`${quote(column)} >= ${decimal(field.minimum)}`]),
        ...(field.maximum === null ? [] : [`${quote(column)} <= ${decimal(field.maximum)}`]),
      ].join(" AND ");
      const name = constraintName([model.table, column], "range");
      return {
        kind: "range",
        table: model.table,
        name,
        columns: [column],
        create: `ALTER TABLE ${quote(model.table)} ADD CONSTRAINT ${quote(name)} CHECK (${bounds})`,
        isOurs: true,
        broken: `WHERE NOT (${bounds})`,
      };
    });

const uniques = (model: AutoBeDatabase.IModel): Constraint[] =>
  [
    ...model.foreignFields
      .filter((field) => field.unique)
      .map((field): AutoBeDatabase.IUniqueIndex & { isKey: boolean } => ({
        fieldNames: [field.name],
        rule: null,
        isKey: true,
      })),
    ...model.uniqueIndexes.map((index) => ({ ...index, isKey: false })),
  ].map((index) => {
    const columns = index.fieldNames.map((name) => columnNamed(model, name));
    const name = constraintName([model.table, ...columns], "key");
    const isOurs = !index.isKey && isPartial(model, index);
    const isEqual = treatsNullsAsEqual(model, index);
    const mark = deletionOf(model);
    const alive = isOurs && mark !== undefined ? [`${quote(columnOf(mark))} IS NULL`] : [];
    const told = [...alive, ...(isEqual ? [] : columns.map((column) => `${quote(column)} IS NOT NULL`))];
    return {
      kind: "unique",
      table: model.table,
      name,
      columns,
      create:
        `CREATE UNIQUE INDEX ${quote(name)} ON ${quote(model.table)} (${columns.map(quote).join(", ")})` +
        (isEqual ? " NULLS NOT DISTINCT" : "") +
        (alive.length === 0 ? "" : ` WHERE ${alive.join("")}`),
      isOurs,
      broken: `${told.length === 0 ? "" : `WHERE ${told.join(" AND ")} `}GROUP BY ${columns.map(quote).join(", ")} HAVING count(*) > 1`,
    };
  });

const gins = (model: AutoBeDatabase.IModel): Constraint[] =>
  model.ginIndexes.map((index) => {
    const column = columnNamed(model, index.fieldName);
    const name = constraintName([model.table, column], "gin");
    return {
      kind: "gin",
      table: model.table,
      name,
      columns: [column],
      create: `CREATE INDEX ${quote(name)} ON ${quote(model.table)} USING gin (${quote(column)} gin_trgm_ops)`,
      isOurs: true,
      broken: "WHERE false",
    };
  });

/** Digits without an exponent, which a CHECK on an integer would turn into a double. */
export const decimal = (value: number): string =>
  /e/i.test(String(value))
    ? value.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 })
    : String(value);
export const quote = (name: string): string => `"${name}"`;
