/** Rules of limit → refusals of what would be one too many, where a row begins to count. */
import { isNumber } from "../../../base/comparison.js";
import { refusalCode, spoken } from "../../../base/naming.js";
import { type AutoBeAnalyze, ruleId } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import { columnAt } from "../../2-database/notation.js";
import type { AutoBeOpenApi } from "../ast.js";
import type { Derivation } from "./derivation.js";

interface Limited {
  rule: AutoBeAnalyze.IRule;
  refusal: AutoBeOpenApi.IRefusal;
}

export const limitsOf = (
  { database }: Derivation,
  model: AutoBeDatabase.IModel,
  rules: readonly AutoBeAnalyze.IRule[],
  operation: AutoBeOpenApi.IOperation,
): Limited[] =>
  rules
    .filter((rule) => rule.kind === "limit" && isKept(database, model, rule) && isMore(model, rule, operation))
    .map((rule) => ({
      rule,
      refusal: {
        status: 422,
        code: refusalCode(rule.name),
        when: rule.statement,
        avoid: `Keep to ${rule.most === null ? rule.maximum : `the ${spoken(rule.most.slice(1).join(" "))}`} per ${spoken(rule.members[0]!)}.`,
        provoke: provocationOf(rule),
        rules: [ruleId(rule)],
      },
    }));

const provocationOf = ({ members, maximum, most, states }: AutoBeAnalyze.IRule): AutoBeOpenApi.IProvocation =>
  members.length === 1 && most === null && states.length === 0
    ? { kind: "limit", relation: members[0]!, maximum: maximum! }
    : { kind: "capacity", relation: members[0]!, column: members[1] ?? null, maximum, most, states };

/** Whether the tables hold what the rule speaks of. */
const isKept = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  { members: [relation, column], maximum, most }: AutoBeAnalyze.IRule,
): boolean =>
  model.foreignFields.some((field) => field.relation.name === relation) &&
  (column === undefined || model.plainFields.some((field) => field.name === column)) &&
  (most === null ? maximum !== null : isNumber(columnAt(database, model, most)?.type ?? "text"));

/** Whether a row counts, or counts for more, after the operation than before it. */
const isMore = (
  model: AutoBeDatabase.IModel,
  { members: [relation, column], states }: AutoBeAnalyze.IRule,
  { kind, transition }: AutoBeOpenApi.IOperation,
): boolean => {
  const counts = (state: string | null | undefined): boolean => states.length === 0 || states.includes(state ?? "");
  if (kind === "create" || kind === "join")
    return counts(model.plainFields.find((field) => field.source?.kind === "state")?.default);
  if (kind === "update")
    return (
      model.foreignFields.some((field) => field.relation.name === relation && field.writer === "update") ||
      model.plainFields.some((field) => field.name === column && field.writer === "update")
    );
  return transition !== null && counts(transition.to) && !transition.from.every(counts);
};
