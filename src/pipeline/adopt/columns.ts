/** A scalar of an adopted schema → its column: type, bounds, native type, default, and who writes it. */
import type { PrismaEnum, PrismaField } from "../../base/prisma-schema.js";
import type { AutoBeDatabase } from "../../phases/2-database/ast.js";
import { isLiteral } from "../../phases/2-database/check/columns.js";

/** What is known of a column besides its name and meaning. */
export type Column = Pick<
  AutoBeDatabase.IPlainField,
  | "type"
  | "items"
  | "default"
  | "generated"
  | "values"
  | "enumeration"
  | "digits"
  | "minimum"
  | "maximum"
  | "writer"
  | "source"
> & {
  native: string;
};

export interface Reading {
  provider: string;
  enums: readonly PrismaEnum[];
  /** Whether the column is one of a unique: then it is short. */
  isUnique: boolean;
  /** Takes down what is changed, without the name of the field. */
  change(what: string): void;
}

export const readColumn = (field: PrismaField, reading: Reading): Column => {
  const item =
    field.kind === "enum" ? enumShape(field, reading) : SHAPES[field.type as keyof typeof SHAPES](field, reading);
  const shape = field.isList ? listShape(item) : item;
  return { ...NOTHING, ...shape, ...fillingOf(field, { ...NOTHING, ...shape }, reading) };
};

const NOTHING: Column = {
  type: "string",
  native: "",
  default: null,
  values: null,
  minimum: null,
  maximum: null,
  writer: "update",
  source: null,
};

type Shape = Partial<Column> & { type: AutoBeDatabase.ColumnType };

/** Texts in a list are short, as people use them. */
const listShape = ({ type, ...item }: Shape): Shape => ({
  ...item,
  type: "list",
  items: type === "text" ? "string" : (type as AutoBeDatabase.Item),
});

const enumShape = (field: PrismaField, { enums }: Reading): Shape => {
  const { name, dbName, values } = enums.find((one) => one.name === field.type)!;
  return {
    type: "enum",
    values: values.map((value) => value.name),
    enumeration: {
      name,
      type: dbName ?? name,
      mapped: values.flatMap((value) => (value.dbName === null ? [] : [{ value: value.name, name: value.dbName }])),
    },
  };
};

/** Of a text without a length: that of all columns, and that of those which an index must hold. */
const LONGEST_TEXT = 4_000;
const LONGEST_INDEXED = 500;
/** MySQL's own length of a String. */
const LONGEST_MYSQL = 191;

const SHAPES = {
  String: (field: PrismaField, { provider, isUnique, change }: Reading): Shape => {
    const [name, args] = field.nativeType ?? ["", []];
    const most = isUnique ? LONGEST_INDEXED : LONGEST_TEXT;
    const length = Number(args[0] ?? Number.NaN);
    if (name === "Uuid") return { type: "uuid", native: "@db.Uuid" };
    if (/^N?Char$/.test(name) && length > 1 && length <= LONGEST_TEXT) {
      change(`takes exactly ${length} characters: PostgreSQL pads shorter ones with blanks`);
      return { type: "string", minimum: length, maximum: length, native: `@db.Char(${length})` };
    }
    if (/^N?(Var)?Char$/.test(name) && length <= LONGEST_TEXT)
      return {
        type: "string",
        minimum: 0,
        maximum: length,
        native: `@db.${/Var/.test(name) ? "VarChar" : "Char"}(${length})`,
      };
    if (length > LONGEST_TEXT && !isUnique) return { type: "text", maximum: length, native: `@db.VarChar(${length})` };
    if (/Text$/.test(name) && !isUnique && name !== "Citext") return { type: "text", native: "@db.Text" };
    if (["Citext", "Inet", "Xml", "Bit", "VarBit"].includes(name)) change(`is Text instead of ${name}`);
    return { type: "string", minimum: 0, maximum: name === "" && provider === "mysql" ? LONGEST_MYSQL : most };
  },
  Boolean: (): Shape => ({ type: "boolean" }),
  Int: ({ nativeType }: PrismaField): Shape => {
    const [minimum, maximum] = WHOLE[nativeType?.[0] ?? ""] ?? [null, null];
    return { type: "int", minimum, maximum, native: nativeType?.[0] === "SmallInt" ? "@db.SmallInt" : "" };
  },
  BigInt: ({ nativeType }: PrismaField): Shape => ({
    type: "bigint",
    minimum: nativeType?.[0] === "UnsignedBigInt" ? 0 : null,
  }),
  Float: ({ nativeType }: PrismaField): Shape => ({
    type: "double",
    native: nativeType?.[0] === "Real" ? "@db.Real" : "",
  }),
  Decimal: ({ nativeType }: PrismaField, { change }: Reading): Shape => {
    const [name, args] = nativeType ?? ["", []];
    if (name === "Money") change("is Decimal(19, 2) instead of Money, which depends on the database's locale");
    const [all, fraction] =
      name === "Money" ? [19, 2] : args.length === 0 ? [65, 30] : [Number(args[0]), Number(args[1] ?? 0)];
    return { type: "decimal", digits: { all: all!, fraction: fraction! }, native: `@db.Decimal(${all}, ${fraction})` };
  },
  DateTime: ({ nativeType }: PrismaField, { provider, change }: Reading): Shape => {
    const [name, args] = nativeType ?? ["", []];
    if (name === "Date") return { type: "date", native: "@db.Date" };
    if (/^Time(tz)?$/.test(name)) {
      if (name === "Timetz") change("is Time instead of Timetz: a time of day without an offset");
      if (args[0] === undefined || Number(args[0]) > 0) change("is kept to the second");
      return { type: "time", native: "@db.Time(0)" };
    }
    const precision = args[0] === undefined ? 6 : Number(args[0]);
    if (!name.startsWith("Timestamp") || !provider.startsWith("postgres")) return { type: "datetime", native: "" };
    if (precision < 3) change("is kept to the millisecond");
    return { type: "datetime", native: `@db.${name}(${Math.max(3, precision)})` };
  },
  Bytes: (_field: PrismaField, { change }: Reading): Shape => {
    change("takes up to 49,152 bytes, as base64");
    return { type: "bytes" };
  },
  Json: ({ nativeType }: PrismaField, { provider, change }: Reading): Shape => {
    change("takes a flat object of plain values; what is nested is refused");
    return { type: "json", native: nativeType?.[0] === "Json" && provider.startsWith("postgres") ? "@db.Json" : "" };
  },
};

