/** Each refusal that the contract knows how to provoke, with a valid call beside it. */
import type { IExpression } from "../../../base/expression.js";
import { parameter } from "../../../base/naming.js";
import { ruleId } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { tooFar } from "./bound.js";
import { overfull } from "./capacity.js";
import { repeat, type Trial, tooMany } from "./constraints.js";
import { matching } from "./matching.js";
import { wrongOrder } from "./orders.js";
import { barePath, keyPath } from "./phrases.js";
import type { Account, Plan } from "./plan.js";
import { identifier, object, type Script } from "./script.js";
import { roomOf } from "./wish.js";
import type { Workshop } from "./workshop.js";

export const refusalTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  operation.refusals.forEach((refusal, index) => {
    if (refusal.provoke === null) return;
    const rules = workshop.analyze.modules
      .flatMap((module) => module.rules)
      .filter((rule) => refusal.rules.includes(ruleId(rule)));
    const kind = refusal.provoke.kind;
    const entity = workshop.analyze.modules
      .flatMap((module) => module.entities)
      .find((one) => one.name === model.entity);
    const same = operation.refusals.filter((one) => one.provoke?.kind === kind);
    const aspect = same.length === 1 ? kind : `${kind}${same.indexOf(operation.refusals[index]!) + 1}`;
    const requirements = [
      ...rules.flatMap((rule) => rule.requirements),
      ...(kind === "state" ? operation.requirements : []),
      // That others hold a row is said of the entity itself.
      ...(kind === "referenced" ? (entity?.requirements ?? []) : []),
    ];
    workshop.add(
      operation,
      `refused.${aspect}`,
      `it is refused when this holds: ${refusal.when}`,
      { requirements, rules: refusal.rules },
      (script) => provoke(workshop, model, operation, refusal, script),
    );
  });
};

const provoke = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  script: Script,
): boolean => {
  const caller = workshop.callers(operation)[0]!;
  const provocation = refusal.provoke!;
  const trial: Trial = { workshop, model, operation, refusal, script };
  switch (provocation.kind) {
    case "repeat":
      return repeat(trial, provocation);
    case "state":
      return wrongState(workshop, model, operation, refusal, provocation, caller, script);
    case "order":
      return wrongOrder(trial, provocation);
    case "limit":
      return tooMany(trial, provocation);
    case "capacity":
      return overfull(trial, provocation);
    case "cycle":
      return cycle(workshop, model, operation, refusal, provocation, caller, script);
    case "absent":
      return workshop.callers(operation).some((one) => absent(workshop, model, operation, refusal, one, script));
    case "match":
      return matching(trial, provocation, caller);
    case "bound":
      return tooFar(workshop, model, operation, refusal, provocation, script);
    case "referenced":
      return referenced(workshop, model, operation, refusal, provocation, caller, script);
  }
};

/** The call without the row it needs, then with it. */
const absent = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  caller: Account,
  script: Script,
): boolean => {
  if (operation.kind !== "create") return absentBeside(workshop, model, operation, refusal, caller, script);
  const plan =
    workshop.planner.find(model, [caller], { demands: [], creator: caller }) ??
    workshop.planner.find(model, [], { demands: [], creator: caller });
  if (plan === null) return false;
  const bare = { ...plan, needs: plan.needs.filter((one) => one.model.name !== ownerOf(workshop, refusal)) };
  const argument = object({ ...script.path(bare), body: script.body(bare) });
  if (isThere(workshop, script, plan, refusal, caller)) return false;
  script.call(operation, caller, argument, {
    status: refusal.status,
    code: refusal.code,
  });
  script.call(operation, caller, object({ ...script.path(plan), body: script.body(plan) }), {});
  return true;
};

/** The row as it is, then with what the call needs beside it. */
const absentBeside = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  caller: Account,
  script: Script,
): boolean => {
  const states = operation.transition?.from ?? [undefined];
  const plan = states
    .map((state) => workshop.touchable(model, operation, caller, state === undefined ? {} : { state }))
    .find((one) => one !== null);
  if (plan === undefined || plan === null) return false;
  const rest: Record<string, IExpression> = operation.kind === "update" ? { body: object({}) } : {};
  const path = barePath(script, plan);
  for (const one of plan.ahead) if (one.model.name !== ownerOf(workshop, refusal)) script.row(one);
  if (isThere(workshop, script, plan, refusal, caller)) return false;
  script.call(operation, caller, object({ ...path, ...rest }), { status: refusal.status, code: refusal.code });
  script.call(operation, caller, object({ ...keyPath(script, plan), ...rest }), {});
  return true;
};

