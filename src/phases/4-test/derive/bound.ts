/** A call that would take too much, or add too much, is refused. */
import type { IExpression } from "../../../base/expression.js";
import { spoken } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { led, pathOf, planned, readingOf, type Showing, type Target } from "./effects.js";
import { keyPath } from "./phrases.js";
import type { Plan } from "./plan.js";
import { identifier, object, type Script } from "./script.js";
import { watcherOf, watchList } from "./watching.js";
import type { Workshop } from "./workshop.js";

/** The row at the end of the path stands at its bound: the call is refused, and that row stays as it is. */
export const tooFar = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  provocation: AutoBeOpenApi.IProvocation.IBound,
  script: Script,
): boolean => {
  const effect = operation.effects.find((one) => one.bound?.code === refusal.code);
  const target = modelNamed(workshop.database, provocation.model);
  if (effect === undefined || target === undefined || provocation.path.length === 0) return false;
  for (const caller of workshop.callers(operation)) {
    const showing: Showing = { workshop, model, operation, effect, script, caller };
    const overrides = new Map([[provocation.column, String(provocation.at)]]);
    for (const readers of [[caller], []]) {
      const edge = workshop.planner.find(target, readers, { demands: [], overrides, isFresh: true });
      if (edge === null || !isGiven(workshop, edge, provocation.column)) continue;
      const plan = planned(showing, { pins: [{ path: provocation.path, plan: edge }], isFresh: true });
      const end = plan === null ? null : led(workshop, plan, provocation.path);
      if (plan === null || end?.kind !== "row" || end.plan !== edge || isTouched(workshop, plan, operation, effect))
        continue;
      return refuseAt(showing, plan, { model: target, referred: { kind: "row", plan: edge } }, refusal);
    }
  }
  return false;
};

/** Whether whoever creates the row can write the column. */
const isGiven = ({ document }: Workshop, { operation }: Plan, column: string): boolean => {
  const body = document.components.schemas[operation.requestBody ?? ""];
  return body !== undefined && "properties" in body && body.properties[column] !== undefined;
};

/** Whether the row's own way into being moves the column as well. */
const isTouched = (
  _workshop: Workshop,
  plan: Plan,
  operation: AutoBeOpenApi.IOperation,
  { model, column }: AutoBeOpenApi.IEffect,
): boolean =>
  [plan.operation, ...plan.transitions.map((one) => one.operation)]
    .filter((one) => one !== operation)
    .some((one) => one.effects.some((effect) => effect.model === model && effect.column === column));

const refuseAt = (showing: Showing, plan: Plan, target: Target, refusal: AutoBeOpenApi.IRefusal): boolean => {
  const { operation, script, caller, effect } = showing;
  const refused = { status: refusal.status, code: refusal.code };
  const reading = readingOf(showing, plan, target);
  if (operation.kind === "create") {
    const argument = object({ ...script.path(plan), body: script.body(plan) });
    const refuse = (): void => script.call(operation, caller, argument, refused);
    const watcher = watcherOf(showing.workshop, plan);
    if (watcher === null) refuse();
    else watchList(script, plan, watcher, refuse);
  } else
    script.call(
      operation,
      caller,
      object({ ...keyPath(script, plan), ...(operation.kind === "update" ? { body: object({}) } : {}) } as Record<
        string,
        IExpression
      >),
      refused,
    );
  if (reading === null || effect.column === null) return true;
  const still = script.name("still");
  script.call(reading.operation, reading.account, object(pathOf(script, target)), { keep: still });
  const row = script.row((target.referred as { plan: Plan }).plan);
  script.equal(
    `${spoken(effect.column)} stays`,
    identifier(`${still}.${effect.column}`),
    identifier(`${row}.${effect.column}`),
  );
  return true;
};