/** Bounds of whole numbers that are smaller than Int. */
const WHOLE: Record<string, [number, number]> = {
  SmallInt: [-32_768, 32_767],
  TinyInt: [-128, 127],
  MediumInt: [-8_388_608, 8_388_607],
  UnsignedTinyInt: [0, 255],
  UnsignedSmallInt: [0, 65_535],
  UnsignedMediumInt: [0, 16_777_215],
  UnsignedInt: [0, 2_147_483_647],
  Year: [1901, 2155],
  Oid: [0, 2_147_483_647],
};

/** Moments of these names are the server's, whatever their default says. */
const MOMENTS = ["createdAt", "updatedAt"];

/** Who fills the column, and with what where nobody says. */
const fillingOf = (field: PrismaField, column: Column, reading: Reading): Partial<Column> => {
  const given = field.default;
  const now = (of: string | null): Partial<Column> => ({ writer: "server", source: { kind: "now", of } });
  if (field.isUpdatedAt) return now("update");
  if (column.type === "datetime" && MOMENTS.includes(field.name) && typeof given !== "object") return now(null);
  if (given === undefined) return {};
  if (Array.isArray(given)) return { default: JSON.stringify(given) };
  if (typeof given === "object") {
    const made = generatedBy(given);
    if (made === "now()") return { ...now(null), default: "now" };
    if (made !== null) return { writer: "server", source: { kind: "constant", of: null }, generated: made };
    reading.change(`has no default any more: ${JSON.stringify(given.args[0] ?? "")} is the old database's`);
    return {};
  }
  const literal = literalOf(column, given);
  const sized = { ...PLAIN, ...column, default: literal };
  const isInside = !["int", "double", "decimal"].includes(column.type) || isBetween(Number(literal), column);
  if (isLiteral(sized, literal) && isInside) return { default: literal };
  reading.change(`has no default any more: ${JSON.stringify(given)} is none that can be carried`);
  return {};
};

const PLAIN = { name: "", description: "", nullable: false, secret: false, requirements: [] };

const isBetween = (value: number, { minimum, maximum }: Column): boolean =>
  !(value < (minimum ?? value) || value > (maximum ?? value));

/** The call that makes a value, as a schema says it; null where only the old database can make it. */
export const generatedBy = ({ name, args }: { name: string; args: (string | number)[] }): string | null => {
  const said = String(args[0] ?? "").trim();
  if (name !== "dbgenerated") return `${name}(${args.map((one) => JSON.stringify(one)).join(", ")})`;
  if (/^(now\(\)|current_(timestamp|date|time)|localtime(stamp)?)/i.test(said)) return "now()";
  if (/^gen_random_uuid\(\)$/i.test(said)) return 'dbgenerated("gen_random_uuid()")';
  return /uuid/i.test(said) ? "uuid()" : null; // made by an extension that may not be there
};

const literalOf = ({ type }: Column, given: string | number | boolean): string => {
  if (type === "date") return String(given).slice(0, 10);
  if (type === "time") return new Date(String(given)).toISOString().slice(11, 19);
  if (type === "datetime") return new Date(String(given)).toISOString();
  return String(given);
};
