/** Models of an adopted schema → tables, under the names that they have. */
import { spoken, withArticle } from "../../base/naming.js";
import type { PrismaDatamodel, PrismaField, PrismaModel } from "../../base/prisma-schema.js";
import type { AutoBeDatabase } from "../../phases/2-database/ast.js";
import { mark, setSoftDelete } from "../../phases/2-database/derive/deletion.js";
import { type Column, generatedBy, readColumn } from "./columns.js";
import { indexesOf } from "./indexes.js";
import { nameOfMember } from "./names.js";
import { linksOf, oppositeOf } from "./relations.js";

export interface Adoption {
  datamodel: PrismaDatamodel;
  provider: string;
  /** Prisma model → entity. */
  names: ReadonlyMap<string, string>;
  /** Takes down what is not as the schema has it: model, field, what. */
  change(model: string, field: string | null, what: string): void;
}

export const readModel = (adoption: Adoption, model: PrismaModel): AutoBeDatabase.IModel => {
  const name = adoption.names.get(model.name)!;
  const foreign = new Set(model.fields.flatMap((field) => field.relationFromFields ?? []));
  const member = (field: PrismaField): string => nameOfMember(field, foreign);
  const table = model.dbName ?? model.name;
  if (name !== model.name) adoption.change(model.name, null, `is called ${name}; its table stays ${table}`);
  const renamed = new Map(model.fields.map((field) => [field.name, member(field)]));
  for (const [from, to] of renamed)
    if (from !== to) adoption.change(model.name, from, `is called ${to}; its column keeps its name`);
  const indexes = indexesOf(adoption, model, renamed);
  const foreignFields = model.fields
    .filter((field) => (field.relationFromFields ?? []).length !== 0)
    .map((field) => foreignField(adoption, model, field, renamed));
  const read: AutoBeDatabase.IModel = {
    name,
    table,
    description: model.documentation ?? `${capital(withArticle(name))}.`,
    stance: "primary",
    material: false,
    entity: name,
    parent: null,
    softDelete: false,
    primaryField: primaryField(adoption, model, name),
    foreignFields,
    plainFields: model.fields
      .filter((field) => field.kind !== "object" && field !== keyOf(model) && !foreign.has(field.name))
      .map((field) => plainField(adoption, model, field, renamed.get(field.name)!)),
    links: linksOf(adoption, model, renamed),
    uniqueIndexes: [...indexes.uniques, ...together(model, renamed)].filter(
      ({ fieldNames }) => fieldNames.length > 1 || foreignFields.every((field) => field.name !== fieldNames[0]),
    ),
    plainIndexes: [
      ...indexes.plain,
      // Keys have an index here even where the old database had none.
      ...foreignFields
        .filter((field) => !field.unique)
        .filter((field) => [...indexes.plain, ...indexes.uniques].every((one) => one.fieldNames[0] !== field.name))
        .map((field) => ({ fieldNames: [field.name] })),
    ],
    ginIndexes: [],
  };
  adoptDeletion(adoption, model, read);
  return read;
};

/** A column of such a name says that rows are marked where others would be removed. */
const adoptDeletion = (adoption: Adoption, { name }: PrismaModel, model: AutoBeDatabase.IModel): void => {
  const field = model.plainFields.find((one) => DELETIONS.includes(one.name));
  if (field?.type !== "datetime" || !field.nullable || field.default !== null || field.source !== null) return;
  Object.assign(field, mark());
  setSoftDelete(model, true);
  adoption.change(name, field.name, "is set when a row is erased: nothing finds such a row, and uniques pass over it");
};

const DELETIONS = ["deletedAt", "deleted_at"];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Where the name in the database is not the one of the member. */
const columnIn = (field: PrismaField): string => field.dbName ?? field.name;

const KEYS: Record<string, AutoBeDatabase.Key> = { Int: "int", BigInt: "bigint", String: "string" };

/** The column that is a key of its own; undefined where the key is several, none, or a reference. */
export const keyOf = (model: PrismaModel): PrismaField | undefined =>
  model.fields.find(
    (field) => field.isId && model.fields.every((one) => !one.relationFromFields?.includes(field.name)),
  );

const primaryField = (adoption: Adoption, model: PrismaModel, name: string): AutoBeDatabase.IPrimaryField => {
  const key = keyOf(model);
  const shape = shapeOfKey(key);
  const description = key?.documentation ?? `Key of ${withArticle(name)}.`;
  if (key === undefined) {
    adoption.change(model.name, null, `gets a key of its own, id; ${spokenKey(model)}`);
    return { name: "id", ...shape, description };
  }
  if (key.default === undefined && shape.generated !== undefined)
    adoption.change(model.name, key.name, "is made by the server: a random UUID");
  return { name: "id", ...shape, description, column: columnIn(key), native: nativeOf(key) };
};

