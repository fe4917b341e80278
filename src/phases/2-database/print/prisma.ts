/** The database AST → Prisma schema files, with the span of every member, so that a complaint about the text finds its column. */
import type { FileTree } from "../../../base/file-tree.js";
import { constraintName, enumName, LONGEST_NAME, snake } from "../../../base/naming.js";
import { type AutoBeDatabase, columnNamed, columnOf, isOfEnum, itemOf } from "../ast.js";
import { enumType, isPartial } from "../sql.js";

export interface PrintedSchema {
  files: FileTree;
  spans: Span[];
}
/** Characters `start` to `end` of `file` say this member of this model; null: the model as a whole. */
export interface Span {
  file: string;
  start: number;
  end: number;
  model: string;
  member: string | null;
}

export const printPrisma = (database: AutoBeDatabase.IApplication): PrintedSchema => {
  const printed: PrintedSchema = { files: { "prisma/schema/main.prisma": MAIN }, spans: [] };
  const enums = new Set<string>();
  for (const file of database.files) {
    const path = `prisma/schema/${file.filename}`;
    let text = "";
    for (const model of file.models) {
      if (text !== "") text += "\n";
      for (const { line, member } of [...modelLines(database, file, model), ...enumLines(database, model, enums)]) {
        const start = text.length;
        text += `${line}\n`;
        printed.spans.push({ file: path, start, end: text.length, model: model.name, member });
      }
    }
    printed.files[path] = text;
  }
  return printed;
};

const MAIN = `generator client {
  provider               = "prisma-client"
  output                 = "../../src/prisma"
  moduleFormat           = "cjs"
  importFileExtension    = ""
  generatedFileExtension = "ts"
}

datasource db {
  provider = "postgresql"
}
`;

interface Line {
  line: string;
  member: string | null;
}
/** One member: the cells of its line, which are aligned with those of its group. */
interface Row {
  member: string;
  doc: string | null;
  cells: [name: string, type: string, attributes: string];
}

const modelLines = (
  database: AutoBeDatabase.IApplication,
  file: AutoBeDatabase.IFile,
  model: AutoBeDatabase.IModel,
): Line[] => {
  const groups = [
    [primaryRow(model), ...model.foreignFields.map((field) => foreignRow(model, field))],
    model.plainFields.map((field) => plainRow(model, field)),
    [
      ...model.foreignFields.map((field) => relationRow(model, field)),
      ...model.links.map((link) => linkRow(model, link)),
      ...oppositeRows(database, model),
    ],
    [...indexRows(model), { member: "", doc: null, cells: [`@@map(${quote(model.table)})`, "", ""] } as Row],
  ];
  const lines = groups.filter((group) => group.length !== 0).map(aligned);
  return [
    ...docLines(model.description, "", null),
    { line: `/// @namespace ${file.namespace}`, member: null },
    { line: `model ${model.name} {`, member: null },
    ...lines.flatMap((group, index) => (index === 0 ? group : [{ line: "", member: null }, ...group])),
    { line: "}", member: null },
  ];
};

const aligned = (rows: Row[]): Line[] => {
  const width = (index: 0 | 1) => Math.max(...rows.map((row) => row.cells[index].length));
  return rows.flatMap(({ doc, cells: [name, type, attributes], member }) => [
    ...(doc === null ? [] : docLines(doc, "  ", member)),
    { line: `  ${name.padEnd(width(0))} ${type.padEnd(width(1))} ${attributes}`.trimEnd(), member },
  ]);
};

const docLines = (text: string, indent: string, member: string | null): Line[] =>
  text
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== "")
    .map((line) => ({ line: `${indent}/// ${line.trim()}`, member }));

const primaryRow = (model: AutoBeDatabase.IModel): Row => ({
  member: "id",
  doc: model.primaryField.description,
  cells: [
    "id",
    KEYS[model.primaryField.type],
    join(
      model.primaryField.writer === "create" ? "@id" : `@id @default(${model.primaryField.generated ?? "uuid()"})`,
      mapped(model.primaryField),
      model.primaryField.native ?? "@db.Uuid",
    ),
  ],
});

