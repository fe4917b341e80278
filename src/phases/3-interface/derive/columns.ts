/** One column as a schema of the wire. */
import { type AutoBeDatabase, itemOf } from "../../2-database/ast.js";
import { type KeyColumn, lengthOfKey } from "../../2-database/notation.js";
import type { AutoBeOpenApi } from "../ast.js";

/** On the wire decimals and bigints are strings, dates `YYYY-MM-DD`, times of day `HH:MM:SS`, moments ISO 8601, bytes base64. */
export const columnSchema = (
  field: AutoBeDatabase.IPlainField,
): Exclude<AutoBeOpenApi.IJsonSchema, AutoBeOpenApi.IJsonSchema.IObject> => {
  const bounds = {
    ...(field.minimum === null ? {} : { minimum: field.minimum }),
    ...(field.maximum === null ? {} : { maximum: field.maximum }),
  };
  switch (field.type) {
    case "boolean":
      return { type: "boolean" };
    case "int":
      return { type: "integer", minimum: field.minimum ?? -2147483648, maximum: field.maximum ?? 2147483647 };
    case "double":
      return { type: "number", ...bounds };
    case "bigint":
      return {
        type: "string",
        pattern: field.minimum !== null && field.minimum >= 0 ? "^[0-9]{1,18}$" : "^-?[0-9]{1,18}$",
      };
    case "decimal":
      return { type: "string", pattern: decimalPattern(field) };
    case "string":
      return { type: "string", minLength: field.minimum ?? (field.nullable ? 0 : 1), maxLength: field.maximum ?? 255 };
    case "text":
      return { type: "string", minLength: field.minimum ?? 0, maxLength: field.maximum ?? 20000 };
    case "uri":
      return { type: "string", format: "uri", maxLength: 2048 };
    case "uuid":
      return { type: "string", format: "uuid" };
    case "date":
      return { type: "string", format: "date" };
    case "datetime":
      return { type: "string", format: "date-time" };
    case "time":
      return { type: "string", pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$" };
    case "bytes":
      return { type: "string", pattern: BASE64, maxLength: LONGEST_BYTES };
    case "json":
      return { $ref: "#/components/schemas/IJsonMap" };
    case "enum":
      return enumSchema(field.values ?? []);
    case "list":
      return { type: "array", items: columnSchema(itemOf(field)), maxItems: MOST_ITEMS };
  }
};

const BASE64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)?$";
/** Characters of base64, three quarters as many bytes. */
const LONGEST_BYTES = 65536;

/** A list is written and read as a whole. */
const MOST_ITEMS = 100;

export const enumSchema = (
  values: readonly string[],
): AutoBeOpenApi.IJsonSchema.IConstant | AutoBeOpenApi.IJsonSchema.IOneOf =>
  values.length === 1 ? { const: values[0]! } : { oneOf: values.map((value) => ({ const: value })) };

/** The schema or null. */
export const nullable = (
  schema: Exclude<AutoBeOpenApi.IJsonSchema, AutoBeOpenApi.IJsonSchema.IObject>,
): Exclude<AutoBeOpenApi.IJsonSchema, AutoBeOpenApi.IJsonSchema.IObject> =>
  "oneOf" in schema ? { ...schema, oneOf: [...schema.oneOf, { type: "null" }] } : { oneOf: [schema, { type: "null" }] };

export const reference = (name: string): AutoBeOpenApi.IJsonSchema.IReference => ({
  $ref: `#/components/schemas/${name}`,
});

/** A key on the wire: a bigint is a string of digits there too. A narrow column takes no more than it holds. */
export const keySchema = ({
  type,
  native = "",
}: KeyColumn): AutoBeOpenApi.IJsonSchema.IString | AutoBeOpenApi.IJsonSchema.IInteger => {
  switch (type) {
    case "uuid":
      return { type: "string", format: "uuid" };
    case "int":
      return { type: "integer", minimum: 0, maximum: native === "@db.SmallInt" ? 32767 : 2147483647 };
    case "bigint":
      return { type: "string", pattern: "^[0-9]{1,18}$" };
    case "string":
      return { type: "string", minLength: isPadded(native) ? lengthOfKey(native) : 1, maxLength: lengthOfKey(native) };
  }
};

/** PostgreSQL fills what is shorter up with blanks. */
const isPadded = (native: string): boolean => native.startsWith("@db.Char(");

const decimalPattern = ({ minimum, digits }: AutoBeDatabase.IPlainField): string => {
  const { all, fraction } = digits ?? { all: 18, fraction: 4 };
  const sign = minimum !== null && minimum >= 0 ? "" : "-?";
  return `^${sign}[0-9]{1,${Math.max(1, all - fraction)}}${fraction === 0 ? "" : `(\\.[0-9]{1,${fraction}})?`}$`;
};
