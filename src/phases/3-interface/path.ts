/** Paths of relations through the tables, as needs and effects name them. */
import { type AutoBeDatabase, leadingTo, modelNamed } from "../2-database/ast.js";

/** Where a path ends: at the model behind a relation, or at a column. */
export type Reached = { target: string; column: null } | { target: null; column: AutoBeDatabase.IPlainField };

export const reach = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  path: readonly string[],
): Reached | null => {
  const [head, ...rest] = path;
  if (head === undefined) return { target: model.name, column: null };
  if (head === "id" && rest.length === 0) return { target: model.name, column: null };
  const next = behind(database, model, head);
  if (next !== null) return reach(database, next, rest);
  const column = model.plainFields.find((field) => field.name === head && !field.secret);
  return column === undefined || rest.length !== 0 ? null : { target: null, column };
};

/** The model that a relation of the row, or one that leads back to it, leads to. */
export const behind = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  name: string,
): AutoBeDatabase.IModel | null => {
  const pointer = model.foreignFields.find((field) => field.relation.name === name);
  if (pointer !== undefined) return modelNamed(database, pointer.relation.targetModel) ?? null;
  return leadingTo(database, model, name)?.model ?? null;
};

/** Whether a text is a value of the column. */
export const isLiteralOf = ({ type, values }: AutoBeDatabase.IPlainField, text: string): boolean => {
  switch (type) {
    case "enum":
      return values?.includes(text) ?? false;
    case "boolean":
      return text === "true" || text === "false";
    case "int":
    case "bigint":
      return /^-?\d{1,15}$/.test(text);
    case "double":
    case "decimal":
      return /^-?\d{1,14}(\.\d{1,4})?$/.test(text);
    case "date":
    case "datetime":
      return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text));
    case "time":
    case "bytes":
    case "uuid":
    case "json":
    case "list":
      return false;
    default:
      return true;
  }
};
