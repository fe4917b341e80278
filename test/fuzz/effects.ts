/** Drafts of effects → a difference against the contract that nothing is wrong with. */
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import { type AutoBeDatabase, modelsOf } from "../../src/phases/2-database/ast.js";
import type { AutoBeOpenApi, IAmend, IAmendEffect } from "../../src/phases/3-interface/ast.js";
import { parseEffect } from "../../src/phases/3-interface/effect.js";
import type { EffectDraft } from "./blueprint.js";

export const buildAmend = (
  drafts: readonly EffectDraft[],
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
): IAmend => {
  const operations = document.operations.filter((one) => ["create", "update", "transition"].includes(one.kind));
  const effects: IAmendEffect[] = [];
  for (const draft of operations.length === 0 ? [] : drafts) {
    const operation = operations[draft.operation % operations.length]!;
    const possible = possibleEffects(analyze, database, operation, draft.isConditional);
    const chosen = possible[draft.choice % possible.length];
    // Two effects on one column would have to be told apart by their tests.
    if (chosen !== undefined && !effects.some((one) => one.table === chosen.table && one.column === chosen.column))
      effects.push(chosen);
  }
  return { plan: "Chance.", remove: [], operations: [], properties: [], refusals: [], effects, unserved: [] };
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