/** Whether one of the rows made so far, for another reason, is what the call needs. */
const isThere = (
  { planner, database }: Workshop,
  script: Script,
  plan: Plan,
  { provoke }: AutoBeOpenApi.IRefusal,
  caller: Account,
): boolean => {
  if (provoke?.kind !== "absent") return false;
  const isComposed = modelNamed(database, provoke.model)?.parent?.kind === "composed";
  return script.made.some(({ plan: made }) => {
    if (isComposed) return made.model.name === modelNamed(database, provoke.model)!.parent!.model;
    if (made.model.name !== provoke.model) return false;
    return provoke.match.every(({ path, operator, equals }) => {
      if (equals.kind === "me") return planner.holds(made, { path, operator: "=", value: "me" }, caller);
      if (equals.kind === "literal") return planner.holds(made, { path, operator, value: equals.value }, caller);
      const wanted = equals.kind === "self" ? `${script.row(plan)}.id` : keyOf(script, plan, equals.name.split("."));
      const found = keyOf(script, made, path);
      return wanted === null || found === null || wanted === found;
    });
  });
};

/** The key at the end of a path of relations; null where the plan does not know it. */
const keyOf = (script: Script, plan: Plan, [head, ...rest]: readonly string[]): string | null => {
  const referred = plan.references.get(head ?? "");
  if (referred === undefined) return null;
  if (rest.length === 0) return script.key(referred).text;
  return referred.kind === "row" ? keyOf(script, referred.plan, rest) : null;
};

const ownerOf = ({ database }: Workshop, refusal: AutoBeOpenApi.IRefusal): string | null => {
  const name = absentModel(refusal);
  const parent = modelNamed(database, name ?? "")?.parent;
  return parent?.kind === "composed" ? parent.model : name;
};

const absentModel = (refusal: AutoBeOpenApi.IRefusal): string | null =>
  refusal.provoke?.kind === "absent" ? refusal.provoke.model : null;

const wrongState = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  provocation: AutoBeOpenApi.IProvocation.IState,
  caller: Account,
  script: Script,
): boolean => {
  const states = model.plainFields.find((field) => field.name === provocation.attribute)?.values ?? [];
  const plan = [operation.transition!.to, ...states]
    .filter((state) => !provocation.from.includes(state))
    .map((state) => workshop.touchable(model, operation, caller, { state }))
    .find((one) => one !== null);
  if (plan === undefined || plan === null) return false;
  const values = object(keyPath(script, plan));
  script.call(operation, caller, values, { status: refusal.status, code: refusal.code });
  const at = workshop.operation("at", model.name, caller.actor);
  if (at !== undefined) {
    const still = script.name("still");
    script.call(at, caller, values, { keep: still });
    script.equal("the state stays", identifier(`${still}.${provocation.attribute}`), {
      type: "stringLiteral",
      value: plan.state!,
    });
  }
  return true;
};

const cycle = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  provocation: AutoBeOpenApi.IProvocation.ICycle,
  caller: Account,
  script: Script,
): boolean => {
  const plan = workshop.touchable(model, operation, caller);
  if (plan === null) return false;
  const path = keyPath(script, plan);
  const own = path[parameter(model.name)]!;
  script.call(operation, caller, object({ ...path, body: object({ [provocation.member]: own }) }), {
    status: refusal.status,
    code: refusal.code,
  });
  script.call(
    operation,
    caller,
    object({ ...path, body: object({ [provocation.member]: { type: "nullLiteral" } }) }),
    {},
  );
  return true;
};

const referenced = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  provocation: AutoBeOpenApi.IProvocation.IReferenced,
  caller: Account,
  script: Script,
): boolean => {
  const holder = modelNamed(workshop.database, provocation.model);
  if (holder === undefined) return false;
  // It has to have room for the row that refers to it.
  const conditions = roomOf(workshop.planner, holder).flatMap(({ path: [first, ...path], ...rest }) =>
    first === provocation.relation && path.length !== 0 ? [{ ...rest, path }] : [],
  );
  const plan =
    workshop.touchable(model, operation, caller, { demands: [{ account: caller, conditions }] }) ??
    workshop.touchable(model, operation, caller);
  if (plan === null) return false;
  const field = holder.foreignFields.find((one) => one.relation.name === provocation.relation);
  if (field === undefined || field.source?.kind === "actor") return false;
  const given = new Map([[provocation.relation, { kind: "row" as const, plan }]]);
  // What else leads there might be erased with it, and take the row along.
  const others = holder.foreignFields.filter(
    ({ relation }) => relation.targetModel === model.name && relation.name !== provocation.relation,
  );
  const renewed = new Set(others.filter((one) => !one.nullable).map((one) => one.relation.name));
  const wish = { demands: [], given, renewed };
  const holding = workshop.planner.find(holder, [plan.creator], wish) ?? workshop.planner.find(holder, [], wish);
  if (holding === null || holding.references.get(provocation.relation) !== given.get(provocation.relation))
    return false;
  if (!workshop.planner.sees(plan, holding.creator)) return false;
  const values = object(keyPath(script, plan));
  script.row(holding);
  script.call(operation, caller, values, { status: refusal.status, code: refusal.code });
  const at = workshop.operation("at", model.name, caller.actor);
  if (at !== undefined) script.call(at, caller, values, {});
  return true;
};
