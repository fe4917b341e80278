/** Tables whose rows are marked when they are erased, for others keep a record of them. */
import type { AutoBeDatabase } from "../ast.js";
import { BARE_COLUMN } from "./columns.js";

/** Puts the mark there or takes it away; keys that only one living row may have become uniques. */
export const setSoftDelete = (model: AutoBeDatabase.IModel, isSoft: boolean): void => {
  model.softDelete = isSoft;
  const place = model.plainFields.findIndex((field) => field.source?.kind === "erase");
  if (!isSoft) {
    if (place >= 0) model.plainFields.splice(place, 1);
    return;
  }
  if (place < 0)
    model.plainFields.push({
      ...BARE_COLUMN,
      ...mark(),
      name: "deletedAt",
      type: "datetime",
      description: "When the row was erased.",
    });
  // Beside the one row that is there may be many that were erased, so the way back leads to several.
  for (const field of model.foreignFields.filter((one) => one.unique)) {
    field.unique = false;
    if (model.uniqueIndexes.every((index) => index.fieldNames.join() !== field.name))
      model.uniqueIndexes.push({ fieldNames: [field.name], rule: null });
    model.plainIndexes.push({ fieldNames: [field.name] });
  }
};

/** What is said of the column that tells when a row was erased, whatever it is called. */
export const mark = (): Pick<AutoBeDatabase.IPlainField, "nullable" | "writer" | "source" | "secret"> => ({
  nullable: true,
  writer: "server",
  source: { kind: "erase", of: null },
  secret: true,
});
