/** Accounts by invitation: what their required columns hold until their owners change it. */
import type { AutoBeDatabase } from "../../2-database/ast.js";
import { delegate, quote } from "./source.js";

export const printSeed = (actor: string, model: AutoBeDatabase.IModel): string => {
  const columns = model.plainFields
    .filter((field) => !field.nullable && field.default === null && !["email", "passwordHash"].includes(field.name))
    .map((field) => `${field.name}: ${isUnique(model, field) ? uniqueValue(field) : plainValue(field)}`);
  return [
    `${actor}: async (email, passwordHash) => {`,
    `const { id } = await database.client.${delegate(model.name)}.upsert({`,
    "where: { email },",
    `create: { id: randomUUID(), email, passwordHash, ${columns.join(", ")} },`,
    "update: {},",
    "select: { id: true },",
    "});",
    "return id;",
    "},",
  ].join("\n");
};

const isUnique = (model: AutoBeDatabase.IModel, field: AutoBeDatabase.IPlainField): boolean =>
  model.uniqueIndexes.some((index) => index.fieldNames.includes(field.name));

const plainValue = (field: AutoBeDatabase.IPlainField): string => {
  const least = field.minimum ?? Math.min(0, field.maximum ?? 0);
  switch (field.type) {
    case "date":
    case "datetime":
    case "time":
      return "clock.now()";
    case "boolean":
      return "false";
    case "int":
    case "double":
    case "decimal":
      return String(least);
    case "bigint":
      return `${least}n`;
    case "enum":
      return quote(field.values![0]!);
    case "json":
      return "{}";
    case "list":
      return "[]";
    case "bytes":
      return "new Uint8Array()";
    case "uuid":
      return "randomUUID()";
    case "uri":
      return quote("https://example.com");
    default:
      return quote("Unnamed".slice(0, field.maximum ?? undefined).padEnd(field.minimum ?? 0, "."));
  }
};

/** A value that no other account is likely to have. */
const uniqueValue = (field: AutoBeDatabase.IPlainField): string => {
  const least = Math.ceil(field.minimum ?? 0);
  const most = Math.floor(Math.min(field.maximum ?? LARGEST, least + LARGEST));
  const chosen = `randomInt(${least}, ${most + 1})`;
  switch (field.type) {
    case "int":
    case "double":
    case "decimal":
      return chosen;
    case "bigint":
      return `BigInt(${chosen})`;
    case "date":
    case "datetime":
    case "time":
      return `new Date(randomInt(${FARTHEST}))`;
    case "uri":
      return `${"`"}https://example.com/${"$"}{randomUUID()}${"`"}`;
    case "string":
    case "text":
      return `randomUUID().padEnd(${field.minimum ?? 0}, ".").slice(0, ${field.maximum ?? 255})`;
    default:
      return plainValue(field);
  }
};

const LARGEST = 2_000_000_000;
/** Milliseconds of a moment that PostgreSQL and JavaScript both know, below the 2^48 of randomInt. */
const FARTHEST = 4_000_000_000_000;
