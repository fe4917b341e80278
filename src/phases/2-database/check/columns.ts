/** Is a column sound: its values, bounds and default, and can a row be made without somebody writing it? */
import type { Findings } from "../../../base/diagnostic.js";
import { type AutoBeDatabase, isOfEnum, itemOf } from "../ast.js";

export const checkColumn = (
  model: AutoBeDatabase.IModel,
  field: AutoBeDatabase.IPlainField,
  path: string,
  findings: Findings,
): void => {
  const { type, values, minimum, maximum } = field;
  if (isOfEnum(field) && (values === null || values.length === 0 || new Set(values).size !== values.length))
    findings.add("DATABASE.VALUES_MISSING", `${path}.values`, "An enum needs its values, each once.");
  if (minimum !== null && maximum !== null && minimum > maximum)
    findings.add("DATABASE.BAD_RANGE", `${path}.minimum`, `The minimum ${minimum} is above the maximum ${maximum}.`);
  for (const [name, bound] of [
    ["minimum", minimum],
    ["maximum", maximum],
  ] as const)
    if (bound !== null && !holds(field.items ?? type, bound, name))
      findings.add("DATABASE.BAD_RANGE", `${path}.${name}`, `${type} has no ${name} of ${bound}.`);
  if (field.default !== null && !isLiteral(field, field.default))
    findings.add(
      "DATABASE.BAD_DEFAULT",
      `${path}.default`,
      `"${field.default}" is no literal of ${type}${values === null ? "" : ` (${values.join(", ")})`}; a moment may be now.`,
    );
  if (needsDefault(model, field))
    findings.add(
      "DATABASE.DEFAULT_MISSING",
      `${path}.default`,
      `No client writes "${field.name}" and it is required: give a default, or make it nullable.`,
    );
};

const LIMITS: Partial<Record<AutoBeDatabase.ColumnType, number>> = {
  int: 2_147_483_647,
  bigint: Number.MAX_SAFE_INTEGER,
  decimal: 99_999_999_999_999,
  double: Number.MAX_VALUE,
  string: 10_485_760,
  text: Number.MAX_SAFE_INTEGER,
  uri: 2_048,
};

const holds = (type: AutoBeDatabase.ColumnType, bound: number, name: "minimum" | "maximum"): boolean => {
  const limit = LIMITS[type];
  if (limit === undefined || Math.abs(bound) > limit) return false;
  const isText = type === "string" || type === "text" || type === "uri";
  if (isText && bound < (name === "maximum" ? 1 : 0)) return false;
  return type === "decimal" || type === "double" || Number.isInteger(bound);
};

/** Somebody must fill a required column: a client, a source, or a default. */
const needsDefault = (model: AutoBeDatabase.IModel, field: AutoBeDatabase.IPlainField): boolean => {
  const isCredential = model.stance === "session" || (model.stance === "actor" && CREDENTIALS.includes(field.name));
  const isFilled = field.source !== null && FILLING.includes(field.source.kind);
  const isGiven = field.default !== null || field.generated !== undefined;
  return field.writer === "server" && !field.nullable && !isGiven && !isCredential && !isFilled;
};

const CREDENTIALS = ["email", "passwordHash"];
const FILLING: readonly AutoBeDatabase.ISource["kind"][] = ["now", "copy", "state", "actor"];

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a text is a literal of the column's type, one that Prisma and PostgreSQL both take. */
export const isLiteral = (field: AutoBeDatabase.IPlainField, text: string): boolean => {
  const { type, values, maximum } = field;
  switch (type) {
    case "boolean":
      return text === "true" || text === "false";
    case "enum":
      return values?.includes(text) ?? false;
    case "int":
      return /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) <= 2_147_483_647;
    case "bigint":
      return /^-?\d{1,15}$/.test(text);
    case "decimal":
    case "double":
      return /^-?\d{1,14}(\.\d{1,4})?$/.test(text);
    case "date":
      return text === "now" || (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)));
    case "datetime":
      return text === "now" || (RFC3339.test(text) && !Number.isNaN(Date.parse(text)));
    case "time":
      return text === "now" || /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text);
    case "uuid":
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
    case "json":
      return isJsonObject(text);
    case "bytes":
      return false;
    case "list":
      return isListOf(field, text);
    default:
      return text.length <= (type === "string" ? (maximum ?? 255) : 2_048);
  }
};

const isJsonObject = (text: string): boolean => {
  const value = parsed(text);
  return typeof value === "object" && value !== null && !Array.isArray(value);
};

const isListOf = (field: AutoBeDatabase.IPlainField, text: string): boolean => {
  const value = parsed(text);
  return Array.isArray(value) && value.every((one) => isLiteral(itemOf(field), String(one)));
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a default is data, not a mishap
  }
};
