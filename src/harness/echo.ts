/** A schema handed back instead of an instance of it. */

/** Whether what stands at the known members describes values rather than being them. */
export const isEcho = (value: Record<string, unknown>, known: readonly string[]): boolean => {
  const members = known.filter((key) => Object.hasOwn(value, key)).map((key) => value[key]);
  return members.length > 0 && members.every(isSchema);
};

/** Whether a text looks like the schema of a function. */
export const looksLikeSchema = (text: string): boolean =>
  /"(?:properties|\$defs|definitions)"\s*:\s*\{/.test(text) && /"type"\s*:\s*"object"/.test(text);

const MARKS = ["$ref", "anyOf", "oneOf", "items", "enum", "maxLength", "maxItems", "properties", "pattern"];
const TYPES = ["string", "number", "integer", "boolean", "array", "object", "null"];

const isSchema = (value: unknown): boolean => {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  const type = (value as Record<string, unknown>)["type"];
  return typeof type === "string" ? TYPES.includes(type) : MARKS.some((mark) => keys.includes(mark));
};
