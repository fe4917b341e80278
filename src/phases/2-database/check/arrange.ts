/** Judges an arrangement: names that exist, changes that may be made, then the AST that comes of it. */
import { type Diagnostic, Findings, nearest } from "../../../base/diagnostic.js";
import { isReserved } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, type IArrange, type IArrangeRelation, type IArrangeTable, modelNamed } from "../ast.js";
import { applyArrange, membersOf } from "../merge.js";
import type { Obligation } from "../obligations.js";
import { checkDatabase } from "./database.js";
import { checkKept } from "./deletion.js";
import { atAnswer, checkServed, together } from "./models.js";

export interface ArrangeContext {
  analyze: AutoBeAnalyze.IApplication;
  draft: AutoBeDatabase.IApplication;
  namespace: string;
  obligations: readonly Obligation[];
}

export const checkArrange = (context: ArrangeContext, answer: IArrange): Diagnostic[] => {
  const findings = new Findings();
  answer.tables.forEach((table, index) => {
    checkTable(context, table, `$input.tables[${index}]`, findings);
  });
  answer.relations.forEach((relation, index) => {
    checkChange(context, answer, relation, `$input.relations[${index}]`, findings);
  });
  // what is arranged may serve an obligation silently; columns are asked for next, so only wrong ids are told
  checkServed(context.obligations, [], answer.unserved, findings, false);
  const { database, origins } = applyArrange(context.draft, context.namespace, answer);
  answer.tables.forEach(({ name, softDelete }, index) => {
    if (softDelete) checkKept(context.analyze, database, name, `$input.tables[${index}].softDelete`, findings);
  });
  return together(findings.list, checkDatabase(database, atAnswer(origins)));
};

const checkTable = (
  { analyze, draft, namespace }: ArrangeContext,
  { name, stance, composed }: IArrangeTable,
  path: string,
  findings: Findings,
): void => {
  const model = modelNamed(draft, name);
  if (model === undefined) {
    if (draft.files.every((file) => file.namespace !== namespace))
      findings.add("DATABASE.UNKNOWN_TABLE", `${path}.name`, "This module has no tables to add to.");
    return;
  }
  const home = draft.files.find((file) => file.models.includes(model))!.namespace;
  if (home !== namespace || model.stance === "actor" || model.stance === "session") {
    findings.add(
      "DATABASE.FOREIGN_TABLE",
      `${path}.name`,
      `"${name}" is not this module's to change; relations may point to it.`,
    );
    return;
  }
  const facts = factsOf(analyze, name);
  if (stance === "snapshot" && facts.isChanged)
    findings.add(
      "DATABASE.BAD_STANCE",
      `${path}.stance`,
      `Somebody may update ${name}, or it has a lifecycle, so its rows change: keep ${model.stance}.`,
    );
  if (composed && model.parent === null)
    findings.add("DATABASE.BAD_COMPOSITION", `${path}.composed`, `${name} has no parent to live in.`);
  if (composed && facts.isReached)
    findings.add(
      "DATABASE.BAD_COMPOSITION",
      `${path}.composed`,
      `${name} has permissions, a lifecycle or operations of its own, so it cannot live inside its parent.`,
    );
};

const factsOf = (analyze: AutoBeAnalyze.IApplication, entity: string): { isChanged: boolean; isReached: boolean } => {
  const permissions = analyze.modules.flatMap((module) => module.permissions).filter((one) => one.entity === entity);
  const isAlive = analyze.modules.some((module) => module.lifecycles.some((one) => one.entity === entity));
  const isOperated = analyze.modules.some((module) => module.operations.some((one) => one.entity === entity));
  return {
    isChanged: isAlive || permissions.some((one) => one.actions.includes("update")),
    isReached: isAlive || isOperated || permissions.length !== 0,
  };
};

const checkChange = (
  { draft, namespace }: ArrangeContext,
  answer: IArrange,
  said: IArrangeRelation,
  path: string,
  findings: Findings,
): void => {
  const own = draft.files.filter((file) => file.namespace === namespace).flatMap((file) => file.models);
  const names = [...own, ...answer.tables].map((one) => one.name as string);
  const model = modelNamed(draft, said.table);
  const field = model?.foreignFields.find((one) => one.relation.name === said.name);
  if (!names.includes(said.table))
    findings.add(
      "DATABASE.UNKNOWN_TABLE",
      `${path}.table`,
      `"${said.table}" is no table of this module; nearest: ${nearest(said.table, names)}.`,
    );
  else if (field !== undefined) {
    if (field.relation.targetModel !== said.target)
      findings.add(
        "DATABASE.RELATION_TARGET",
        `${path}.target`,
        `"${said.name}" points to ${field.relation.targetModel}; give a new relation another name.`,
      );
    if (field.unique && !said.unique)
      findings.add(
        "DATABASE.RULE_LOST",
        `${path}.unique`,
        `A rule says there is one ${said.table} per ${said.name}: keep unique.`,
      );
  } else {
    if (isReserved(said.name))
      findings.add("DATABASE.RESERVED_NAME", `${path}.name`, `"${said.name}" is a reserved word; choose another name.`);
    if (model !== undefined && membersOf(draft, said.table).includes(said.name))
      findings.add("DATABASE.DUPLICATE_NAME", `${path}.name`, `${said.table} has "${said.name}" already.`);
    if (model !== undefined && !said.nullable)
      findings.add(
        "DATABASE.NEW_RELATION_REQUIRED",
        `${path}.nullable`,
        `No client writes the new relation "${said.name}", so rows are made without it: make it nullable.`,
      );
  }
};
