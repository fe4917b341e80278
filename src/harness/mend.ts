/** Mends an answer before it is judged, only where there is one way to read it. */
import { canonical } from "../base/canonical.js";
import { segmentsOf, setAt, valueAt } from "../base/json-path.js";
import type { ModelFunction } from "../base/task.js";
import { fold } from "./fold.js";
import { propertiesOf, requiredOf, resolve, type Schema, variantFor } from "./schema-walk.js";

/** Returns a mended copy; `schema` is the narrowed one, whose enums hold the names of this call. */
export const mend = (
  answer: Record<string, unknown>,
  fn: Pick<ModelFunction<object>, "validate" | "coerce">,
  schema: Schema,
  lists: readonly string[],
): Record<string, unknown> => {
  let value = coerceFailing(structuredClone(answer), fn);
  value = walk(value, schema, schema) as Record<string, unknown>;
  value = coerceFailing(value, fn);
  // A list whose items have no identity is a sequence: in it the same thing may well come twice.
  for (const key of lists) if (Array.isArray(value[key])) value[key] = withoutEquals(value[key]);
  return shortenPlan(value, schema);
};

/** `"5"` for 5, a list as a string of JSON: typia's coercion, taken over only where validation failed. */
const coerceFailing = (
  value: Record<string, unknown>,
  fn: Pick<ModelFunction<object>, "validate" | "coerce">,
): Record<string, unknown> => {
  const verdict = fn.validate(value);
  if (verdict.success) return value;
  const coerced = fn.coerce(structuredClone(value));
  for (const { path } of verdict.errors) {
    const segments = segmentsOf(path);
    const next = valueAt(coerced, segments);
    if (next !== undefined && segments.length > 0) setAt(value, segments, next);
  }
  return value;
};

/** Drops unknown keys, or folds them to a missing one; folds names in enums. */
const walk = (value: unknown, schema: Schema, root: Schema): unknown => {
  const meant = variantFor(schema, value, root);
  if (meant === null) return value;
  if (Array.isArray(value)) {
    const items = meant["items"] as Schema | undefined;
    return items === undefined ? value : value.map((item) => walk(item, items, root));
  }
  if (typeof value === "string") return foldName(value, meant, root);
  const properties = propertiesOf(meant);
  if (value === null || typeof value !== "object" || properties === null) return value;
  return Object.fromEntries(
    Object.entries(renamed(withoutNulls(value as Record<string, unknown>, meant, root), meant, properties)).map(
      ([key, member]) => [key, properties[key] === undefined ? member : walk(member, properties[key], root)],
    ),
  );
};

/** Where every member must be sent, null says that an optional one is not there. */
const withoutNulls = (value: Record<string, unknown>, schema: Schema, root: Schema): Record<string, unknown> => {
  const required = requiredOf(schema);
  const isAbsent = (key: string): boolean => {
    const member = propertiesOf(schema)?.[key];
    return value[key] === null && member !== undefined && !required.includes(key) && !takesNull(member, root);
  };
  return Object.fromEntries(Object.entries(value).filter(([key]) => !isAbsent(key)));
};

const takesNull = (schema: Schema, root: Schema): boolean => {
  const meant = resolve(schema, root);
  const union = (meant["anyOf"] ?? meant["oneOf"]) as Schema[] | undefined;
  if (union !== undefined) return union.some((one) => takesNull(one, root));
  return meant["type"] === undefined || [meant["type"]].flat().includes("null");
};

const foldName = (value: string, schema: Schema, root: Schema): string => {
  const names = resolve(schema, root)["enum"];
  return Array.isArray(names)
    ? (fold(
        value,
        names.filter((name) => typeof name === "string"),
      ) ?? value)
    : value;
};

const renamed = (
  value: Record<string, unknown>,
  schema: Schema,
  properties: Record<string, Schema>,
): Record<string, unknown> => {
  if (typeof schema["additionalProperties"] === "object") return value;
  const result: Record<string, unknown> = {};
  const missing = requiredOf(schema).filter((key) => value[key] === undefined);
  for (const [key, member] of Object.entries(value)) {
    if (properties[key] !== undefined) result[key] = member;
    else {
      const meant = fold(key, missing);
      if (meant !== null && result[meant] === undefined) result[meant] = member;
    }
  }
  return result;
};

const withoutEquals = (list: readonly unknown[]): unknown[] => {
  const seen = new Set<string>();
  return list.filter((item) => {
    const text = canonical(item);
    return seen.has(text) ? false : seen.add(text);
  });
};

/** `plan` is thinking aloud that nobody reads again: too long is no reason to ask again. */
const shortenPlan = (value: Record<string, unknown>, schema: Schema): Record<string, unknown> => {
  const plan = value["plan"];
  const most = propertiesOf(schema)?.["plan"]?.["maxLength"];
  return typeof plan === "string" && typeof most === "number" && plan.length > most
    ? { ...value, plan: plan.slice(0, most) }
    : value;
};
