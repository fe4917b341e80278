/** An enum that changes its values; rows that hold one which goes are moved to one that stays. */
import { constraintName } from "../../../base/naming.js";
import { quote } from "../sql.js";
import type { Column } from "./column.js";
import { alter, step, text } from "./statement.js";

export interface EnumChange {
  sql: string;
  /** Values that go, and the one that takes their place. */
  gone: string[];
  instead: string;
  /** Whether the column was left without its default. */
  isBare: boolean;
}

/** `type` is the enum's name, unquoted. */
export const changeEnum = (table: string, type: string, old: Column, next: Column): EnumChange => {
  const [before, after] = [old.values!, next.values!];
  const instead = next.default ?? after[0]!;
  const gone = before.filter((value) => !after.includes(value));
  const title = `Values of "${type}"`;
  if (isExtension(before, after) && (next.default === null || before.includes(next.default)))
    return { sql: step(title, ...additions(type, before, after)), gone, instead, isBare: false };
  const aside = constraintName([type], "old");
  return {
    sql: step(
      title,
      ...(old.default === null ? [] : [alter(table, `ALTER COLUMN ${quote(old.name)} DROP DEFAULT`)]),
      `ALTER TYPE ${quote(type)} RENAME TO ${quote(aside)}`,
      createEnum(type, after),
      alter(
        table,
        `ALTER COLUMN ${quote(old.name)} TYPE ${quote(type)} USING ${moved(old.name, gone, instead)}::${quote(type)}`,
      ),
      `DROP TYPE ${quote(aside)}`,
    ),
    gone,
    instead,
    isBare: true,
  };
};

export const createEnum = (type: string, values: readonly string[]): string =>
  `CREATE TYPE ${quote(type)} AS ENUM (${values.map(text).join(", ")})`;

/** Whether values were added and nothing else: then no row need be touched. */
const isExtension = (before: readonly string[], after: readonly string[]): boolean =>
  after.filter((value) => before.includes(value)).join() === before.join();

/** From the last to the first, so that each finds the one that it stands in front of. */
const additions = (type: string, before: readonly string[], after: readonly string[]): string[] =>
  after
    .map((value, index) => ({ value, following: after[index + 1] }))
    .filter(({ value }) => !before.includes(value))
    .reverse()
    .map(
      ({ value, following }) =>
        `ALTER TYPE ${quote(type)} ADD VALUE ${text(value)}${following === undefined ? "" : ` BEFORE ${text(following)}`}`,
    );

const moved = (column: string, gone: readonly string[], instead: string): string =>
  gone.length === 0
    ? `${quote(column)}::text`
    : `(CASE WHEN ${quote(column)}::text IN (${gone.map(text).join(", ")}) THEN ${text(instead)} ELSE ${quote(column)}::text END)`;
