/** Rows that are there, where erased ones are only marked: neither they nor what they are part of was erased. */
import { type AutoBeDatabase, deletionOf, modelNamed } from "../../2-database/ast.js";

/** Conditions that all hold, `{ deletedAt: null }` and `{ book: { deletedAt: null } }`; none where every row of the table is there. */
export const livingOf = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  below: readonly string[] = [],
  /** Relation to a row that was found to be there already. */
  known: string | null = null,
): string[] => {
  const mark = deletionOf(model);
  const within = [...below, model.name];
  const wholes = model.foreignFields
    .filter((field) => isPartBy(model, field) && !within.includes(field.relation.targetModel))
    .filter((field) => field.relation.name !== known)
    .flatMap(({ name, nullable, relation }) => {
      const whole = livingOf(database, modelNamed(database, relation.targetModel)!, within);
      if (whole.length === 0) return [];
      const inside = `{ ${relation.name}: ${all(whole)} }`;
      return [nullable ? `{ OR: [{ ${name}: null }, ${inside}] }` : inside];
    });
  return [...(mark === undefined ? [] : [`{ ${mark.name}: null }`]), ...wholes];
};

/** Rows of which all of the conditions hold. */
export const all = (conditions: readonly string[]): string =>
  conditions.length === 1 ? conditions[0]! : `{ AND: [${conditions.join(", ")}] }`;

/** Whether a row goes with what it refers to: its parent, or what it cascades from. */
const isPartBy = (
  { stance, parent }: AutoBeDatabase.IModel,
  { relation, onDelete }: AutoBeDatabase.IForeignField,
): boolean => stance !== "session" && (relation.name === parent?.relation || onDelete === "cascade");
