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
