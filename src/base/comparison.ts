/** How conditions compare what a row holds, as text and as data. */

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** Signs as models write them, for a regular expression. */
export const SIGNS = "!==?|<>|<=|>=|<|>|={1,3}";

export const comparisonOf = (sign: string): Comparison =>
  /^(!|<>)/.test(sign) ? "!=" : sign.startsWith("=") ? "=" : (sign as Comparison);

/** What holds where the other does not. */
export const opposite = (comparison: Comparison): Comparison => OPPOSITES[comparison];

/** Whether it asks which of two comes first. */
export const isOrder = (comparison: Comparison): boolean => comparison !== "=" && comparison !== "!=";

/** @param order negative, zero or positive, as a comparator of Array.sort tells it */
export const isSatisfied = (comparison: Comparison, order: number): boolean => {
  switch (comparison) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
};

const OPPOSITES: Record<Comparison, Comparison> = { "=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">" };

/** Stands for the moment of the call. */
const NOW = "now";

const NUMBERS: readonly string[] = ["int", "bigint", "decimal", "double"];
const MOMENTS: readonly string[] = ["date", "datetime"];
const ORDERED: readonly string[] = [...NUMBERS, ...MOMENTS];

/** Whether values of this kind can be added up. */
export const isNumber = (kind: string): boolean => NUMBERS.includes(kind);

/** Whether a value of this kind is compared with the moment of the call. */
export const isNow = (kind: string, value: string): boolean => value === NOW && MOMENTS.includes(kind);

/** Why a value of this kind cannot be compared so; null where it can, or where it is no matter of the comparison. */
export const incomparable = (kind: string, comparison: Comparison, value: string): string | null => {
  if (isOrder(comparison) && !ORDERED.includes(kind)) return `is ${kind}, of which none is before another.`;
  return !isNow(kind, value) || isOrder(comparison) ? null : "is never the very moment; compare it with now by < or >.";
};
