/** Refusals that follow from the values of a body: duplicates, wrong orders, one row too many. */
import type { IExpression } from "../../../base/expression.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { keyPath } from "./phrases.js";
import { type Account, isSame, type Plan, type Referred } from "./plan.js";
import { identifier, object, type Script } from "./script.js";
import type { Wish } from "./wish.js";
import type { Workshop } from "./workshop.js";

/** One refusal that a script is to bring about. */
export interface Trial {
  workshop: Workshop;
  model: AutoBeDatabase.IModel;
  operation: AutoBeOpenApi.IOperation;
  refusal: AutoBeOpenApi.IRefusal;
  script: Script;
}

export const refuse = (
  { operation, refusal, script }: Trial,
  caller: Account,
  values: Record<string, IExpression>,
): void => script.call(operation, caller, object(values), { status: refusal.status, code: refusal.code });

const accept = ({ operation, script }: Trial, plan: Plan, body: IExpression): void =>
  script.call(operation, plan.creator, object({ ...script.path(plan), body }), { makes: plan });

/** A first row with all of these relations that has room for others beside it, by the first of the callers who can make one. */
export const firstRow = (
  { workshop, model, operation }: Trial,
  relations: readonly string[],
  isFit: (plan: Plan) => boolean = () => true,
  { conditions, provoked }: { conditions: AutoBeOpenApi.ICondition[]; provoked?: string } = { conditions: [] },
): Plan | null => {
  for (const creator of workshop.callers(operation))
    for (const isFull of relations.length === 0 ? [false] : [false, true])
      for (const readers of [[creator], []]) {
        const demands = conditions.length === 0 ? [] : [{ account: creator, conditions }];
        const wish: Wish = { demands, creator, isFull, ...(provoked === undefined ? {} : { provoked }) };
        const plan = workshop.planner.find(model, readers, wish);
        if (plan !== null && relations.every((name) => plan.references.has(name)) && isFit(plan)) return plan;
      }
  return null;
};

/** The same values once more; the rest of the second body is fresh. */
export const repeat = (trial: Trial, provocation: AutoBeOpenApi.IProvocation.IRepeat): boolean =>
  trial.operation.kind === "update" ? repeatByChange(trial, provocation) : repeatByCreation(trial, provocation);

/** Two rows that differ; the second is changed into what the first is. */
const repeatByChange = (trial: Trial, { members }: AutoBeOpenApi.IProvocation.IRepeat): boolean => {
  const { workshop, model, operation, script } = trial;
  if (model.stance === "actor") return repeatByAccounts(trial, members);
  const relations = model.foreignFields
    .filter((field) => members.includes(field.name))
    .map((field) => field.relation.name);
  // Where nothing is not like nothing, both rows must have something there.
  const isFull = model.uniqueIndexes.some(
    (one) => one.nulls === "distinct" && one.fieldNames.join() === members.join(),
  );
  for (const caller of workshop.callers(operation)) {
    const plan = workshop.touchable(model, operation, caller, { isFull });
    const beside = plan === null ? null : workshop.planner.sibling(plan, new Set(relations));
    const second = workshop.ready(beside, operation, caller);
    if (plan === null || second === null) continue;
    if (isFull && [plan, second].some((one) => relations.some((name) => !one.references.has(name)))) continue;
    const columns = members.filter((member) => model.plainFields.some((field) => field.name === member));
    if (columns.some((column) => plan.overrides.get(column) === "null")) continue;
    const first = script.row(plan);
    const values = Object.fromEntries(columns.map((column) => [column, identifier(`${first}.${column}`)]));
    refuse(trial, caller, { ...keyPath(script, second), body: object(values) });
    return true;
  }
  return false;
};

