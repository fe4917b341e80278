/** Calls at once: of several that want the last place under a limit one gets it, for the count and the write are one transaction. */
import { spoken } from "../../../base/naming.js";
import { ruleId } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { another, fill, firstRow, type Trial } from "./constraints.js";
import { isSame } from "./plan.js";
import { object } from "./script.js";
import type { Workshop } from "./workshop.js";

export const raceTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  if (operation.kind !== "create") return;
  const limits = operation.refusals.filter(({ provoke }) => provoke?.kind === "limit");
  limits.forEach((refusal, index) => {
    const rules = workshop.analyze.modules
      .flatMap((module) => module.rules)
      .filter((rule) => refusal.rules.includes(ruleId(rule)));
    workshop.add(
      operation,
      limits.length === 1 ? "race" : `race${index + 1}`,
      `of several ${spoken(model.name)} rows made at once one takes the last place`,
      { requirements: rules.flatMap((rule) => rule.requirements), rules: refusal.rules },
      (script) => race({ workshop, model, operation, refusal, script }),
    );
  });
};

/** More rows than that say nothing new. */
const MOST_ROWS = 100;
/** Calls at once: two would be enough, if they were sure to meet. */
const CALLS = 4;

const race = (trial: Trial): boolean => {
  const { operation, refusal, script } = trial;
  const limit = refusal.provoke as AutoBeOpenApi.IProvocation.ILimit;
  if (limit.maximum > MOST_ROWS) return false;
  const plan = firstRow(trial, [limit.relation], (one) => another(trial, limit, one) !== null);
  if (plan === null) return false;
  const rows = Array.from({ length: CALLS }, () => another(trial, limit, plan)!);
  // They are sent by one account, so that nothing but the limit tells them apart.
  if (!rows.every((row) => isSame(row.creator, rows[0]!.creator))) return false;
  if (limit.maximum > 1) {
    script.call(operation, plan.creator, object({ ...script.path(plan), body: script.body(plan) }), { makes: plan });
    fill(trial, limit, plan, limit.maximum - 2);
  }
  script.race(operation, rows, { succeeds: 1, status: refusal.status, code: refusal.code });
  return true;
};
