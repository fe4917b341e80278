/** The one walk over a JSON Schema that every rung is made with; data inside it (enums, defaults) is left alone. */

export type Schema = Record<string, unknown>;

/** Rebuilds a schema from the inside out: `change` is given each subschema with its children changed already. */
export const rebuild = (schema: Schema, change: (schema: Schema) => Schema): Schema =>
  change(withChildren(schema, (child) => rebuild(child, change)));

export const withChildren = (schema: Schema, change: (child: Schema) => Schema): Schema => {
  const one = (value: unknown): unknown => (isSchema(value) ? change(value) : value);
  const next = (key: string, value: unknown): unknown => {
    if (NAMED.has(key) && isSchema(value))
      return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, one(child)]));
    if (LISTS.has(key) && Array.isArray(value)) return value.map(one);
    return SINGLE.has(key) ? one(value) : value;
  };
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, next(key, value)]));
};

/** Every subschema, the root first. */
export const subschemas = (root: Schema): Schema[] => {
  const found: Schema[] = [];
  const visit = (schema: Schema): Schema => {
    found.push(schema);
    withChildren(schema, visit);
    return schema;
  };
  visit(root);
  return found;
};

export const definitionsOf = (root: Schema): Record<string, Schema> => (root["$defs"] ?? {}) as Record<string, Schema>;

/** The definition's name a schema refers to, or null. */
export const referenceOf = (schema: Schema): string | null => {
  const reference = schema["$ref"];
  return typeof reference === "string" && reference.startsWith(PREFIX) ? reference.slice(PREFIX.length) : null;
};

export const referTo = (name: string): string => PREFIX + name;

/** Keeps the definitions that are still referred to. */
export const pruned = (root: Schema): Schema => {
  const { $defs: _, ...rest } = root;
  const all = definitionsOf(root);
  const kept = new Set<string>();
  const visit = (schema: Schema): void => {
    for (const one of subschemas(schema)) {
      const name = referenceOf(one);
      if (name === null || kept.has(name) || all[name] === undefined) continue;
      kept.add(name);
      visit(all[name]);
    }
  };
  visit(rest);
  if (kept.size === 0) return rest;
  return { ...rest, $defs: Object.fromEntries(Object.entries(all).filter(([name]) => kept.has(name))) };
};

const PREFIX = "#/$defs/";
const NAMED = new Set(["properties", "$defs", "patternProperties", "dependentSchemas"]);
const LISTS = new Set(["anyOf", "oneOf", "allOf", "prefixItems"]);
const SINGLE = new Set(["items", "additionalProperties", "not", "propertyNames", "contains"]);

const isSchema = (value: unknown): value is Schema =>
  value !== null && typeof value === "object" && !Array.isArray(value);
