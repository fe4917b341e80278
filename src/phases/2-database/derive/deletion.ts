/** Tables whose rows are marked when they are erased, for others keep a record of them. */
import type { AutoBeDatabase } from "../ast.js";
import { BARE_COLUMN } from "./columns.js";

/** Puts the mark there or takes it away; keys that only living rows must not share become uniques. */
export const setSoftDelete = (model: AutoBeDatabase.IModel, isSoft: boolean, mark = markOf()): void => {
  model.softDelete = isSoft;
  const place = model.plainFields.findIndex((field) => field.source?.kind === "erase");
  if (!isSoft) {
    if (place >= 0) model.plainFields.splice(place, 1);
    return;
  }
  if (place < 0) model.plainFields.push(mark);
  // Of one row at most that is left there may be many that were erased, so Prisma must know the way back as a list.
  for (const field of model.foreignFields.filter((one) => one.unique)) {
    field.unique = false;
    if (model.uniqueIndexes.every((index) => index.fieldNames.join() !== field.name))
      model.uniqueIndexes.push({ fieldNames: [field.name], rule: null });
    model.plainIndexes.push({ fieldNames: [field.name] });
  }
};

const markOf = (): AutoBeDatabase.IPlainField => ({
  ...BARE_COLUMN,
  ...MARK,
  name: "deletedAt",
  type: "datetime",
  description: "When the row was erased.",
});

/** What a column is that tells that its row was erased. */
export const MARK = {
  nullable: true,
  writer: "server",
  source: { kind: "erase", of: null },
  secret: true,
} as const satisfies Partial<AutoBeDatabase.IPlainField>;
