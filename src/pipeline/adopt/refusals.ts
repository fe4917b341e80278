/** What of a schema cannot be adopted: all of it at once, each with its line and what to do. */
import { Failure } from "../../base/mishap.js";
import type { PrismaDatamodel, PrismaField, PrismaModel, PrismaSchema } from "../../base/prisma-schema.js";
import { generatedBy } from "./columns.js";
import { keyOf } from "./models.js";
import { Places } from "./places.js";

/** Throws where the schema is not valid, or holds what cannot be adopted; answers what Prisma read of it. */
export const acceptSchema = (schema: PrismaSchema): PrismaDatamodel => {
  const places = new Places(schema);
  const refused = [
    ...wordsRefused(schema, places),
    ...(schema.datamodel === null ? [] : modelsRefused(schema, places)),
  ];
  if (refused.length !== 0)
    throw new Failure(
      "ADOPT.UNSUPPORTED",
      `${schema.file} holds ${refused.length === 1 ? "something" : `${refused.length} things`} that cannot be adopted:\n${refused.join("\n")}`,
      "Change these in a copy of the schema and give that; the file itself is never touched.",
    );
  if (schema.datamodel === null)
    throw new Failure(
      "ADOPT.INVALID_SCHEMA",
      `${schema.file} is no valid Prisma schema:\n${schema.complaints.map(({ line, message }) => `${places.at(line)}  ${message}`).join("\n")}`,
      "Mend these lines; `npx prisma validate` says the same.",
    );
  if (schema.datamodel.models.length === 0)
    throw new Failure("ADOPT.NO_MODELS", `${schema.file} has no models.`, "Give the file that holds them.");
  return schema.datamodel;
};

const PROVIDERS = ["postgresql", "postgres", "mysql", "sqlite"];

/** What Prisma's parser does not tell, or refuses in other words. */
const wordsRefused = ({ provider }: PrismaSchema, places: Places): string[] => [
  ...(provider === null || PROVIDERS.includes(provider)
    ? []
    : [
        `${places.all(/^\s*provider\s*=/)[0]?.at}  provider ${provider}: what is generated runs on PostgreSQL. Schemas of postgresql, mysql and sqlite can be read.`,
      ]),
  ...places
    .all(/^\s*schemas\s*=\s*\[.*,/)
    .map(({ at }) => `${at}  several database schemas: all tables go into one. Drop "schemas" and every @@schema.`),
  ...places
    .all(/^\s*view\s+\w+/)
    .map(({ at, line }) => `${at}  ${line.replace(/\s*\{.*/, "")}: views are not read. Drop it.`),
  ...places
    .all(/^\s*\w+\s+Unsupported\(/)
    .map(
      ({ at, model, line }) =>
        `${at}  ${model}.${line.split(/\s/)[0]} is Unsupported(): give it a type that Prisma knows, or drop it.`,
    ),
];

const modelsRefused = ({ datamodel }: PrismaSchema, places: Places): string[] =>
  datamodel!.models.flatMap((model) => [
    ...keyRefused(model, places),
    ...model.fields.flatMap((field) => {
      const why = fieldRefused(datamodel!, model, field);
      return why === null ? [] : [`${places.field(model.name, field.name)}  ${model.name}.${field.name} ${why}`];
    }),
  ]);

const keyRefused = (model: PrismaModel, places: Places): string[] => {
  const other =
    keyOf(model) === undefined ? model.fields.find((field) => (field.dbName ?? field.name) === "id") : undefined;
  if (other === undefined) return [];
  return [
    `${places.field(model.name, other.name)}  ${model.name}.${other.name} takes the name of the key that the model needs: call it otherwise, or make it the only @id.`,
  ];
};

/** Keys that the database, Prisma or whoever makes the row says. */
const KEYS = ["String", "Int", "BigInt"];

/** What goes over the wire as it lies in the database. */
const ITEMS = ["String", "Int", "Float", "Boolean"];

/** Why a field cannot be adopted; null where it can. */
const fieldRefused = (datamodel: PrismaDatamodel, model: PrismaModel, field: PrismaField): string | null => {
  if (field.kind === "object") return relationRefused(datamodel, model, field);
  if (field.isList && field.kind !== "enum" && !ITEMS.includes(field.type))
    return `is a list of ${field.type}: make it a model of its own, with one row per value, or a list of ${ITEMS.join(", ")} or an enum.`;
  if (field !== keyOf(model)) return null;
  if (!KEYS.includes(field.type)) return `is a key of type ${field.type}: use Int, BigInt or String.`;
  const { default: given } = field;
  if (given === undefined) return null;
  if (typeof given !== "object" || Array.isArray(given) || generatedBy(given) === null)
    return "is a key whose default makes only one: drop that, or give it @default(uuid()), @default(cuid()) or @default(autoincrement()).";
  return null;
};

const relationRefused = (datamodel: PrismaDatamodel, model: PrismaModel, field: PrismaField): string | null => {
  const from = field.relationFromFields ?? [];
  if (from.length === 0) return null;
  const target = datamodel.models.find((one) => one.name === field.type)!;
  const [to] = field.relationToFields ?? [];
  if (from.length > 1) return "is a reference of several columns: give the target a key of one column.";
  if (keyOf(target)?.name !== to) return `refers to ${field.type}.${to}, which is not its key: refer to the key.`;
  const isShared = model.fields.some((one) => one !== field && one.relationFromFields?.includes(from[0]!));
  return isShared ? `shares the column ${from[0]} with another relation: give each its own.` : null;
};
