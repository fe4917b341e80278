/** What the database still owes the analysis: rules and requirements that no derived column speaks for. */
import { type AutoBeAnalyze, ruleId } from "../1-analyze/ast.js";
import type { AutoBeDatabase } from "./ast.js";

export interface Obligation {
  /** `Entity.rule`, or a requirement's id. */
  id: string;
  statement: string;
  requirements: string[];
}

export const obligationsOf = (
  analyze: AutoBeAnalyze.IApplication,
  models: readonly AutoBeDatabase.IModel[],
): Obligation[] => {
  const entities = analyze.modules.flatMap((module) => module.entities);
  return models.flatMap((model) => {
    const entity = entities.find((one) => one.name === model.entity);
    if (entity === undefined) return [];
    return [...rulesOf(analyze, model), ...requirementsOf(analyze, entity)];
  });
};

const rulesOf = (analyze: AutoBeAnalyze.IApplication, model: AutoBeDatabase.IModel): Obligation[] =>
  analyze.modules
    .flatMap((module) => module.rules)
    .filter((rule) => rule.entity === model.entity && !isHeld(rule, model))
    .map((rule) => ({
      id: ruleId(rule),
      statement: rule.statement,
      requirements: rule.requirements,
    }));

/** Whether the draft has the columns that a rule needs; the others are held by constraints or need none. */
const isHeld = ({ kind, members, needs }: AutoBeAnalyze.IRule, model: AutoBeDatabase.IModel): boolean => {
  if (needs !== null) return true;
  const columns = model.plainFields.filter((field) => members.includes(field.name));
  if (kind === "formula") return columns.some((field) => field.source?.kind === "formula");
  if (kind === "temporal") return columns.some((field) => field.type === "date" || field.type === "datetime");
  if (kind === "requires") return model.foreignFields.some((field) => members.includes(field.relation.name));
  return true;
};

/** Requirements that the entity names and nothing that belongs to it serves. */
const requirementsOf = (analyze: AutoBeAnalyze.IApplication, entity: AutoBeAnalyze.IEntity): Obligation[] => {
  const served = new Set(
    analyze.modules
      .flatMap((module) => [
        ...module.entities.flatMap((one) => one.attributes),
        ...module.permissions,
        ...module.lifecycles,
        ...module.lifecycles.flatMap((lifecycle) => lifecycle.transitions),
        ...module.rules,
        ...module.operations,
      ])
      .flatMap((item) => item.requirements),
  );
  return analyze.modules
    .flatMap((module) => module.requirements)
    .filter(({ id }) => entity.requirements.includes(id) && !served.has(id))
    .map(({ id, text }) => ({ id, statement: text, requirements: [id] }));
};
