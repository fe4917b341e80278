/** Tables and types as a TypeScript programmer meets them through Prisma and the DTOs, one line each. */
import { type AutoBeDatabase, deletionOf, modelsOf } from "../2-database/ast.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import { delegate } from "./compile/source.js";

const TYPES: Partial<Record<AutoBeDatabase.ColumnType, string>> = {
  boolean: "boolean",
  int: "number",
  bigint: "bigint",
  double: "number",
  decimal: "Prisma.Decimal",
  date: "Date",
  datetime: "Date",
  time: "Date",
  bytes: "Uint8Array",
  json: "JSON",
};

/** `tx.task: { id: string, title: string, dueDate: Date | null, listId: string → list, … }` */
export const printPrismaModel = (database: AutoBeDatabase.IApplication, model: AutoBeDatabase.IModel): string => {
  const back = modelsOf(database).flatMap((other) =>
    other.stance === "session"
      ? []
      : [
          ...other.foreignFields
            .filter((field) => field.relation.targetModel === model.name)
            .map((field) => `${field.relation.oppositeName}: ${other.name}${field.unique ? " | null" : "[]"}`),
          ...other.links
            .filter((link) => link.targetModel === model.name)
            .map((link) => `${link.oppositeName}: ${other.name}[]`),
        ],
  );
  const mark = deletionOf(model);
  const columns = [
    "id: string",
    ...model.foreignFields.map((field) => `${field.name}: string${field.nullable ? " | null" : ""}`),
    ...model.plainFields
      .filter((field) => !field.secret || field === mark)
      .map((field) => {
        const one = field.items ?? field.type;
        const plain = field.values?.map((value) => JSON.stringify(value)).join(" | ") ?? TYPES[one] ?? "string";
        const type = field.type === "list" ? `(${plain})[]` : plain;
        const meaning =
          field === mark ? " (null until erased: set it, never delete; erased rows are read by nothing)" : "";
        return `${field.name}: ${type}${field.nullable ? " | null" : ""}${field.default === null ? "" : ` = ${field.default}`}${meaning}`;
      }),
  ];
  const relations = [
    ...model.foreignFields.map((field) => `${field.relation.name}: ${field.relation.targetModel}`),
    ...model.links.map((link) => `${link.name}: ${link.targetModel}[]`),
    ...back,
  ];
  return `tx.${delegate(model.name)}: { ${columns.join(", ")} }${relations.length === 0 ? "" : `; relations: ${relations.join(", ")}`}`;
};

export const printTypes = (document: AutoBeOpenApi.IDocument, names: readonly (string | null)[]): string => {
  const seen = new Set<string>();
  const lines: string[] = [];
  const visit = (name: string): void => {
    const schema = document.components.schemas[name];
    if (seen.has(name) || schema === undefined || !("properties" in schema)) return;
    seen.add(name);
    const members = Object.entries(schema.properties).map(
      ([member, property]) =>
        `${member}${schema.required.includes(member) ? "" : "?"}: ${printSchema(property, visit)}`,
    );
    lines.push(`${name} { ${members.join(", ")} }`);
  };
  for (const name of names) if (name !== null) visit(name);
  return lines.join("\n") || "none";
};

const printSchema = (schema: AutoBeOpenApi.IJsonSchema, visit: (name: string) => void): string => {
  if ("const" in schema) return JSON.stringify(schema.const);
  if ("oneOf" in schema) return schema.oneOf.map((one) => printSchema(one, visit)).join(" | ");
  if ("$ref" in schema) {
    const name = schema.$ref.replace("#/components/schemas/", "");
    visit(name);
    return name;
  }
  if (schema.type === "array") return `${printSchema(schema.items, visit)}[]`;
  if (schema.type === "integer") return "number";
  if (schema.type === "string") return schema.format === undefined ? "string" : `string (${schema.format})`;
  return schema.type;
};
