/** The kinds of change that a designed database may go through; not every one makes sense wherever it falls. */
import { foreignKey, pascal, tableName } from "../../src/base/naming.js";
import { type AutoBeDatabase, modelsOf } from "../../src/phases/2-database/ast.js";
import { setSoftDelete } from "../../src/phases/2-database/derive/deletion.js";
import { column } from "../database/column.js";
import { valuesFrom } from "./attributes.js";

type Database = AutoBeDatabase.IApplication;
type Model = AutoBeDatabase.IModel;

export interface Subject {
  at: number;
  to: number;
  flag: boolean;
  /** Of the change, for names that nobody else has. */
  index: number;
  database: Database;
  /** The table that is changed. */
  subject: Model;
}

const pick = <Item>(items: readonly Item[], at: number): Item | undefined => items[at % items.length];

const plain = ({ subject, at }: Subject): AutoBeDatabase.IPlainField | undefined => pick(subject.plainFields, at);

const TYPES: readonly AutoBeDatabase.ColumnType[] = [
  "boolean",
  "int",
  "bigint",
  "double",
  "decimal",
  "string",
  "text",
  "uri",
  "uuid",
  "date",
  "datetime",
  "enum",
  "json",
];
const NUMBERS: readonly AutoBeDatabase.ColumnType[] = ["int", "bigint", "double", "decimal"];

const without = (model: Model, name: string): void => {
  const isFree = ({ fieldNames }: { fieldNames: string[] }): boolean => !fieldNames.includes(name);
  model.plainFields = model.plainFields.filter((field) => field.name !== name);
  model.foreignFields = model.foreignFields.filter((field) => field.name !== name);
  model.uniqueIndexes = model.uniqueIndexes.filter(isFree);
  model.plainIndexes = model.plainIndexes.filter(isFree);
  model.ginIndexes = model.ginIndexes.filter(({ fieldName }) => fieldName !== name);
};

const unpoint = (model: Model, field: AutoBeDatabase.IForeignField): void => {
  without(model, field.name);
  if (model.parent?.relation === field.relation.name) model.parent = null;
};

const retype = (field: AutoBeDatabase.IPlainField, to: number): void => {
  const type = TYPES[to % TYPES.length]!;
  Object.assign(field, {
    type,
    default: null,
    values: type === "enum" ? valuesFrom(to, 3) : null,
    minimum: NUMBERS.includes(type) && to % 2 === 0 ? 1 : null,
    maximum: type === "string" ? 20 + to : null,
  });
};

const relate = ({ database, subject, at, to, flag, index }: Subject): void => {
  const target = pick(modelsOf(database), at)!;
  const name = `extra${index}`;
  const nullable = flag || target === subject;
  subject.foreignFields.push({
    name: foreignKey(name),
    type: "uuid",
    description: "Something else.",
    relation: {
      name,
      targetModel: target.name,
      oppositeName: `back${index}`,
      mappingName: `${subject.name}${pascal(name)}`,
    },
    unique: to % 5 === 0,
    nullable,
    onDelete: (["cascade", "restrict", nullable ? "clear" : "cascade"] as const)[to % 3]!,
    writer: "create",
    source: null,
    requirements: [],
  });
  if (to % 5 !== 0) subject.plainIndexes.push({ fieldNames: [foreignKey(name)] });
};

const newModel = ({ database, subject, index }: Subject): void => {
  const name = `Extra${index}`;
  database.files[0]!.models.push({
    ...structuredClone(subject),
    name,
    table: tableName(database.prefix, name),
    stance: "primary",
    entity: null,
    parent: null,
    foreignFields: [],
    links: [],
    plainFields: structuredClone(subject.plainFields),
    uniqueIndexes: [],
    plainIndexes: [],
    ginIndexes: [],
  });
};

const dropModel = ({ database, subject }: Subject): void => {
  for (const file of database.files) file.models = file.models.filter((model) => model !== subject);
  database.files = database.files.filter((file) => file.models.length !== 0);
  for (const model of modelsOf(database)) {
    for (const field of model.foreignFields) if (field.relation.targetModel === subject.name) unpoint(model, field);
    model.links = model.links.filter((link) => link.targetModel !== subject.name);
  }
};

const columnNames = (model: Model): string[] => [
  ...model.plainFields.filter((field) => field.type !== "json").map((field) => field.name),
  ...model.foreignFields.map((field) => field.name),
];

