/** A column that changes its type takes its values along; where one would not survive, the migration stops. */
import { isNumber } from "../../../base/comparison.js";
import { quote } from "../sql.js";
import type { Column } from "./column.js";
import { alter, raise, step } from "./statement.js";

export const castColumn = (table: string, old: Column, next: Column): string => {
  const column = quote(next.name);
  const change = alter(table, `ALTER COLUMN ${column} TYPE ${next.type} USING ${castOf(old, next, column)}`);
  const title = `Type of "${table}"."${next.name}"`;
  if (isWider(old, next)) return step(title, change);
  const message = `"${table}"."${next.name}" holds values that do not fit its new type ${next.type.replaceAll('"', "")}. Change them, then migrate again.`;
  const lost = lossOf(old, next, column);
  return step(
    title,
    [
      "DO $$ BEGIN",
      ...(lost === null
        ? []
        : [`  IF EXISTS (SELECT 1 FROM ${quote(table)} WHERE ${lost}) THEN\n    RAISE data_exception;\n  END IF;`]),
      `  ${change};`,
      "EXCEPTION WHEN data_exception THEN",
      `  ${raise(message)};`,
      "END $$",
    ].join("\n"),
  );
};

const TEXTS = ["string", "text", "uri"];

const castOf = (old: Column, next: Column, column: string): string => {
  // a cast to a length would cut what is too long, an assignment refuses it
  if (TEXTS.includes(next.kind)) return `${column}::text`;
  if (isNumber(old.kind) && isNumber(next.kind)) return `${column}::${next.type}`;
  if (old.kind === "boolean" && isNumber(next.kind)) return `${column}::integer`;
  if (old.kind === "date" && next.kind === "datetime") return `${column}::timestamp AT TIME ZONE 'UTC'`;
  if (old.kind === "datetime" && next.kind === "date") return `(${column} AT TIME ZONE 'UTC')::date`;
  return `${column}::text::${next.type}`;
};

/** Rows of which a cast would silently take something. */
const lossOf = (old: Column, next: Column, column: string): string | null => {
  const cast = castOf(old, next, column);
  if (isNumber(old.kind) && isNumber(next.kind)) return `${cast}::${old.type} IS DISTINCT FROM ${column}`;
  if (old.kind === "datetime" && next.kind === "date")
    return `${cast}::timestamp AT TIME ZONE 'UTC' IS DISTINCT FROM ${column}`;
  return null;
};

const WIDER = ["int>bigint", "int>double", "int>decimal", "date>datetime"];

const isWider = (old: Column, next: Column): boolean =>
  next.kind === "text" ||
  WIDER.includes(`${old.kind}>${next.kind}`) ||
  (TEXTS.includes(old.kind) && TEXTS.includes(next.kind) && lengthOf(old) <= lengthOf(next));

const lengthOf = ({ type }: Column): number => Number(/\d+/.exec(type)?.[0] ?? Number.POSITIVE_INFINITY);
