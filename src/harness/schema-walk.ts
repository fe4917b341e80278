/** The few moves on a JSON Schema that narrowing and mending share. */

export type Schema = Record<string, unknown>;

/** Follows `$ref`s into `$defs` to the schema meant. */
export const resolve = (schema: Schema, root: Schema): Schema => {
  let at = schema;
  for (let hops = 0; typeof at["$ref"] === "string" && hops < 20; ++hops) {
    const target = definitionsOf(root)[nameOfReference(at["$ref"])];
    if (target === undefined) return at;
    at = target;
  }
  return at;
};

export const definitionsOf = (root: Schema): Record<string, Schema> => (root["$defs"] ?? {}) as Record<string, Schema>;

export const nameOfReference = (reference: string): string => reference.slice("#/$defs/".length);

/** `columns[].rules[]` as the steps columns, [], rules, []. */
export const stepsOf = (path: string): string[] => path.replaceAll("[]", ".[]").split(".");

export const propertiesOf = (schema: Schema): Record<string, Schema> | null =>
  (schema["properties"] as Record<string, Schema> | undefined) ?? null;

export const requiredOf = (schema: Schema): string[] => (schema["required"] as string[] | undefined) ?? [];

/** The one schema a value of a nullable position has; null where a true union leaves it open. */
export const variantFor = (schema: Schema, value: unknown, root: Schema): Schema | null => {
  const meant = resolve(schema, root);
  const union = (meant["anyOf"] ?? meant["oneOf"]) as Schema[] | undefined;
  if (union === undefined) return meant;
  const rest = union.filter((one) => resolve(one, root)["type"] !== "null");
  if (rest.length === 1) return resolve(rest[0]!, root);
  return discriminated(meant, value, root);
};

const discriminated = (schema: Schema, value: unknown, root: Schema): Schema | null => {
  const by = schema["x-discriminator"] as { propertyName: string; mapping?: Record<string, string> } | undefined;
  if (by?.mapping === undefined || value === null || typeof value !== "object") return null;
  const reference = by.mapping[String((value as Schema)[by.propertyName])];
  return reference === undefined ? null : resolve({ $ref: reference }, root);
};
