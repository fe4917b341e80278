/** Is a table one whose erased rows may stay behind: somebody erases them, and something else keeps a record of them? */
import type { Findings } from "../../../base/diagnostic.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, modelNamed, modelsOf } from "../ast.js";

/** Of any database. */
export const checkDeletion = (model: AutoBeDatabase.IModel, path: string, findings: Findings): void => {
  if (!model.softDelete) return;
  if (model.stance === "actor" || model.stance === "session")
    findings.add(
      "DATABASE.SOFT_DELETE_ACCOUNT",
      path,
      `${model.name} holds accounts or their sessions, which are closed and not kept: leave softDelete out.`,
    );
  if (model.parent?.kind === "composed")
    findings.add(
      "DATABASE.SOFT_DELETE_COMPOSED",
      path,
      `${model.name} lives inside ${model.parent.model} and goes with it: say softDelete of ${model.parent.model}, or leave it out.`,
    );
};

/** Of an answer: what nobody erases, and what nothing refers to, needs no mark. */
export const checkKept = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  name: string,
  path: string,
  findings: Findings,
): void => {
  const model = modelNamed(database, name);
  if (!model?.softDelete || model.parent?.kind === "composed") return;
  if (!isErased(analyze, database, model))
    findings.add(
      "DATABASE.SOFT_DELETE_UNERASED",
      path,
      `Nobody may erase ${name}, so its rows stay anyway: leave softDelete out.`,
    );
  if (!isReferred(database, model))
    findings.add(
      "DATABASE.SOFT_DELETE_UNREFERENCED",
      path,
      `No other table refers to ${name}, so nothing keeps a record of its rows: leave softDelete out.`,
    );
};

/** By a permission, by whoever may change the parent where it has none of its own, or by an operation of its own. */
const isErased = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  { name, parent }: AutoBeDatabase.IModel,
  action: AutoBeAnalyze.Action = "erase",
): boolean => {
  const own = analyze.modules.flatMap((module) => module.permissions).filter((one) => one.entity === name);
  if (own.some((one) => one.actions.includes(action))) return true;
  if (analyze.modules.some((module) => module.operations.some((one) => one.entity === name))) return true;
  const above = parent === null || own.length !== 0 ? undefined : modelNamed(database, parent.model);
  return above !== undefined && isErased(analyze, database, above, "update");
};

/** By rows that are no part of it and not of its own kind. */
const isReferred = (database: AutoBeDatabase.IApplication, { name, links }: AutoBeDatabase.IModel): boolean =>
  modelsOf(database).some(
    (other) =>
      other.name !== name &&
      (links.some((link) => link.targetModel === other.name) ||
        other.links.some((link) => link.targetModel === name) ||
        other.foreignFields.some(
          ({ relation }) =>
            relation.targetModel === name && !(other.parent?.model === name && other.parent.relation === relation.name),
        )),
  );
