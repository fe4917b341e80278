/** What the contract still owes the analysis: custom operations, rules the machine cannot compile, requirements nothing serves. */
import { spoken } from "../../base/naming.js";
import { type AutoBeAnalyze, ruleId } from "../1-analyze/ast.js";
import { type AutoBeDatabase, modelsOf } from "../2-database/ast.js";
import { type Aggregate, isSpokenOf } from "../2-database/notation.js";
import type { AutoBeOpenApi } from "./ast.js";
import { originless } from "./origins.js";

export interface Obligation {
  /** Name of a custom operation, `Entity.rule`, a requirement's id, a table that nothing brings into being yet, or `Table.column` that nothing writes. */
  id: string;
  kind: "operation" | "rule" | "requirement" | "origin" | "column";
  statement: string;
  /** A must is never left to a reason alone. */
  isMust: boolean;
}

export const obligationsOf = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  aggregate: Aggregate,
  all: readonly Aggregate[],
): Obligation[] => {
  const entities = new Set(aggregate.models.map((model) => model.name));
  const custom = document.operations.filter((one) => one.kind === "custom" && entities.has(one.model ?? ""));
  const rules = analyze.modules
    .flatMap((module) => module.rules)
    .filter((rule) => entities.has(rule.entity) && isOwed(rule, document));
  const served = servedBy(analyze, database, document, custom);
  const requirements = analyze.modules.flatMap((module) =>
    module.requirements
      .filter((one) => one.priority !== "could" && !served.has(one.id))
      .filter((one) => homeOf(module, one.id, all) === aggregate),
  );
  return [
    ...custom.map((one): Obligation => ({ id: one.name, kind: "operation", statement: one.description, isMust: true })),
    ...originless(database, document)
      .filter((model) => makerOf(analyze, document, model, all) === aggregate)
      .map(
        (model): Obligation => ({ id: model.name, kind: "origin", statement: originStatement(model), isMust: true }),
      ),
    ...unwritten(database, document)
      .filter(({ by }) => entities.has(by.name))
      .map(({ id, statement }): Obligation => ({ id, kind: "column", statement, isMust: false })),
    ...rules.map((rule): Obligation => ({ id: ruleId(rule), kind: "rule", statement: rule.statement, isMust: false })),
    ...requirements.map(
      (one): Obligation => ({
        id: one.id,
        kind: "requirement",
        statement: `${one.text} Seen by: ${one.acceptance}`,
        isMust: one.priority === "must",
      }),
    ),
  ];
};

const originStatement = ({ name }: AutoBeDatabase.IModel): string =>
  `Nobody creates ${name} rows directly: say ${name} in creates of the custom operation that brings them into being.`;

/** Columns that rows of another table decide, as counters do, and the table whose operations have to change them. */
const unwritten = (
  database: AutoBeDatabase.IApplication,
  { operations }: AutoBeOpenApi.IDocument,
): { id: string; statement: string; by: AutoBeDatabase.IModel }[] => {
  const models = modelsOf(database);
  return models.flatMap((model) =>
    model.plainFields.flatMap((field) => {
      const formula = field.source?.kind === "formula" ? field.source.of : null;
      const by = models.find((one) => one !== model && formula !== null && isSpokenOf(one, [formula]));
      const isChanged = operations.some(({ effects }) =>
        effects.some((effect) => effect.model === model.name && effect.column === field.name),
      );
      const statement = `No operation changes ${model.name}.${field.name} yet, which is: ${formula}. Effects of those that change ${by?.name} rows have to, along their relation to ${model.name}.`;
      return by === undefined || isChanged ? [] : [{ id: `${model.name}.${field.name}`, statement, by }];
    }),
  );
};

/** Where the custom operation lives that makes rows of a table: its own, one that serves the same requirement, or one that names it. */
const makerOf = (
  analyze: AutoBeAnalyze.IApplication,
  { operations }: AutoBeOpenApi.IDocument,
  model: AutoBeDatabase.IModel,
  all: readonly Aggregate[],
): Aggregate | undefined => {
  const custom = operations.filter((one) => one.kind === "custom");
  const entity = analyze.modules.flatMap((module) => module.entities).find((one) => one.name === model.entity);
  const maker =
    custom.find((one) => one.model === model.name) ??
    custom.find((one) => one.requirements.some((id) => entity?.requirements.includes(id))) ??
    custom.find((one) => ` ${one.description.toLowerCase()} `.includes(` ${spoken(model.name)}`));
  return all.find((aggregate) => aggregate.models.some((one) => one.name === (maker?.model ?? model.name)));
};

/** Whether no operation holds the rule yet. */
const isOwed = (rule: AutoBeAnalyze.IRule, document: AutoBeOpenApi.IDocument): boolean =>
  rule.kind === "formula" ||
  ((rule.kind === "requires" || rule.kind === "temporal") && !isCompiled(rule, document)) ||
  document.operations.every((one) => !one.rules.includes(ruleId(rule)));

/** Whether each action that the rule is for has a guard already. */
const isCompiled = (rule: AutoBeAnalyze.IRule, document: AutoBeOpenApi.IDocument): boolean => {
  const actions = document.operations
    .filter((one) => one.model === rule.entity && one.refusals.some(({ rules }) => rules.includes(ruleId(rule))))
    .map((one) => one.transition?.action ?? one.kind);
  return rule.on.length !== 0 && rule.on.every((action) => actions.includes(action));
};

const servedBy = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  custom: readonly AutoBeOpenApi.IOperation[],
): Set<string> => {
  const models = database.files.flatMap((file) => file.models);
  return new Set([
    ...document.operations.filter((one) => !custom.includes(one)).flatMap((one) => one.requirements),
    ...models.flatMap((model) => [
      ...model.plainFields.filter((field) => field.source?.kind !== "formula").flatMap((field) => field.requirements),
      ...model.foreignFields.flatMap((field) => field.requirements),
      ...model.links.flatMap((link) => link.requirements),
    ]),
    ...analyze.modules
      .flatMap((module) => module.entities)
      .flatMap((entity) => entity.attributes)
      .filter((attribute) => attribute.source === "count")
      .flatMap((attribute) => attribute.requirements),
    ...custom.flatMap((one) => one.requirements),
  ]);
};

/** The aggregate whose entities name a requirement, else the first of the module. */
const homeOf = (
  module: AutoBeAnalyze.IModule,
  requirement: string,
  all: readonly Aggregate[],
): Aggregate | undefined => {
  const named = [
    ...module.entities.map((one) => ({ entity: one.name, requirements: one.requirements })),
    ...module.rules,
    ...module.operations,
  ].find((one) => one.requirements.includes(requirement))?.entity;
  const own = module.entities.map((entity) => entity.name);
  return (
    all.find((aggregate) => aggregate.models.some((model) => model.name === named)) ??
    all.find((aggregate) => aggregate.models.some((model) => own.includes(model.name))) ??
    all[0]
  );
};