export const KINDS: [name: string, act: (subject: Subject) => void][] = [
  [
    "add column",
    (one) => {
      const field = column(`added${one.index}`, "int", { nullable: one.flag });
      retype(field, one.to);
      one.subject.plainFields.push(field);
    },
  ],
  ["drop column", (one) => without(one.subject, plain(one)?.name ?? "")],
  [
    "flip nullable",
    (one) => {
      const field = plain(one);
      if (field !== undefined) field.nullable = !field.nullable;
    },
  ],
  [
    "change type",
    (one) => {
      const field = plain(one);
      if (field !== undefined) retype(field, one.to);
    },
  ],
  [
    "change bounds",
    (one) => {
      const field = pick(
        one.subject.plainFields.filter(({ type }) => NUMBERS.includes(type)),
        one.at,
      );
      if (field !== undefined)
        Object.assign(field, { minimum: one.flag ? one.to % 4 : null, maximum: one.to % 3 === 0 ? 50 : null });
    },
  ],
  [
    "change length",
    (one) => {
      const field = pick(
        one.subject.plainFields.filter(({ type }) => type === "string"),
        one.at,
      );
      if (field !== undefined) Object.assign(field, { minimum: null, maximum: 5 + one.to * 5 });
    },
  ],
  [
    "change values",
    (one) => {
      const field = pick(
        one.subject.plainFields.filter(({ type }) => type === "enum"),
        one.at,
      );
      if (field === undefined) return;
      const more = valuesFrom(one.to, 2).filter((value) => !field.values!.includes(value));
      field.values = one.flag
        ? [...field.values!.slice(0, 1), ...more, ...field.values!.slice(1)]
        : [...field.values!.slice(1), ...more];
      if (field.default !== null && !field.values.includes(field.default)) field.default = field.values[0] ?? null;
    },
  ],
  [
    "change default",
    (one) => {
      const field = plain(one);
      if (field === undefined) return;
      const literals = {
        boolean: "true",
        enum: field.values?.at(-1),
        date: "now",
        datetime: "now",
        json: "{}",
        uuid: "00000000-0000-0000-0000-000000000001",
      };
      const literal = (literals as Record<string, string | undefined>)[field.type] ?? String(field.minimum ?? 7);
      field.default = field.default === null || one.flag ? literal : null;
    },
  ],
  [
    "add unique",
    (one) => {
      const names = [
        pick(columnNames(one.subject), one.at),
        ...(one.flag ? [pick(columnNames(one.subject), one.to)] : []),
      ];
      one.subject.uniqueIndexes.push({ fieldNames: [...new Set(names)] as string[], rule: null });
    },
  ],
  ["drop unique", (one) => void one.subject.uniqueIndexes.splice(one.at % 2, 1)],
  [
    "add index",
    (one) =>
      void one.subject.plainIndexes.push({
        fieldNames: [...new Set([one.at, one.to].map((at) => pick(columnNames(one.subject), at)!))],
      }),
  ],
  ["drop index", (one) => void one.subject.plainIndexes.splice(one.at % 2, 1)],
  [
    "change trigrams",
    (one) => {
      const field = pick(
        one.subject.plainFields.filter(({ type }) => type === "string" || type === "text"),
        one.at,
      );
      if (one.subject.ginIndexes.length !== 0) one.subject.ginIndexes = [];
      else if (field !== undefined) one.subject.ginIndexes.push({ fieldName: field.name });
    },
  ],
  ["add relation", relate],
  [
    "drop relation",
    (one) => {
      const field = pick(one.subject.foreignFields, one.at);
      if (field !== undefined) unpoint(one.subject, field);
    },
  ],
  [
    "change relation",
    (one) => {
      const field = pick(one.subject.foreignFields, one.at);
      if (field === undefined) return;
      if (one.to % 3 === 0) field.nullable = !field.nullable;
      if (one.to % 3 === 1) field.unique = !field.unique;
      field.onDelete = field.nullable && one.flag ? "clear" : one.flag ? "cascade" : "restrict";
    },
  ],
  ["add table", newModel],
  ["drop table", dropModel],
  [
    "add link",
    (one) => {
      const target = pick(modelsOf(one.database), one.at)!;
      one.subject.links.push({
        name: `links${one.index}`,
        targetModel: target.name,
        oppositeName: `linked${one.index}`,
        description: "Many.",
        writer: "update",
        requirements: [],
      });
    },
  ],
  ["drop link", (one) => void one.subject.links.splice(one.at % 2, 1)],
  [
    "erase softly",
    (one) => {
      setSoftDelete(one.subject, !one.subject.softDelete);
    },
  ],
  ["rename", () => {}],
];
