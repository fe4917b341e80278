/** Do foreign keys, parents and compositions hold together? */
import { type Findings, nearest } from "../../../base/diagnostic.js";
import { type AutoBeDatabase, modelNamed, modelsOf } from "../ast.js";
import type { At } from "./at.js";

export const checkRelation = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  field: AutoBeDatabase.IForeignField,
  path: string,
  findings: Findings,
): void => {
  const { targetModel } = field.relation;
  if (modelNamed(database, targetModel) === undefined) {
    const names = modelsOf(database).map((one) => one.name);
    findings.add(
      "DATABASE.UNKNOWN_TABLE",
      `${path}.target`,
      `There is no table "${targetModel}"; nearest: ${nearest(targetModel, names)}.`,
    );
  }
  if (field.onDelete === "clear" && !field.nullable)
    findings.add(
      "DATABASE.CLEAR_NEEDS_NULL",
      `${path}.onErase`,
      `"${field.relation.name}" is required, so it cannot be cleared: say restrict or cascade, or make it nullable.`,
    );
  const isIndexed =
    field.unique || [...model.plainIndexes, ...model.uniqueIndexes].some((index) => index.fieldNames[0] === field.name);
  if (!isIndexed) findings.add("DATABASE.KEY_WITHOUT_INDEX", path, `"${field.name}" has no index that begins with it.`);
};

export const checkParents = (database: AutoBeDatabase.IApplication, at: At, findings: Findings): void => {
  for (const model of modelsOf(database)) {
    const { parent } = model;
    if (parent === null) {
      if (model.stance === "subsidiary")
        findings.add(
          "DATABASE.BAD_STANCE",
          at(model.name, null),
          `${model.name} has no parent to be reached through: say primary, or give it a required relation that cascades.`,
        );
      continue;
    }
    const field = model.foreignFields.find((one) => one.relation.name === parent.relation);
    if (field === undefined || field.relation.targetModel !== parent.model || field.nullable)
      findings.add(
        "DATABASE.BAD_PARENT",
        at(model.name, parent.relation),
        `${model.name} is reached through "${parent.relation}", which must be a required relation to ${parent.model}.`,
      );
    else if (parent.kind === "composed") {
      const wrong = wrongComposition(database, model, field);
      if (wrong !== null)
        findings.add(
          "DATABASE.BAD_COMPOSITION",
          at(model.name, null),
          `${model.name} cannot live inside ${parent.model}: ${wrong}.`,
        );
    }
  }
};

const wrongComposition = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  field: AutoBeDatabase.IForeignField,
): string | null => {
  const referrer = modelsOf(database).find((one) =>
    [
      ...one.foreignFields.map(({ relation }) => relation.targetModel),
      ...one.links.map((link) => link.targetModel),
    ].includes(model.name),
  );
  if (referrer !== undefined) return `${referrer.name} refers to it`;
  if (model.links.length !== 0) return "it has links of its own";
  if (field.onDelete !== "cascade") return "it must be erased with its parent (cascade)";
  return modelNamed(database, model.parent!.model)?.parent?.kind === "composed"
    ? "its parent lives inside another"
    : null;
};

/** Rows of a cycle of required keys could never be inserted. */
export const checkCycles = (database: AutoBeDatabase.IApplication, at: At, findings: Findings): void => {
  const models = modelsOf(database);
  const required = (name: string) =>
    (models.find((model) => model.name === name)?.foreignFields ?? []).filter((field) => !field.nullable);
  const done = new Set<string>();
  const walk = (name: string, chain: readonly string[]): void => {
    for (const { relation } of required(name)) {
      const start = chain.indexOf(relation.targetModel);
      if (start < 0) {
        if (!done.has(relation.targetModel)) walk(relation.targetModel, [...chain, relation.targetModel]);
        continue;
      }
      const cycle = chain.slice(start);
      findings.add(
        "DATABASE.REQUIRED_CYCLE",
        at(name, relation.name),
        `Each row would need another first: ${[...cycle, relation.targetModel].join(" → ")}. Make one of these relations nullable.`,
      );
    }
    done.add(name);
  };
  for (const model of models) if (!done.has(model.name)) walk(model.name, [model.name]);
};
