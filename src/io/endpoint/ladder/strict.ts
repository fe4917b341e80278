/** Rung 2: the subset of OpenAI's strict mode. Optional becomes nullable; what may not be a keyword is said in the description. */
import { definitionsOf, pruned, rebuild, referenceOf, type Schema, subschemas } from "./walk.js";

/** Takes a plain schema; null where it has records or open objects, for which strict mode has no form. */
export const strict = (root: Schema): Schema | null => {
  const definitions = definitionsOf(root);
  const alone = rebuild(root, (schema) => withoutSiblings(schema, definitions));
  const form = pruned(rebuild(alone, narrowed));
  return isStrict(form) ? form : null;
};

const isStrict = (root: Schema): boolean =>
  subschemas(root).every((schema) => {
    if (UNSUPPORTED.some((key) => key in schema)) return false;
    if (schema["type"] === "object") return schema["additionalProperties"] === false;
    return "$ref" in schema || "anyOf" in schema || "enum" in schema || typeof schema["type"] === "string";
  });

const UNSUPPORTED = [
  "allOf",
  "not",
  "if",
  "then",
  "else",
  "dependentRequired",
  "dependentSchemas",
  "patternProperties",
];

/** A `$ref` stands alone: a scalar is written out, so that what is said beside it is kept. */
const withoutSiblings = (schema: Schema, definitions: Record<string, Schema>): Schema => {
  const name = referenceOf(schema);
  const { $ref, ...siblings } = schema;
  if (name === null || Object.keys(siblings).length === 0) return schema;
  const target = definitions[name];
  const isScalar = target !== undefined && !["properties", "items", "anyOf", "$ref"].some((key) => key in target);
  return isScalar ? { ...target, ...siblings } : { $ref };
};

const narrowed = (schema: Schema): Schema => {
  const bare = withBoundsTold(schema);
  const properties = bare["properties"] as Record<string, Schema> | undefined;
  if (bare["type"] !== "object" || properties === undefined || typeof bare["additionalProperties"] === "object")
    return bare;
  const required = new Set((bare["required"] as string[] | undefined) ?? []);
  const all = Object.entries(properties).map(([name, one]) => [name, required.has(name) ? one : nullable(one)]);
  return {
    ...bare,
    properties: Object.fromEntries(all),
    required: Object.keys(properties),
    additionalProperties: false,
  };
};

const nullable = (schema: Schema): Schema => {
  const { description, anyOf, ...rest } = schema;
  const union = Array.isArray(anyOf) ? (anyOf as Schema[]) : [rest];
  const told = description === undefined ? {} : { description };
  if (union.some((one) => one["type"] === "null")) return schema;
  return { ...told, anyOf: [{ type: "null" }, ...union] };
};

/** Azure, DeepSeek and fine-tuned models refuse bounds of any kind. */
const withBoundsTold = (schema: Schema): Schema => {
  const told = Object.entries(BOUNDS).flatMap(([key, words]) =>
    schema[key] === undefined ? [] : [words(String(schema[key]))],
  );
  if (told.length === 0) return schema;
  const kept = Object.fromEntries(Object.entries(schema).filter(([key]) => BOUNDS[key] === undefined));
  const description = [schema["description"], `(${told.join(", ")})`].filter(Boolean).join(" ");
  return { description, ...kept, ...(schema["description"] === undefined ? {} : { description }) };
};

const BOUNDS: Record<string, (bound: string) => string> = {
  pattern: (bound) => `matches ${bound}`,
  minLength: (bound) => `at least ${bound} characters`,
  maxLength: (bound) => `at most ${bound} characters`,
  minimum: (bound) => `at least ${bound}`,
  maximum: (bound) => `at most ${bound}`,
  exclusiveMinimum: (bound) => `more than ${bound}`,
  exclusiveMaximum: (bound) => `less than ${bound}`,
  minItems: (bound) => `at least ${bound} items`,
  maxItems: (bound) => `at most ${bound} items`,
};
