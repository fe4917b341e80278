/** Values before or after one that a condition names, and which of two comes first. */
import { isNow, isSatisfied } from "../../../base/comparison.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";

/** Samples lie after it, in 2031, and what is to be long ago in 2001; so no test depends on the day it runs. */
const BETWEEN = "2030-01-01";
const PAST = "2001-01-10";
const FUTURE = "2041-01-10";

type Asked = Pick<AutoBeOpenApi.ICondition, "operator" | "value">;

/** Whether a value that is known satisfies a condition on its column. */
export const isMet = (type: AutoBeDatabase.ColumnType, value: string, { operator, value: other }: Asked): boolean => {
  const than = isNow(type, other) ? BETWEEN : other;
  return isSatisfied(
    operator,
    type === "date" || type === "datetime" ? order(value, than) : Number(value) - Number(than),
  );
};

const order = (one: string, other: string): number => Date.parse(one) - Date.parse(other);

/** A value of the column that satisfies the condition; null where its bounds leave none. */
export const beyond = (field: AutoBeDatabase.IPlainField, { operator, value }: Asked): string | null => {
  const isLess = operator === "<" || operator === "<=";
  if (field.type === "date" || field.type === "datetime") {
    const day = isNow(field.type, value) ? (isLess ? PAST : FUTURE) : shifted(value, isLess ? -1 : 1);
    return field.type === "date" ? day : `${day}T09:30:00.000Z`;
  }
  const step = operator === "<=" || operator === ">=" ? 0 : isLess ? -1 : 1;
  const wanted = Number(value) + step;
  const isInside = wanted >= (field.minimum ?? wanted) && wanted <= (field.maximum ?? wanted);
  return isInside ? String(wanted) : null;
};

/** A day some days from the one of a moment. */
export const shifted = (moment: string, days: number): string =>
  new Date(Date.parse(moment) + days * 86_400_000).toISOString().slice(0, 10);
