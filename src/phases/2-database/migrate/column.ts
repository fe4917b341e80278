/** Columns as PostgreSQL sees them, be they plain or foreign keys. */
import { type AutoBeDatabase, columnOf, isOfEnum, itemOf } from "../ast.js";
import { decimal, enumType, quote } from "../sql.js";

export interface Column {
  /** Name in the database. */
  name: string;
  /** Null for a foreign key. */
  plain: AutoBeDatabase.IPlainField | null;
  foreign: AutoBeDatabase.IForeignField | null;
  nullable: boolean;
  default: string | null;
  values: string[] | null;
  /** Type in the database; an enum's is quoted. */
  type: string;
  kind: AutoBeDatabase.ColumnType;
}

export const columnsOf = (database: AutoBeDatabase.IApplication, model: AutoBeDatabase.IModel): Map<string, Column> =>
  new Map(
    [
      ...model.foreignFields.map(
        (field): Column => ({
          name: columnOf(field),
          plain: null,
          foreign: field,
          nullable: field.nullable,
          default: null,
          values: null,
          type: "UUID",
          kind: "uuid",
        }),
      ),
      ...model.plainFields.map(
        (field): Column => ({
          name: columnOf(field),
          plain: field,
          foreign: null,
          nullable: field.nullable,
          default: field.default,
          values: isOfEnum(field) ? field.values : null,
          type: typeOf(database, model, field),
          kind: field.type,
        }),
      ),
    ].map((column) => [column.name, column]),
  );

const typeOf = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  field: AutoBeDatabase.IPlainField,
): string =>
  field.type === "list"
    ? `${typeOf(database, model, itemOf(field))}[]`
    : field.type === "enum"
      ? quote(enumType(database, model, field))
      : field.type === "string"
        ? `VARCHAR(${field.maximum ?? 255})`
        : TYPES[field.type];

const TYPES: Record<Exclude<AutoBeDatabase.ColumnType, "enum" | "string" | "list">, string> = {
  boolean: "BOOLEAN",
  int: "INTEGER",
  bigint: "BIGINT",
  double: "DOUBLE PRECISION",
  decimal: "DECIMAL(18,4)",
  text: "TEXT",
  uri: "VARCHAR(2048)",
  uuid: "UUID",
  date: "DATE",
  datetime: "TIMESTAMPTZ(3)",
  time: "TIME(0)",
  bytes: "BYTEA",
  json: "JSONB",
};

/** What rows that were there before a required column hold in it: nothing that means something, and within its bounds. */
export const neutral = ({ type, values, minimum, maximum }: AutoBeDatabase.IPlainField): string => {
  switch (type) {
    case "boolean":
      return "false";
    case "int":
    case "bigint":
    case "double":
    case "decimal":
      return decimal(Math.min(Math.max(0, minimum ?? 0), maximum ?? Number.MAX_VALUE));
    case "string":
    case "text":
      return "-".repeat(minimum ?? 0);
    case "uri":
      return "about:blank";
    case "uuid":
      return "00000000-0000-0000-0000-000000000000";
    case "date":
    case "datetime":
      return "now";
    case "time":
      return "00:00:00";
    case "enum":
      return values![0]!;
    case "bytes":
      return "";
    case "json":
    case "list":
      return "{}";
  }
};
