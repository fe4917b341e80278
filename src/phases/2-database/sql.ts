/** What PostgreSQL can hold and Prisma cannot say: ranges, uniques that treat nulls as equal or pass over erased rows, trigrams. */
import type { FileTree } from "../../base/file-tree.js";
import { constraintName } from "../../base/naming.js";
import type { PrismaCompiler } from "../../base/prisma-compiler.js";
import { type AutoBeDatabase, columnNamed, columnOf } from "./ast.js";

export const MIGRATION = "prisma/migrations/0_init/migration.sql";

/** The text of the first migration: Prisma's DDL of the printed schema, then ours. */
export const migration = async (
  files: FileTree,
  database: AutoBeDatabase.IApplication,
  prisma: PrismaCompiler,
): Promise<string> => [await prisma.ddl(files), printSql(database)].filter((part) => part !== "").join("\n");

export const printSql = (database: AutoBeDatabase.IApplication): string => {
  const models = database.files.flatMap((file) => file.models);
  const grams = models.flatMap(gins);
  return [
    ...models.flatMap(ranges),
    ...models.flatMap(uniques),
    ...(grams.length === 0 ? [] : ["-- Trigrams\nCREATE EXTENSION IF NOT EXISTS pg_trgm;\n", ...grams]),
  ].join("\n");
};

/** Whether a unique is ours to print: Prisma knows neither NULLS NOT DISTINCT nor WHERE. */
export const isPartial = (model: AutoBeDatabase.IModel, index: AutoBeDatabase.IUniqueIndex): boolean =>
  model.softDelete || treatsNullsAsEqual(model, index);

/** A single nullable column may be empty in many rows; a nullable member of several counts as a value. */
const treatsNullsAsEqual = (model: AutoBeDatabase.IModel, index: AutoBeDatabase.IUniqueIndex): boolean =>
  index.nulls !== "distinct" &&
  index.fieldNames.length > 1 &&
  [...model.foreignFields, ...model.plainFields].some(
    (field) => field.nullable && index.fieldNames.includes(field.name),
  );

const ranges = (model: AutoBeDatabase.IModel): string[] =>
  model.plainFields
    .filter((field) => NUMBERS.has(field.type) && (field.minimum !== null || field.maximum !== null))
    .map((field) => {
      const column = columnOf(field);
      const bounds = [
        ...(field.minimum === null ? [] : [`${quote(column)} >= ${decimal(field.minimum)}`]),
        ...(field.maximum === null ? [] : [`${quote(column)} <= ${decimal(field.maximum)}`]),
      ];
      const name = constraintName([model.table, column], "range");
      return `-- Range\nALTER TABLE ${quote(model.table)} ADD CONSTRAINT ${quote(name)} CHECK (${bounds.join(" AND ")});\n`;
    });

const NUMBERS = new Set<AutoBeDatabase.Type>(["int", "bigint", "double", "decimal"]);

const uniques = (model: AutoBeDatabase.IModel): string[] =>
  model.uniqueIndexes
    .filter((index) => isPartial(model, index))
    .map((index) => {
      const columns = index.fieldNames.map((name) => columnNamed(model, name));
      const name = constraintName([model.table, ...columns], "key");
      return (
        `-- Unique\nCREATE UNIQUE INDEX ${quote(name)} ON ${quote(model.table)} (${columns.map(quote).join(", ")})` +
        (treatsNullsAsEqual(model, index) ? " NULLS NOT DISTINCT" : "") +
        (model.softDelete ? ' WHERE "deleted_at" IS NULL' : "") +
        ";\n"
      );
    });

const gins = (model: AutoBeDatabase.IModel): string[] =>
  model.ginIndexes.map((index) => {
    const column = columnNamed(model, index.fieldName);
    const name = constraintName([model.table, column], "gin");
    return `CREATE INDEX ${quote(name)} ON ${quote(model.table)} USING gin (${quote(column)} gin_trgm_ops);\n`;
  });

/** Digits without an exponent, which a CHECK on an integer would turn into a double. */
const decimal = (value: number): string =>
  /e/i.test(String(value))
    ? value.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 })
    : String(value);
const quote = (name: string): string => `"${name}"`;
