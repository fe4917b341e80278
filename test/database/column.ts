/** A plain column that anybody may write, and nothing is said about. */
import type { AutoBeDatabase } from "../../src/phases/2-database/ast.js";

export const column = (
  name: string,
  type: AutoBeDatabase.ColumnType,
  parts: Partial<AutoBeDatabase.IPlainField> = {},
): AutoBeDatabase.IPlainField => ({
  name,
  type,
  description: "Something.",
  nullable: false,
  default: null,
  values: null,
  minimum: null,
  maximum: null,
  writer: "update",
  source: null,
  secret: false,
  requirements: [],
  ...parts,
});