/** Two accounts want to be the same, each by its own hand or by that of whoever may change both. */
const repeatByAccounts = (trial: Trial, members: string[]): boolean => {
  const { workshop, model, operation, script } = trial;
  const caller = workshop.callers(operation)[0]!;
  const plan = workshop.touchable(model, operation, caller);
  const second = plan === null ? null : workshop.planner.sibling(plan, new Set());
  if (plan === null || second === null) return false;
  const other = isSame(plan.creator, caller) ? second.creator : caller;
  if (workshop.ready(second, operation, other) === null) return false;
  const sample = script.sample(operation.requestBody!);
  const values = { ...sample, properties: sample.properties.filter((one) => members.includes(one.name)) };
  const body = identifier(script.declare("body", values, operation.requestBody));
  script.call(operation, caller, object({ ...keyPath(script, plan), body }), {});
  refuse(trial, other, { ...keyPath(script, second), body });
  return true;
};

const repeatByCreation = (trial: Trial, { members }: AutoBeOpenApi.IProvocation.IRepeat): boolean => {
  const { workshop, model, operation, script } = trial;
  const relations = model.foreignFields
    .filter((field) => members.includes(field.name))
    .map((field) => field.relation.name);
  // Nothing is no duplicate of nothing.
  const sibling = (one: Plan): Plan | null => workshop.planner.sibling(one, new Set(relations));
  const isFit = (one: Plan): boolean => {
    const other = members.every((name) => one.overrides.get(name) !== "null") ? sibling(one) : null;
    return other !== null && !isLimited(operation, one, other);
  };
  const plan = firstRow(trial, relations, isFit);
  if (plan === null) return false;
  const second = sibling(plan)!;
  const path = script.path(plan);
  const first = script.declare("body", script.body(plan), operation.requestBody);
  script.call(operation, plan.creator, object({ ...path, body: identifier(first) }), { makes: plan });
  const other = script.body(second);
  const properties = other.properties.map((one) =>
    members.includes(one.name) ? { name: one.name, value: identifier(`${first}.${one.name}`) } : one,
  );
  refuse(trial, second.creator, { ...script.path(second), body: { ...other, properties } });
  return true;
};

/** Whether a limit of one row refuses the second before it is looked at. */
const isLimited = (operation: AutoBeOpenApi.IOperation, first: Plan, second: Plan): boolean =>
  operation.refusals.some(({ provoke }) => {
    if (provoke?.kind !== "limit" || provoke.maximum !== 1) return false;
    const [one, other] = [first, second].map((plan) => plan.references.get(provoke.relation));
    return one?.kind === "account" ? other?.kind === "account" && isSame(one.account, other.account) : one === other;
  });

/** As many as are allowed, then one more; only where that is a number a test can count up to. */
const MOST_ROWS = 1000;
/** More than that are written as a loop. */
const MOST_LINES = 4;

export const tooMany = (trial: Trial, provocation: AutoBeOpenApi.IProvocation.ILimit): boolean => {
  if (provocation.maximum > MOST_ROWS) return false;
  return trial.operation.kind === "update"
    ? tooManyByChange(trial, provocation)
    : tooManyByCreation(trial, provocation);
};

const tooManyByCreation = (trial: Trial, limit: AutoBeOpenApi.IProvocation.ILimit): boolean => {
  const { script } = trial;
  const plan = firstRow(trial, [limit.relation], (one) => another(trial, limit, one) !== null);
  if (plan === null) return false;
  accept(trial, plan, script.body(plan));
  fill(trial, limit, plan);
  const last = another(trial, limit, plan)!;
  refuse(trial, last.creator, { ...script.path(last), body: script.body(last) });
  const beside = trial.workshop.planner.isLean ? null : elsewhere(trial, limit, plan);
  if (beside !== null) accept(trial, beside, script.body(beside));
  return true;
};

/** A row that counts for something else, where there is room. */
const elsewhere = (
  { workshop, model, operation }: Trial,
  { relation }: AutoBeOpenApi.IProvocation.ILimit,
  plan: Plan,
): Plan | null => {
  const { actor, index } = plan.creator;
  const own = plan.references.get(relation);
  for (const creator of [plan.creator, { actor, index: index === 2 ? 3 : 2 }]) {
    if (actor === "guest" && creator !== plan.creator) continue;
    for (const isFull of [false, true]) {
      const wish: Wish = { demands: [], creator, isFull, renewed: new Set([relation]), isFresh: true };
      const found = workshop.planner.find(model, [], wish);
      const other = found?.references.get(relation);
      if (found == null || found.operation !== operation || own === undefined || other === undefined) continue;
      if (!isOne(own, other) && !hasCompany(found, relation)) return found;
    }
  }
  return null;
};

