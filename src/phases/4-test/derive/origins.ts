/** Rows that come to be only through a custom operation: what it is handed, and what the new row refers to by that. */
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { Demand, Plan, Referred } from "./knowledge.js";
import { References } from "./references.js";
import type { Making, Terms } from "./wish.js";

/** The operation by which rows of a model come to be: their create, else a custom one that says so. */
export const originOf = (document: AutoBeOpenApi.IDocument, model: string): AutoBeOpenApi.IOperation | undefined => {
  const makers = document.operations.filter((one) => one.creates.some((creation) => creation.model === model));
  return (
    makers.find((one) => one.kind === "create" && one.model === model) ?? makers.find((one) => one.kind === "custom")
  );
};

export abstract class Origins extends References {
  /** Plans the call; false where something that it is to be handed cannot be had. */
  protected calls(making: Making, plan: Plan, terms: Terms, filter: AutoBeOpenApi.ICondition[] | null): boolean {
    const { model, operation, creator } = making;
    for (const field of model.foreignFields)
      if (field.source?.kind === "actor" && this.isActor(field.relation.targetModel, creator))
        plan.references.set(field.relation.name, { kind: "account", account: creator });
    const call: Plan["call"] = {
      row: null,
      body: new Map(),
      at: operation.creates.find((one) => one.model === model.name)!.at,
    };
    const innermost = operation.parameters.at(-1)?.name;
    for (const prerequisite of operation.prerequisites) {
      const isPath = !prerequisite.at.startsWith("body.");
      if (isPath && prerequisite.at !== innermost) continue; // the row itself leads to those above it
      const name = relationOf(model, plan, prerequisite);
      const isAsked = name !== null && (terms.pinned.has(name) || terms.delegated.has(name));
      if (!prerequisite.required && !isAsked) continue;
      const scope: Demand[] =
        isPath && prerequisite.model === operation.model ? [{ account: creator, conditions: filter ?? [] }] : [];
      const referred = this.handed(making, terms, prerequisite.model, name, scope);
      if (referred === null) return false;
      if (isPath) call.row = referred;
      else call.body.set(prerequisite.at.slice(5), referred);
      if (name !== null) plan.references.set(name, referred);
    }
    plan.call = call;
    return model.parent === null || model.parent.kind !== "routed" || plan.references.has(model.parent.relation);
  }

  private handed(
    { creator, wish, depth }: Making,
    terms: Terms,
    target: string,
    name: string | null,
    scope: Demand[],
  ): Referred | null {
    const given = name === null ? undefined : terms.pinned.get(name);
    const isFit = (one: Referred): boolean =>
      one.kind === "account" ||
      (this.reaches(one.plan, creator) && scope.every((demand) => this.holdsAll(one.plan, demand)));
    if (given !== undefined) return isFit(given) ? given : null;
    const demands = [...scope, ...(name === null ? [] : (terms.delegated.get(name) ?? []))];
    const pins = (wish.pins ?? [])
      .filter((pin) => pin.path.length > 1 && pin.path[0] === name)
      .map((pin) => ({ ...pin, path: pin.path.slice(1) }));
    const isFresh = (wish.isFresh ?? false) && name !== null && (wish.renewed?.has(name) ?? false);
    const referred = this.refer(target, [creator], false, demands, isFresh, undefined, depth, pins);
    return referred !== null && isFit(referred) ? referred : null;
  }
}

/** Which relation of the new row leads to what the call is handed: the one of that name, else the first that can. */
const relationOf = (
  model: AutoBeDatabase.IModel,
  plan: Plan,
  { at, model: target }: AutoBeOpenApi.IPrerequisite,
): string | null => {
  const free = model.foreignFields.filter(
    (field) => field.relation.targetModel === target && !plan.references.has(field.relation.name),
  );
  return (free.find((field) => `body.${field.name}` === at || field.name === at) ?? free[0])?.relation.name ?? null;
};
