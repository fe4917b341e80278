/** Drafts of effects → a difference against the contract that nothing is wrong with. */
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import { type AutoBeDatabase, modelsOf } from "../../src/phases/2-database/ast.js";
import type { AutoBeOpenApi, IAmend, IAmendEffect, IAmendRefusal } from "../../src/phases/3-interface/ast.js";
import { refusedWhile } from "../../src/phases/3-interface/condition.js";
import { parseEffect } from "../../src/phases/3-interface/effect.js";
import type { Blueprint } from "./blueprint.js";

export type BehaviourDrafts = Pick<Blueprint, "effects" | "refusals" | "softDeletes">;

export const buildAmend = (
  drafts: BehaviourDrafts,
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
): IAmend => {
  const operations = document.operations.filter((one) => ["create", "update", "transition"].includes(one.kind));
  const effects: IAmendEffect[] = [];
  for (const draft of operations.length === 0 ? [] : drafts.effects) {
    const operation = operations[draft.operation % operations.length]!;
    const possible = possibleEffects(analyze, database, operation, draft.isConditional);
    const chosen = possible[draft.choice % possible.length];
    // Two effects on one column would have to be told apart by their tests.
    if (chosen !== undefined && !effects.some((one) => one.table === chosen.table && one.column === chosen.column))
      effects.push(chosen);
  }
  const refusals: IAmendRefusal[] = [];
  for (const draft of operations.length === 0 ? [] : drafts.refusals) {
    const operation = operations[draft.operation % operations.length]!;
    const possible = possibleRefusals(analyze, database, document, operation).filter(
      (one) => !effects.some(({ column }) => one.while?.split(/[. ]/).includes(column ?? "")),
    );
    const chosen = possible[draft.choice % possible.length];
    if (chosen !== undefined && !refusals.some((one) => one.operation === chosen.operation)) refusals.push(chosen);
  }
  return { plan: "Chance.", remove: [], operations: [], properties: [], refusals, effects, unserved: [] };
};

/** By a value that the row holds, by what it leaves empty, and by whom it points to. */
const possibleRefusals = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  operation: AutoBeOpenApi.IOperation,
): IAmendRefusal[] => {
  const row = modelsOf(database).find((one) => one.name === operation.model)!;
  const own = row.plainFields
    .filter((field) => isFree(analyze, row, field) && (field.type === "boolean" || (field.values?.length ?? 0) > 1))
    .map((field) => `${field.name} = ${field.values?.at(-1) ?? "true"}`);
  const empty = row.plainFields
    .filter(
      (field) => operation.kind === "create" && field.nullable && isFree(analyze, row, { ...field, nullable: false }),
    )
    .map((field) => `${field.name} != null`);
  const people = row.foreignFields
    .filter((field) => operation.kind === "create" && field.writer !== "server" && !field.nullable && !field.unique)
    // Who sees no account but their own has nobody else to point to.
    .filter((field) =>
      operation.access.every(({ actor }) =>
        document.readers[field.relation.targetModel]?.some((one) => one.actor === actor && one.filter === null),
      ),
    )
    .map((field) => `${field.relation.name} = me`);
  return [...own, ...empty, ...people]
    .filter((text) => typeof refusedWhile(database, operation, text) !== "string")
    .map((text) => ({
      operation: operation.name,
      when: `It holds that ${text}.`,
      avoid: "Let it not be so.",
      status: 422,
      code: "UNWANTED_BY_CHANCE",
      while: text,
      serves: [],
    }));
};

const possibleEffects = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  isConditional: boolean,
): IAmendEffect[] => {
  const row = modelsOf(database).find((one) => one.name === operation.model)!;
  const from = operation.transition?.from ?? [];
  const only = isConditional && from.length > 1 ? `${operation.transition!.attribute} = ${from[0]}` : null;
  const paths = row.foreignFields
    .filter((field) => !field.nullable && field.relation.targetModel !== row.name)
    .map((field) => ({ at: field.relation.name, table: field.relation.targetModel }));
  const common = { operation: operation.name, what: "Chance does it.", action: "update" as const, only, serves: [] };
  return paths
    .flatMap(({ at, table }) => {
      const target = modelsOf(database).find((one) => one.name === table)!;
      return target.plainFields
        .filter((field) => isFree(analyze, target, field))
        .flatMap((field) => valuesOf(row, field).map((value) => ({ ...common, table, at, column: field.name, value })));
    })
    .filter((one) => {
      const parsed = parseEffect(database, operation, one);
      return parsed !== null && "action" in parsed;
    });
};

/** Whether nothing else looks at the column: no filter, rule or copy. */
const isFree = (
  analyze: AutoBeAnalyze.IApplication,
  model: AutoBeDatabase.IModel,
  field: AutoBeDatabase.IPlainField,
): boolean => {
  const filters = [
    ...analyze.modules.flatMap((module) => module.permissions).flatMap((one) => one.filter ?? []),
    ...analyze.modules
      .flatMap((module) => module.lifecycles)
      .flatMap((one) => one.transitions)
      .flatMap((one) => one.scopes)
      .flatMap((one) => one.filter),
  ];
  const rules = analyze.modules.flatMap((module) => module.rules).filter((one) => one.entity === model.name);
  const copies = analyze.modules
    .flatMap((module) => module.entities)
    .flatMap((one) => one.attributes)
    .filter((one) => one.source === "copy")
    .map((one) => one.of?.split(".").at(-1));
  return (
    model.stance !== "actor" &&
    field.writer !== "server" &&
    !field.nullable &&
    (field.maximum === null || field.maximum > 1000) &&
    !filters.some((one) => one.path.includes(field.name)) &&
    !rules.some((one) => one.members.includes(field.name)) &&
    !copies.includes(field.name)
  );
};

const valuesOf = (row: AutoBeDatabase.IModel, field: AutoBeDatabase.IPlainField): string[] => {
  const amount = row.plainFields.find((one) => one.type === field.type && !one.nullable && one.writer !== "server");
  switch (field.type) {
    case "int":
    case "bigint":
    case "double":
    case "decimal":
      return ["-1", "+1", "+2", ...(amount === undefined || (amount.maximum ?? 1e9) > 100 ? [] : [`-${amount.name}`])];
    case "boolean":
      return ["true", "false"];
    case "enum":
      return [field.values!.at(-1)!];
    case "datetime":
      return ["now"];
    default:
      return [];
  }
};
