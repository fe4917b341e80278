/** Calls at once: of several that want the last place under a limit one gets it, for the count and the write are one transaction. */
import { spoken } from "../../../base/naming.js";
import { ruleId } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { fillingOf } from "./capacity.js";
import { another, fill, firstRow, moveOf, type Trial } from "./constraints.js";
import { keyPath } from "./phrases.js";
import { isSame, type Plan } from "./plan.js";
import { object } from "./script.js";
import type { Workshop } from "./workshop.js";

export const raceTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  if (operation.kind !== "create" && operation.kind !== "update") return;
  const limits = operation.refusals.filter(({ provoke }) => provoke?.kind === "limit" || provoke?.kind === "capacity");
  limits.forEach((refusal, index) => {
    const rules = workshop.analyze.modules
      .flatMap((module) => module.rules)
      .filter((rule) => refusal.rules.includes(ruleId(rule)));
    workshop.add(
      operation,
      limits.length === 1 ? "race" : `race${index + 1}`,
      `of several ${spoken(model.name)} rows ${operation.kind === "create" ? "made" : "moved"} at once one takes the last place`,
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
  const { provoke } = trial.refusal;
  if (trial.operation.kind === "update") return provoke?.kind === "limit" && raceByChange(trial, provoke);
  if (provoke?.kind === "limit") return raceForPlace(trial, provoke);
  if (provoke?.kind !== "capacity") return false;
  const { relation, column, maximum, most } = provoke;
  return most === null && column === null
    ? raceForPlace(trial, { kind: "limit", relation, maximum: maximum! })
    : raceForRest(trial, provoke);
};

/** Rows that count elsewhere are moved to where one more has room. */
const raceByChange = (trial: Trial, limit: AutoBeOpenApi.IProvocation.ILimit): boolean => {
  const { operation, refusal, script } = trial;
  const move = limit.maximum > MOST_ROWS ? null : moveOf(trial, limit);
  if (move === null) return false;
  if (limit.maximum > 1) {
    script.row(move.plan);
    fill(trial, limit, move.plan, limit.maximum - 2);
  }
  const given = Array.from({ length: CALLS }, () => object({ ...keyPath(script, move.mover()), body: move.body() }));
  script.race(operation, move.caller, given, { succeeds: 1, status: refusal.status, code: refusal.code, makes: [] });
  return true;
};

/** What is left is enough for one more row. */
const raceForRest = (trial: Trial, capacity: AutoBeOpenApi.IProvocation.ICapacity): boolean => {
  const { operation, script } = trial;
  const filling = fillingOf(trial, capacity);
  if (filling === null || filling.rows === 0) return false;
  const { rows, first, next } = filling;
  for (let count = 1; count < rows; ++count) {
    const one = count === 1 ? first : next();
    script.call(operation, one.creator, object({ ...script.path(one), body: script.body(one) }), { makes: one });
  }
  return meet(
    trial,
    Array.from({ length: CALLS }, () => next()),
  );
};

const raceForPlace = (trial: Trial, limit: AutoBeOpenApi.IProvocation.ILimit): boolean => {
  const { operation, script } = trial;
  if (limit.maximum > MOST_ROWS) return false;
  const plan = firstRow(trial, [limit.relation], (one) => another(trial, limit, one) !== null);
  if (plan === null) return false;
  const rows = Array.from({ length: CALLS }, () => another(trial, limit, plan)!);
  if (limit.maximum > 1) {
    script.call(operation, plan.creator, object({ ...script.path(plan), body: script.body(plan) }), { makes: plan });
    fill(trial, limit, plan, limit.maximum - 2);
  }
  return meet(trial, rows);
};

/** They are sent by one account, so that nothing but the limit tells them apart. */
const meet = ({ operation, refusal, script }: Trial, rows: Plan[]): boolean => {
  if (!rows.every((row) => isSame(row.creator, rows[0]!.creator))) return false;
  const { status, code } = refusal;
  const given = rows.map((row) => object({ ...script.path(row), body: script.body(row) }));
  script.race(operation, rows[0]!.creator, given, { succeeds: 1, status, code, makes: rows.slice(0, 1) });
  return true;
};
