/** `Loan where borrower = me and copy.book = book`: a row that must exist, as text and as data. */

import { type Comparison, comparisonOf, SIGNS } from "./comparison.js";

export interface Need {
  table: string;
  clauses: { path: string[]; operator: Comparison; value: string }[];
}

/** Null where the text is not of this form. */
export const parseNeedText = (text: string): Need | null => {
  const words = /^\s*(\w+)\s+where\s+(.+?)\s*$/is.exec(text);
  if (words === null) return null;
  const clauses = words[2]!.split(/\s+and\s+/i).map((clause) => {
    const sides = CLAUSE.exec(clause.trim());
    return sides === null
      ? null
      : {
          path: withoutKey(sides[1]!.split(".")),
          operator: comparisonOf(sides[2]!),
          value: sides[4]!.replace(/\.id$/, ""),
        };
  });
  if (clauses.some((one) => one === null)) return null;
  return { table: words[1]!, clauses: clauses.flatMap((one) => one ?? []) };
};

const CLAUSE = new RegExp(`^([a-z]\\w*(?:\\.\\w+)*)\\s*(${SIGNS})\\s*(["'\`]?)([\\w.:+-]+)\\3$`, "i");

/** `copy.id` is the relation `copy`; `id` alone is the row itself. */
const withoutKey = (path: string[]): string[] => (path.length > 1 && path.at(-1) === "id" ? path.slice(0, -1) : path);
