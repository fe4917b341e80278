/** Values for bodies that no table has a sample of. */
import type { IExpression } from "../../../base/expression.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";

/** A plausible value for a property of a custom body. */
export const schemaSample = (schema: AutoBeOpenApi.IJsonSchema, name: string): IExpression => {
  if ("const" in schema) return literal(schema.const);
  if ("oneOf" in schema) return schemaSample(schema.oneOf[0]!, name);
  if ("$ref" in schema) return { type: "objectLiteralExpression", properties: [] };
  switch (schema.type) {
    case "boolean":
      return literal(true);
    case "integer":
    case "number":
      return literal(Math.max(schema.minimum ?? 1, Math.min(schema.maximum ?? 1, 1)));
    case "array":
      return { type: "arrayLiteralExpression", elements: [] };
    case "string":
      if (schema.format === "uuid") return { type: "formatRandom", format: "uuid" };
      if (schema.format === "date") return literal("2031-01-10");
      if (schema.format === "date-time") return literal("2031-01-10T09:30:00.000Z");
      if (schema.format === "uri") return literal("https://example.com/");
      if (schema.format === "email") return { type: "formatRandom", format: "email" };
      if (schema.pattern !== undefined) return literal("10");
      return literal(name.padEnd(schema.minLength ?? 0, "x").slice(0, schema.maxLength ?? 255));
    default:
      return { type: "nullLiteral" };
  }
};

export const literal = (value: string | number | boolean): IExpression =>
  typeof value === "string"
    ? { type: "stringLiteral", value }
    : typeof value === "number"
      ? { type: "numericLiteral", value }
      : { type: "booleanLiteral", value };
