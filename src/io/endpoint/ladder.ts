/** Weaker forms of a function's schema, for endpoints that refuse the full one. What they lose, validation still finds. */

type Schema = Record<string, unknown>;

/** 0 as typia emits · 1 without what grammars refuse · 2 any object, the schema told in words. */
export type Rung = 0 | 1 | 2;

export const descend = (schema: Schema, rung: Rung): Schema => {
  if (rung === 0) return schema;
  return rung === 1 ? (plain(schema) as Schema) : { type: "object" };
};

/** What is told in the prompt where the schema is not sent. */
export const inWords = (name: string, schema: Schema): string =>
  `The arguments of \`${name}\` are one JSON object of this JSON Schema:\n\n\`\`\`json\n${JSON.stringify(schema)}\n\`\`\``;

const plain = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(plain);
  if (node === null || typeof node !== "object") return node;
  const from = node as Schema;
  const result: Schema = {};
  for (const [key, value] of Object.entries(from)) {
    if (isNames(key)) result[key] = mapped(value as Schema);
    else if (key === "oneOf") result["anyOf"] = plain(value);
    else if (!isRefused(key, from)) result[key] = plain(value);
  }
  return result;
};

/** Members named by the user, not by JSON Schema. */
const isNames = (key: string): boolean => key === "properties" || key === "$defs";

const mapped = (names: Schema): Schema =>
  Object.fromEntries(Object.entries(names).map(([name, schema]) => [name, plain(schema)]));

const isRefused = (key: string, schema: Schema): boolean => {
  if (key.startsWith("x-") || ["discriminator", "$schema", "format", "multipleOf", "uniqueItems"].includes(key))
    return true;
  if (key === "pattern") return !/^\^.*\$$/.test(String(schema["pattern"]));
  const bounded = key === "minLength" || key === "maxLength";
  return bounded && ("pattern" in schema || Number(schema[key]) > 2_000);
};
