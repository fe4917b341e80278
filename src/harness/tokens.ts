/** The most tokens an answer of a function can have. What is said is counted in `base`. */
import { propertiesOf, resolve, type Schema } from "./schema-walk.js";

export { countReply, countRequest, countTokens } from "../base/tokens.js";

/** The sum of the maxima of all lists and strings, with room to think; null where something is unbounded. */
export const largestAnswer = (schema: Schema): number | null => {
  const most = bound(schema, schema, 0);
  return most === null ? null : Math.min(most + THINKING, LARGEST);
};

const THINKING = 8_192;
const LARGEST = 32_768;
const CHARACTERS_PER_TOKEN = 3;
const NAME = 20;

const bound = (schema: Schema, root: Schema, depth: number): number | null => {
  if (depth > 12) return null;
  const meant = resolve(schema, root);
  const next = (one: Schema): number | null => bound(one, root, depth + 1);
  const union = (meant["anyOf"] ?? meant["oneOf"]) as Schema[] | undefined;
  if (union !== undefined) return combine(union, next, (list) => Math.max(...list));
  const properties = propertiesOf(meant);
  if (properties !== null)
    return combine(Object.values(properties), next, (list) => list.reduce((sum, one) => sum + one + 5, 2));
  if (meant["type"] === "array") {
    const item = next((meant["items"] ?? {}) as Schema);
    return typeof meant["maxItems"] === "number" && item !== null ? meant["maxItems"] * (item + 1) + 2 : null;
  }
  if (Array.isArray(meant["enum"])) return Math.max(...meant["enum"].map((one) => String(one).length)) / 2 + 2;
  if (meant["type"] !== "string") return 8;
  if (typeof meant["maxLength"] === "number") return Math.ceil(meant["maxLength"] / CHARACTERS_PER_TOKEN) + 2;
  return isBounded(meant["pattern"]) ? NAME : null;
};

/** A pattern without `*`, `+` and open counts describes a name of some length. */
const isBounded = (pattern: unknown): boolean =>
  typeof pattern === "string" && !/[*+]|\{\d+,\}/.test(pattern.replace(/\[(?:[^\]\\]|\\.)*\]/g, ""));

/** Nothing more is looked at once one is unbounded: in a recursive schema that would take forever. */
const combine = (
  schemas: readonly Schema[],
  bound: (schema: Schema) => number | null,
  join: (list: number[]) => number,
): number | null => {
  const bounds: number[] = [];
  for (const schema of schemas) {
    const one = bound(schema);
    if (one === null) return null;
    bounds.push(one);
  }
  return Math.ceil(join(bounds));
};