const KEYS: Record<AutoBeDatabase.Key, string> = { uuid: "String", int: "Int", bigint: "BigInt", string: "String" };

const foreignRow = (model: AutoBeDatabase.IModel, field: AutoBeDatabase.IForeignField): Row => ({
  member: field.relation.name,
  doc: field.description,
  cells: [
    field.name,
    KEYS[field.type] + (field.nullable ? "?" : ""),
    join(field.unique ? unique(model, [field.name]) : "", mapped(field), field.native ?? "@db.Uuid"),
  ],
});

const plainRow = (model: AutoBeDatabase.IModel, field: AutoBeDatabase.IPlainField): Row => {
  if (field.type === "list") return listRow(model, field);
  const [type, native] =
    field.type === "enum"
      ? [field.enumeration?.name ?? enumName(model.name, field.name), ""]
      : TYPES[field.type](field);
  return {
    member: field.name,
    doc: field.description,
    cells: [
      field.name,
      field.nullable ? `${type}?` : type,
      join(defaultOf(field), mapped(field), field.native ?? native),
    ],
  };
};

const listRow = (model: AutoBeDatabase.IModel, field: AutoBeDatabase.IPlainField): Row => {
  const {
    cells: [, type],
  } = plainRow(model, itemOf(field));
  const literals = JSON.parse(field.default ?? "[]") as unknown[];
  const said = literals.map((one) => (field.items === "enum" ? String(one) : JSON.stringify(one)));
  const filled = field.default === null ? "" : `@default([${said.join(", ")}])`;
  return {
    member: field.name,
    doc: field.description,
    cells: [field.name, `${type}[]`, join(filled, mapped(field), field.native ?? "")],
  };
};

const TYPES: Record<
  Exclude<AutoBeDatabase.ColumnType, "enum" | "list">,
  (field: AutoBeDatabase.IPlainField) => [string, string]
> = {
  boolean: () => ["Boolean", ""],
  int: () => ["Int", ""],
  bigint: () => ["BigInt", ""],
  double: () => ["Float", ""],
  decimal: () => ["Decimal", "@db.Decimal(18, 4)"],
  string: (field) => ["String", `@db.VarChar(${field.maximum ?? 255})`],
  text: () => ["String", "@db.Text"],
  uri: () => ["String", "@db.VarChar(2048)"],
  uuid: () => ["String", "@db.Uuid"],
  date: () => ["DateTime", "@db.Date"],
  datetime: () => ["DateTime", "@db.Timestamptz(3)"],
  time: () => ["DateTime", "@db.Time(0)"],
  bytes: () => ["Bytes", "@db.ByteA"],
  json: () => ["Json", ""],
};

const defaultOf = ({ type, default: literal, generated }: AutoBeDatabase.IPlainField): string => {
  if (generated !== undefined) return `@default(${generated})`;
  if (literal === null) return "";
  if (type === "date" || type === "datetime" || type === "time")
    return `@default(${literal === "now" ? "now()" : quote(momentOf(literal))})`;
  return `@default(${TEXTS.includes(type) ? quote(literal) : literal})`;
};

const TEXTS: readonly AutoBeDatabase.ColumnType[] = ["string", "text", "uri", "uuid", "json"];
/** Prisma wants a time of day with every date, and a date with every time of day. */
const momentOf = (literal: string): string => {
  if (literal.includes("T")) return literal;
  return literal.includes(":") ? `1970-01-01T${literal}Z` : `${literal}T00:00:00Z`;
};

const relationRow = (model: AutoBeDatabase.IModel, field: AutoBeDatabase.IForeignField): Row => {
  const name = constraintName([model.table, columnOf(field)], "fkey");
  const map = `${model.table}_${columnOf(field)}_fkey` === name ? "" : `, map: ${quote(name)}`;
  const type = field.relation.targetModel + (field.nullable ? "?" : "");
  return {
    member: field.relation.name,
    doc: null,
    cells: [
      field.relation.name,
      type,
      `@relation(${quote(field.relation.mappingName)}, fields: [${field.name}], references: [id], onDelete: ${ACTIONS[field.onDelete]}${map})`,
    ],
  };
};

