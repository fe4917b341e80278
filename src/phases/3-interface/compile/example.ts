/** A value that obeys a schema, for readers of the OpenAPI document: the same every time, and as plain as the schema allows. */
import { spoken } from "../../../base/naming.js";
import type { AutoBeOpenApi } from "../ast.js";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Schemas = Record<string, AutoBeOpenApi.IJsonSchemaDescriptive>;

const REFERENCE = "#/components/schemas/";
/** Bodies nest a little; types that lead back to themselves end here. */
const DEEPEST = 6;

/** Null where the component is not there. */
export const exampleOf = (schemas: Schemas, name: string): Json => {
  const schema = schemas[name];
  return schema === undefined ? null : made(schemas, schema, name, 0);
};

const made = (schemas: Schemas, schema: AutoBeOpenApi.IJsonSchema, name: string, depth: number): Json => {
  const inner = (next: AutoBeOpenApi.IJsonSchema): Json => made(schemas, next, name, depth + 1);
  if ("const" in schema) return schema.const;
  if ("$ref" in schema) {
    const target = schemas[schema.$ref.slice(REFERENCE.length)];
    return target === undefined || depth > DEEPEST ? null : inner(target);
  }
  if ("oneOf" in schema) {
    const [first] = depth > DEEPEST ? schema.oneOf.filter((one) => "type" in one && one.type === "null") : schema.oneOf;
    return inner(first ?? schema.oneOf[0]!);
  }
  switch (schema.type) {
    case "null":
      return null;
    case "boolean":
      return true;
    case "integer":
    case "number":
      return numberOf(schema);
    case "string":
      return textOf(schema, name);
    case "array":
      return Array.from({ length: depth > DEEPEST ? 0 : Math.max(schema.minItems ?? 0, 1) }, () => inner(schema.items));
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties).map(([key, property]) => [key, made(schemas, property, key, depth + 1)]),
      );
  }
};

const numberOf = (schema: AutoBeOpenApi.IJsonSchema.IInteger | AutoBeOpenApi.IJsonSchema.INumber): number => {
  const step = schema.multipleOf ?? 1;
  const least = schema.minimum ?? (schema.exclusiveMinimum === undefined ? null : schema.exclusiveMinimum + step);
  const most = schema.maximum ?? (schema.exclusiveMaximum === undefined ? null : schema.exclusiveMaximum - step);
  const value = Math.min(Math.max(step, least ?? step), most ?? step);
  return Math.ceil(value / step) * step;
};

const FORMATS: Record<NonNullable<AutoBeOpenApi.IJsonSchema.IString["format"]>, string> = {
  uuid: "3f2b8c1e-6d4a-4f0b-9a57-0c1d2e3f4a5b",
  email: "somebody@example.com",
  uri: "https://example.com/path",
  date: "2031-01-31",
  "date-time": "2031-01-31T09:30:00.000Z",
  password: "correct horse battery",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  hostname: "www.example.com",
  time: "09:30:00Z",
  duration: "PT15M",
};

/** Patterns of the house stand for numbers that JSON cannot hold exactly, for times of day and for bytes. */
const PATTERNED = ["12", "12.5", "12.50", "12.500", "12.5000", "0", "1", "09:30:00", "Zmlyc3Q="];

const textOf = (schema: AutoBeOpenApi.IJsonSchema.IString, name: string): string => {
  if (schema.format !== undefined) return FORMATS[schema.format];
  const { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  if (pattern !== undefined) return PATTERNED.find((one) => new RegExp(pattern).test(one)) ?? "";
  const said = spoken(name) || "text";
  const whole = said.charAt(0).toUpperCase() + said.slice(1);
  return whole.padEnd(minLength, ".").slice(0, Math.max(maxLength, 0));
};