/** Whether a row refers to another one of its kind, which would count for a limit, too. */
const hasCompany = (plan: Plan, relation: string): boolean =>
  [...plan.references.values()].some(
    (one) => one.kind === "row" && one.plan.model === plan.model && one.plan.references.has(relation),
  );

const isOne = (one: Referred, other: Referred): boolean =>
  one.kind === "account" ? other.kind === "account" && isSame(one.account, other.account) : other === one;

/** A row is moved to where there is no room. */
const tooManyByChange = (trial: Trial, limit: AutoBeOpenApi.IProvocation.ILimit): boolean => {
  const { script } = trial;
  const move = moveOf(trial, limit);
  if (move === null) return false;
  const { caller, plan, mover, body } = move;
  script.row(plan);
  fill(trial, limit, plan);
  refuse(trial, caller, { ...keyPath(script, mover()), body: body() });
  return true;
};

/** A row that counts where the limit holds, and others that may be moved there. */
interface Move {
  caller: Account;
  plan: Plan;
  /** A row that counts elsewhere, another one each time. */
  mover(): Plan;
  body(): IExpression.IObjectLiteral;
}

export const moveOf = (trial: Trial, limit: AutoBeOpenApi.IProvocation.ILimit): Move | null => {
  const { workshop, model, operation, script } = trial;
  const { planner } = workshop;
  const key = model.foreignFields.find((field) => field.relation.name === limit.relation)!.name;
  const ways = workshop.callers(operation).flatMap((caller) => [false, true].map((isFull) => ({ caller, isFull })));
  for (const { caller, isFull } of ways)
    for (const { filter } of operation.access.filter((access) => access.actor === caller.actor)) {
      const wish: Wish = { demands: [{ account: caller, conditions: filter ?? [] }], isFull };
      const plan = planner.find(model, [caller], wish);
      const renewed = new Set([limit.relation]);
      const find = (creator: Account): Plan | null =>
        workshop.ready(planner.find(model, [caller], { ...wish, creator, renewed, isFresh: true }), operation, caller);
      const mover = plan && find(plan.creator);
      const [target, other] = [plan, mover].map((one) => one?.references.get(limit.relation));
      if (plan === null || mover === null || !target || !other || another(trial, limit, plan) === null) continue;
      if (isOne(target, other) || hasCompany(plan, limit.relation)) continue;
      if (target.kind === "row" && !planner.sees(target.plan, caller)) continue;
      const waiting = [mover];
      return {
        caller,
        plan,
        mover: () => waiting.pop() ?? find(plan.creator)!,
        body: () => object({ [key]: script.key(target) }),
      };
    }
  return null;
};

/** A row beside the planned one, where as many are to stand as the limit allows and one more. */
export const another = (
  { workshop }: Trial,
  { relation, maximum }: AutoBeOpenApi.IProvocation.ILimit,
  plan: Plan,
): Plan | null => workshop.planner.sibling(plan, new Set([relation]), maximum + 1);

/** As many rows beside the first as there is room for. */
export const fill = (
  trial: Trial,
  limit: AutoBeOpenApi.IProvocation.ILimit,
  plan: Plan,
  rows = limit.maximum - 1,
): void => {
  const { script } = trial;
  const add = (): void => {
    const next = another(trial, limit, plan)!;
    const argument = object({ ...script.path(next), body: script.body(next) });
    script.call(next.operation, next.creator, argument, { makes: next });
  };
  if (rows >= MOST_LINES) script.repeat(rows, add);
  else for (let count = 0; count < rows; ++count) add();
};