/** Its type, and who makes it. */
const shapeOfKey = (
  key: PrismaField | undefined,
): Pick<AutoBeDatabase.IPrimaryField, "type" | "generated" | "writer"> => {
  if (key === undefined) return { type: "uuid" };
  if (key.default === undefined)
    return key.nativeType?.[0] === "Uuid"
      ? { type: "uuid", generated: "uuid()" }
      : { type: KEYS[key.type]!, writer: "create" };
  const generated = generatedBy(key.default as { name: string; args: (string | number)[] })!;
  return { type: /uuid/.test(generated) ? "uuid" : KEYS[key.type]!, generated };
};

const spokenKey = ({ primaryKey, fields }: PrismaModel): string => {
  if (primaryKey !== null) return `${primaryKey.fields.join(" and ")} are unique together`;
  const key = fields.find((field) => field.isId);
  return key === undefined ? "its uniques stay what they are" : `${key.name} refers, and is unique`;
};

/** A key of several columns stays unique. */
const together = ({ primaryKey }: PrismaModel, renamed: ReadonlyMap<string, string>): AutoBeDatabase.IUniqueIndex[] =>
  primaryKey === null ? [] : [{ fieldNames: primaryKey.fields.map((name) => renamed.get(name) ?? name), rule: null }];

/** Keys and references keep their native type, and have the same on both sides. */
const nativeOf = ({ type, nativeType }: PrismaField): string => {
  const [name, args] = nativeType ?? ["", []];
  if (name === "" || !(type === "String" || name === "SmallInt")) return "";
  return `@db.${name.replace(/^N(?=Var|Char)/, "")}${args.length === 0 ? "" : `(${args.join(", ")})`}`;
};

const foreignField = (
  adoption: Adoption,
  model: PrismaModel,
  field: PrismaField,
  renamed: ReadonlyMap<string, string>,
): AutoBeDatabase.IForeignField => {
  const column = model.fields.find((one) => one.name === field.relationFromFields![0])!;
  const target = adoption.datamodel.models.find((one) => one.name === field.type)!;
  if (column.default !== undefined) adoption.change(model.name, column.name, "has no default any more");
  return {
    name: renamed.get(column.name)!,
    type: shapeOfKey(keyOf(target)).type,
    description: field.documentation ?? column.documentation ?? `The ${spoken(field.name)}.`,
    column: columnIn(column),
    native: nativeOf(column),
    relation: {
      name: renamed.get(field.name)!,
      targetModel: adoption.names.get(field.type)!,
      oppositeName: oppositeOf(adoption, model, field),
      mappingName: field.relationName!,
    },
    unique: column.isUnique || column.isId,
    nullable: !column.isRequired,
    onDelete: erasureOf(adoption, model, field, column),
    writer: "update",
    source: null,
    requirements: [],
  };
};

const erasureOf = (
  adoption: Adoption,
  model: PrismaModel,
  field: PrismaField,
  column: PrismaField,
): AutoBeDatabase.IForeignField["onDelete"] => {
  switch (field.relationOnDelete) {
    case "Cascade":
      return "cascade";
    case "SetDefault":
      adoption.change(model.name, field.name, "restricts the deletion instead of SetDefault");
      return "restrict";
    case "SetNull":
      return column.isRequired ? "restrict" : "clear";
    case undefined:
      return column.isRequired ? "restrict" : "clear";
    default:
      return "restrict";
  }
};

const SECRETS = /passw(or)?d|passphrase|passcode|secret|salt$|(refresh|access|reset|api|auth)_?(token|key|hash)/i;

const plainField = (
  { datamodel, provider, change }: Adoption,
  model: PrismaModel,
  field: PrismaField,
  name: string,
): AutoBeDatabase.IPlainField => {
  const isUnique = datamodel.indexes.some(
    (index) =>
      index.model === model.name && index.type === "unique" && index.fields.some((one) => one.name === field.name),
  );
  const column: Column = readColumn(field, {
    provider,
    enums: datamodel.enums,
    isUnique,
    change: (what) => change(model.name, field.name, what),
  });
  const isSecret = (column.type === "string" || column.type === "text") && SECRETS.test(field.name);
  if (isSecret)
    change(
      model.name,
      field.name,
      isUnique
        ? "is a column like any other: it is unique, so whoever signs in reads and writes it"
        : "is written and never read again, as it is named like a secret",
    );
  return {
    name,
    description: field.documentation ?? `${capital(spoken(field.name))}.`,
    nullable: !field.isRequired,
    column: columnIn(field),
    secret: isSecret && !isUnique,
    requirements: [],
    ...column,
  };
};