const ACTIONS = { cascade: "Cascade", restrict: "Restrict", clear: "SetNull" } as const;

const linkRow = (model: AutoBeDatabase.IModel, link: AutoBeDatabase.ILink): Row => ({
  member: link.name,
  doc: link.description,
  cells: [link.name, `${link.targetModel}[]`, `@relation(${quote(linkTable(model, link))})`],
});

/** The join table of a link is this name with an underscore in front, that of its key has nine letters more. */
export const linkTable = (model: AutoBeDatabase.IModel, link: AutoBeDatabase.ILink): string => {
  if (link.mappingName !== undefined) return link.mappingName;
  const plain = `${model.table}_${snake(link.name)}`;
  return plain.length <= LONGEST_NAME - 10 ? plain : constraintName([plain], "set", LONGEST_NAME - 10);
};

const oppositeRows = (database: AutoBeDatabase.IApplication, model: AutoBeDatabase.IModel): Row[] =>
  database.files
    .flatMap((file) => file.models)
    .flatMap((other) => [
      ...other.foreignFields
        .filter((field) => field.relation.targetModel === model.name)
        .map(({ relation, unique }) => oppositeRow(relation, other.name + (unique ? "?" : "[]"), relation.mappingName)),
      ...other.links
        .filter((link) => link.targetModel === model.name)
        .map((link) => oppositeRow(link, `${other.name}[]`, linkTable(other, link))),
    ]);

const oppositeRow = ({ oppositeName }: { oppositeName: string }, type: string, mapping: string): Row => ({
  member: oppositeName,
  doc: null,
  cells: [oppositeName, type, `@relation(${quote(mapping)})`],
});

const indexRows = (model: AutoBeDatabase.IModel): Row[] => [
  ...model.uniqueIndexes
    .filter((index) => !isPartial(model, index))
    .map((index) => indexRow("@@unique", index.fieldNames, mapOf(model, index.fieldNames, "key"))),
  ...model.plainIndexes.map((index) => indexRow("@@index", index.fieldNames, mapOf(model, index.fieldNames, "idx"))),
];

const indexRow = (attribute: string, fieldNames: string[], map: string): Row => ({
  member: fieldNames[0] ?? "",
  doc: null,
  cells: [`${attribute}([${fieldNames.join(", ")}]${map === "" ? "" : `, ${map}`})`, "", ""],
});

/** Prisma's own name of an index, or ours where that would be cut. */
const mapOf = (model: AutoBeDatabase.IModel, fieldNames: string[], suffix: "key" | "idx"): string => {
  const parts = [model.table, ...fieldNames.map((name) => columnNamed(model, name))];
  const name = constraintName(parts, suffix);
  return [...parts, suffix].join("_") === name ? "" : `map: ${quote(name)}`;
};

const unique = (model: AutoBeDatabase.IModel, fieldNames: string[]): string => {
  const map = mapOf(model, fieldNames, "key");
  return map === "" ? "@unique" : `@unique(${map})`;
};

const mapped = (field: { name: string; column?: string }): string =>
  columnOf(field) === field.name ? "" : `@map(${quote(columnOf(field))})`;

/** Enums of the model's columns, but those that an earlier column has brought along. */
const enumLines = (database: AutoBeDatabase.IApplication, model: AutoBeDatabase.IModel, printed: Set<string>): Line[] =>
  model.plainFields.filter(isOfEnum).flatMap((field) => {
    const name = field.enumeration?.name ?? enumName(model.name, field.name);
    if (printed.has(name)) return [];
    printed.add(name);
    const type = enumType(database, model, field);
    const mapped = new Map(field.enumeration?.mapped.map((one) => [one.value, one.name]));
    return [
      "",
      `enum ${name} {`,
      ...(field.values ?? []).map((value) =>
        join(`  ${value}`, mapped.has(value) ? `@map(${quote(mapped.get(value)!)})` : ""),
      ),
      ...(type === name ? [] : ["", `  @@map(${quote(type)})`]),
      "}",
    ].map((line) => ({ line, member: field.name }));
  });

const join = (...parts: string[]): string => parts.filter((part) => part !== "").join(" ");
const quote = (text: string): string => JSON.stringify(text);
