/** A row that the caller may not make, though all that it refers to is there for them: 403, and nothing is left of it. */
import { withArticle } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { keyPath } from "./phrases.js";
import type { Account, Plan, Referred } from "./plan.js";
import { identifier, object, type Script } from "./script.js";
import { watcherOf, watchList } from "./watching.js";
import { propertiesOf } from "./wish.js";
import type { Workshop } from "./workshop.js";

export const outsideTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const write = WRITERS[operation.kind];
  if (write === undefined) return;
  for (const caller of workshop.callers(operation)) {
    const own = operation.access.filter(({ actor }) => actor === caller.actor);
    if (own.some(({ filter }) => filter === null)) continue;
    const who = caller.actor === "guest" ? "anybody" : withArticle(caller.actor);
    const title = `${who} cannot ${operation.kind} ${withArticle(model.name)} beyond what is theirs`;
    const requirements = workshop.requirementsOf(operation, caller.actor);
    workshop.add(operation, `outside.${caller.actor}`, title, { requirements }, (script) =>
      write({ workshop, model, operation, caller, script }),
    );
  }
};

interface Stepping {
  workshop: Workshop;
  model: AutoBeDatabase.IModel;
  operation: AutoBeOpenApi.IOperation;
  caller: Account;
  script: Script;
}

const create = (stepping: Stepping): boolean => {
  const { workshop, operation, caller, script } = stepping;
  const plan = [...foreignPlans(stepping), ...changedPlans(stepping)].find(
    (one) => one.needs.length === 0 && isSeenThrough(workshop, one, caller) && isRefused(stepping, one),
  );
  if (plan === undefined) return false;
  const values = object({ ...script.path(plan), body: script.body(plan) });
  const watcher = watcherOf(workshop, plan);
  const refuse = (): void => script.call(operation, caller, values, { status: 403 });
  if (watcher === null) refuse();
  else watchList(script, plan, watcher, refuse);
  return true;
};

/** What another account would create, in the hands of the caller. */
const foreignPlans = ({ workshop, model, operation, caller }: Stepping): Plan[] =>
  operation.access.flatMap(({ actor }) => {
    const creator = { actor, index: actor === caller.actor ? 2 : 1 };
    const plan = workshop.planner.find(model, [], { demands: [], creator, isFresh: true });
    return actor === "guest" || plan === null || plan.call !== null ? [] : [handedTo(workshop, plan, caller)];
  });

const handedTo = ({ planner }: Workshop, plan: Plan, caller: Account): Plan => {
  const references = new Map(plan.references);
  for (const { relation, source } of plan.model.foreignFields) {
    if (source?.kind !== "actor") continue;
    if (planner.isActor(relation.targetModel, caller))
      references.set(relation.name, { kind: "account", account: caller });
    else references.delete(relation.name);
  }
  return { ...plan, creator: caller, references, transitions: [] };
};

/** What the caller may create, but for one value that its filter asks for. */
const changedPlans = ({ workshop, model, operation, caller }: Stepping): Plan[] => {
  const members = propertiesOf(workshop.document, operation);
  const plan = workshop.planner.find(model, [], { demands: [], creator: caller, isFresh: true });
  if (plan === null || plan.call !== null) return [];
  return operation.access
    .filter(({ actor }) => actor === caller.actor)
    .flatMap(({ filter }) => filter ?? [])
    .filter(({ path }) => path.length === 1 && members[path[0]!] !== undefined)
    .flatMap(({ path: [name], operator, value }): Plan[] => {
      const field = model.plainFields.find((one) => one.name === name);
      const values = field?.type === "boolean" ? ["true", "false"] : (field?.values ?? []);
      const other = operator === "!=" ? value : values.find((one) => one !== value);
      if (field === undefined || other === undefined || other === "null") return [];
      return [{ ...plan, transitions: [], overrides: new Map([...plan.overrides, [name!, other]]) }];
    });
};

/** Whether the caller sees all that the row refers to, so that none of it is not found. */
const isSeenThrough = ({ planner }: Workshop, plan: Plan, caller: Account): boolean =>
  [...plan.references].every(([name, referred]) => {
    if (plan.model.foreignFields.some(({ relation, source }) => relation.name === name && source?.kind === "actor"))
      return true;
    if (referred.kind === "account") return referred.plan === undefined || planner.sees(referred.plan, caller);
    return name === plan.model.parent?.relation
      ? planner.reaches(referred.plan, caller)
      : planner.sees(referred.plan, caller);
  });

const isRefused = ({ workshop, model, operation, caller }: Stepping, plan: Plan): boolean => {
  const status = model.plainFields.find((field) => field.source?.kind === "state");
  const fresh = { ...plan, state: status?.default ?? null };
  return !workshop.planner.mayTouch(fresh, operation, caller);
};

/** A row of the caller's is led to where it would be theirs no more; it stays where it is. */
const update = (stepping: Stepping): boolean => {
  const { workshop, model, operation, caller, script } = stepping;
  const plan = workshop.touchable(model, operation, caller);
  const reading = workshop.operation("at", model.name, caller.actor);
  if (plan === null || reading === undefined) return false;
  const members = propertiesOf(workshop.document, operation);
  for (const { name, relation, writer } of model.foreignFields) {
    if (writer !== "update" || members[name] === undefined) continue;
    const referred = elsewhere(stepping, relation.targetModel);
    if (referred === null) continue;
    const moved = { ...plan, references: new Map([...plan.references, [relation.name, referred]]) };
    if (workshop.planner.mayTouch(moved, operation, caller)) continue;
    const path = object(keyPath(script, plan));
    const body = object({ [name]: script.key(referred) });
    const before = script.name("before");
    script.call(reading, caller, path, { keep: before });
    script.call(operation, caller, object({ ...keyPath(script, plan), body }), { status: 403 });
    const after = script.name("after");
    script.call(reading, caller, path, { keep: after });
    script.equal("it stays as it is", identifier(after), identifier(before));
    return true;
  }
  return false;
};

/** Somebody else's row, or somebody else, that the caller sees. */
const elsewhere = ({ workshop, caller }: Stepping, target: string): Referred | null => {
  const model = modelNamed(workshop.database, target);
  if (model === undefined) return null;
  const creator = { actor: caller.actor, index: 2 };
  for (const wish of [{ creator }, {}]) {
    const plan = workshop.planner.find(model, [caller], { demands: [], isFresh: true, ...wish });
    if (plan !== null)
      return model.stance === "actor" ? { kind: "account", account: plan.creator, plan } : { kind: "row", plan };
  }
  return null;
};

const WRITERS: Partial<Record<AutoBeOpenApi.Kind, (stepping: Stepping) => boolean>> = { create, update };
