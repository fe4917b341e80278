/** Filters as a model writes them, `list.owner = me and status = published`, and as data. */
import type { AutoBeAnalyze } from "./ast.js";

/** The conditions of a filter, or null where it cannot be read. */
export const parseFilter = (text: string): AutoBeAnalyze.ICondition[] | null => {
  const conditions = text.split(/\s+and\s+|\s*&&\s*|\s*,\s*/i).map(parseCondition);
  return conditions.some((condition) => condition === null) ? null : (conditions as AutoBeAnalyze.ICondition[]);
};

const parseCondition = (text: string): AutoBeAnalyze.ICondition | null => {
  const match = /^\s*([a-z][\w]*(?:\.[a-z][\w]*)*)\s*(!==?|<>|={1,3}|is not|is)\s*(\S.*?)\s*$/i.exec(text);
  if (match === null) return null;
  const [, path, sign, raw] = match;
  const value = raw!.replace(/^(["'`])(.*)\1$/, "$2");
  if (!/^(-?\d+(\.\d+)?|[A-Za-z]\w*)(\.id)?$/.test(value)) return null;
  return {
    path: withoutKeys(path!.split("."), value.replace(/\.id$/, "")),
    operator: /^(!|<>|is not)/i.test(sign!) ? "!=" : "=",
    value: value.replace(/\.id$/, ""),
  };
};

/** `ownerId = me` and `owner.id = me` mean the relation `owner`. */
const withoutKeys = (path: string[], value: string): string[] => {
  if (value !== "me") return path;
  const named = path.length > 1 && path.at(-1) === "id" ? path.slice(0, -1) : path;
  return named.map((segment) => (segment.length > 2 ? segment.replace(/Id$/, "") : segment));
};

export const printFilter = (filter: readonly AutoBeAnalyze.ICondition[]): string =>
  filter.map(({ path, operator, value }) => `${path.join(".")} ${operator} ${value}`).join(" and ");
