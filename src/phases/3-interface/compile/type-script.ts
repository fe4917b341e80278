/** Schemas → TypeScript types with typia tags. */
import { pagedBy } from "../../../base/naming.js";
import type { AutoBeOpenApi } from "../ast.js";

/** `IPageITask.ISummary` → `IPage<ITask.ISummary>`; other names as they are. */
export const typeName = (name: string): string => {
  const paged = pagedBy(name);
  return paged === null ? name : `IPage<${paged}>`;
};

/** Name of the file and outermost type: `ITask` of `ITask.ICreate`; the element of a page. */
export const rootName = (name: string): string => (pagedBy(name) ?? name).split(".")[0]!;

export const printType = (schema: AutoBeOpenApi.IJsonSchema): string => {
  if ("const" in schema) return JSON.stringify(schema.const);
  if ("$ref" in schema) return typeName(schema.$ref.replace("#/components/schemas/", ""));
  if ("oneOf" in schema) return schema.oneOf.map((one) => parenthesized(printType(one))).join(" | ");
  switch (schema.type) {
    case "null":
    case "boolean":
      return schema.type;
    case "integer":
      return tagged("number", [
        schema.minimum !== undefined && schema.minimum >= 0 ? 'Type<"uint32">' : 'Type<"int32">',
        ...bounds({
          ...schema,
          minimum: schema.minimum === -2147483648 || schema.minimum === 0 ? undefined : schema.minimum,
          maximum: schema.maximum === 2147483647 ? undefined : schema.maximum,
        }),
      ]);
    case "number":
      return tagged("number", bounds(schema));
    case "string":
      return tagged("string", [
        ...(schema.format === undefined || schema.format === "password"
          ? []
          : [`Format<${JSON.stringify(schema.format)}>`]),
        ...(schema.pattern === undefined ? [] : [`Pattern<${JSON.stringify(schema.pattern)}>`]),
        ...(schema.minLength === undefined || schema.minLength === 0 ? [] : [`MinLength<${schema.minLength}>`]),
        ...(schema.maxLength === undefined ? [] : [`MaxLength<${schema.maxLength}>`]),
      ]);
    case "array":
      return tagged(`${parenthesized(printType(schema.items))}[]`, [
        ...(schema.minItems === undefined ? [] : [`MinItems<${schema.minItems}>`]),
        ...(schema.maxItems === undefined ? [] : [`MaxItems<${schema.maxItems}>`]),
        ...(schema.uniqueItems ? ["UniqueItems"] : []),
      ]);
    case "object":
      return printMembers(schema);
  }
};

const bounds = (schema: {
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
}): string[] => [
  ...(schema.minimum === undefined ? [] : [`Minimum<${schema.minimum}>`]),
  ...(schema.maximum === undefined ? [] : [`Maximum<${schema.maximum}>`]),
  ...(schema.exclusiveMinimum === undefined ? [] : [`ExclusiveMinimum<${schema.exclusiveMinimum}>`]),
  ...(schema.exclusiveMaximum === undefined ? [] : [`ExclusiveMaximum<${schema.exclusiveMaximum}>`]),
  ...(schema.multipleOf === undefined ? [] : [`MultipleOf<${schema.multipleOf}>`]),
];

const tagged = (base: string, tags: string[]): string => [base, ...tags.map((tag) => `tags.${tag}`)].join(" & ");
const parenthesized = (type: string): string => (/[&|]/.test(type) ? `(${type})` : type);

/** Members of an interface, each with its description above it. */
export const printMembers = (schema: AutoBeOpenApi.IJsonSchema.IObject): string => {
  const members = Object.entries(schema.properties).map(
    ([name, property]) =>
      `${comment(property.description)}\n${name}${schema.required.includes(name) ? "" : "?"}: ${printType(property)};`,
  );
  if (schema.additionalProperties) members.push(`[key: string]: ${printType(schema.additionalProperties)};`);
  return `{\n${members.join("\n\n")}\n}`;
};

/** A block comment that no text can end early. */
export const comment = (text: string, tags: string[] = []): string => {
  const lines = [...text.replaceAll("*/", "* /").split("\n"), ...(tags.length === 0 ? [] : ["", ...tags])];
  return lines.length === 1
    ? `/** ${lines[0]} */`
    : ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n");
};
