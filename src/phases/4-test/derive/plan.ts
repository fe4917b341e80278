/**
 * How a row comes to be: who creates it, with which rows before it, in which state.
 *
 * A plan is found before a statement is written, because a row must satisfy several people at once: the filter of who
 * creates it, the filters of who reads it, and those of whoever brings it into its state.
 */
import { type AutoBeDatabase, composedProperty, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { Account, Demand, Plan, Referred } from "./knowledge.js";
import { Origins, originOf } from "./origins.js";
import { distinct, findRoute } from "./route.js";
import { renewed } from "./sibling.js";
import { termsOf } from "./terms.js";
import { avoidances, type Making, type Pin, type Wish } from "./wish.js";

export { type Account, type Demand, isSame, type Plan, type Referred } from "./knowledge.js";

const DEEPEST = 10;

export class Planner extends Origins {
  private next = 3;

  /** A row that all the readers can see and that satisfies the wish; null where no way leads to one. */
  public override find(model: AutoBeDatabase.IModel, readers: Account[], wish: Wish, depth = 0): Plan | null {
    if (depth > DEEPEST) return null;
    if (model.stance === "actor") return this.findAccount(model, readers, wish, depth);
    const operation = originOf(this.document, model.name);
    if (operation === undefined) return null;
    const isCustom = operation.kind === "custom";
    const actors = [...new Set(operation.access.map((access) => access.actor))];
    const preferred = [
      ...(this.spread.has(model.name) ? actors.map((actor) => ({ actor, index: this.next++ })) : []),
      ...readers.filter((reader) => actors.includes(reader.actor)),
      ...actors
        .filter((actor) => readers.every((reader) => reader.actor !== actor))
        .map((actor) => ({ actor, index: 1 })),
      // Somebody else than whoever sees it, where it must not be one's own.
      ...readers.filter((reader) => reader.actor !== "guest" && actors.includes(reader.actor)).map(beside),
    ];
    for (const creator of wish.creator === undefined ? preferred : [wish.creator])
      for (const access of operation.access.filter((one) => one.actor === creator.actor))
        for (const [avoided, readings] of pairs(
          avoidances(this, model, operation, wish.provoked),
          combinations(readers.map((reader) => this.readings(model.name, reader))),
        )) {
          // The scope of a custom operation is about the row that its path names.
          const conditions = isCustom ? [] : [...(access.filter ?? []), ...avoided];
          const created: Demand = { account: creator, conditions };
          const demands = [...wish.demands, created, ...readings];
          for (const extra of this.scopes(model, wish, demands))
            for (const helpers of this.helpers(model, wish, demands)) {
              const asked = { ...wish, demands: [...extra, ...demands] };
              const making: Making = { model, operation, creator, readers, helpers, wish: asked, depth };
              const plan = this.build(making, isCustom ? access.filter : undefined);
              if (plan !== null) return plan;
            }
        }
    return null;
  }

  /** The test bed makes accounts, so all that is to be found is which one. */
  private findAccount(model: AutoBeDatabase.IModel, readers: Account[], wish: Wish, depth: number): Plan | null {
    const actor = this.document.components.authorizations.find(({ name }) =>
      this.isActor(model.name, { actor: name, index: 1 }),
    );
    const operation = this.document.operations.find((one) => one.kind === "me" && one.model === model.name);
    if (actor === undefined || operation === undefined) return null;
    const own = readers.filter((reader) => reader.actor === actor.name);
    const others = wish.isFresh || own.length !== 0 ? this.next++ : 1;
    const initial = model.plainFields.find((field) => field.source?.kind === "state")?.default ?? null;
    for (const creator of wish.creator === undefined ? [...own, { actor: actor.name, index: others }] : [wish.creator])
      for (const readings of combinations(readers.map((reader) => this.readings(model.name, reader)))) {
        const demands = [...wish.demands, ...readings];
        const plan: Plan = {
          model,
          operation,
          creator,
          references: new Map(),
          overrides: new Map(),
          transitions: [],
          state: initial,
          isFresh: wish.isFresh ?? false,
          needs: [],
          ahead: [],
          call: null,
        };
        const states = new Set([
          wish.state ?? initial,
          ...(wish.state ? [] : (model.plainFields.find((field) => field.source?.kind === "state")?.values ?? [])),
        ]);
        for (const state of states)
          for (const helpers of this.helpers(model, { ...wish, state }, demands)) {
            const people = distinct([creator, ...readers, ...helpers]);
            const route =
              initial === null || state === null ? [] : findRoute(this, plan, initial, state, people, depth);
            const moved = route === null ? null : { ...plan, transitions: route, state };
            if (moved !== null && demands.every((demand) => this.holdsAll(moved, demand))) return moved;
          }
      }
    return null;
  }

  /** Another row like the planned one, by the same creator: what must not be the same is made anew. Null where all of it must. */
  public sibling(plan: Plan, pinned: ReadonlySet<string>, rows: number | null = null): Plan | null {
    if (plan.model.stance === "actor")
      return this.find(plan.model, [], { demands: [], creator: { actor: plan.creator.actor, index: this.next++ } });
    const anew = renewed(this, plan, pinned, rows);
    if (anew === null) return null;
    const isCreators = (name: string): boolean =>
      plan.model.foreignFields.some((field) => field.relation.name === name && field.source?.kind === "actor");
    const creator = [...anew].some(isCreators) ? { actor: plan.creator.actor, index: this.next++ } : plan.creator;
    const isKept = ([name, referred]: [string, Referred]): boolean =>
      !anew.has(name) &&
      !isCreators(name) &&
      plan.model.foreignFields.some((field) => field.relation.name === name) &&
      (pinned.has(name) || referred.kind === "account" || this.sees(referred.plan, creator));
    const given = new Map([...plan.references].filter(isKept));
    const wish: Wish = { demands: [], creator, given, renewed: anew, isFresh: true };
    return this.find(plan.model, [], wish);
  }

  /** What those who bring the row on ask of its own values, to see it and to act on it: nothing, what one of them asks, or each. */
  private scopes(model: AutoBeDatabase.IModel, wish: Wish, demands: Demand[]): Demand[][] {
    if (!this.isMoved(model, wish, demands)) return [[]];
    const status = model.plainFields.find((field) => field.source?.kind === "state")?.name;
    const asked = this.document.operations
      .filter((one) => one.model === model.name && one.transition !== null)
      .flatMap((one) =>
        one.access.flatMap(({ actor, filter }) =>
          avoidances(this, model, one).map((avoided) => ({ actor, filter, avoided })),
        ),
      )
      .flatMap(({ actor, filter, avoided }): Demand[] => {
        const account = { actor, index: 1 };
        const readings = this.readings(model.name, account);
        return (readings.length === 0 ? [{ account, conditions: [] }] : readings).map(({ conditions }) => ({
          account,
          conditions: [...(filter ?? []), ...avoided, ...conditions].filter(
            ({ path, value }) => path.length === 1 && value !== "me" && path[0] !== status,
          ),
        }));
      })
      .filter(({ conditions }) => conditions.length !== 0);
    const each = asked.filter(
      (one, index) => asked.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index,
    );
    return [[], ...each.map((one) => [one]), ...(each.length > 1 ? [each] : [])];
  }

  private isMoved(model: AutoBeDatabase.IModel, wish: Wish, demands: Demand[]): boolean {
    const status = model.plainFields.find((field) => field.source?.kind === "state")?.name;
    return (
      (wish.state ?? null) !== null || demands.some((demand) => demand.conditions.some((one) => one.path[0] === status))
    );
  }

  /** Who besides creator and readers may be needed: nobody, one of those who may call transitions, or all of them. */
  private helpers(model: AutoBeDatabase.IModel, wish: Wish, demands: Demand[]): Account[][] {
    const status = model.plainFields.find((field) => field.source?.kind === "state")?.name;
    if (status === undefined || !this.isMoved(model, wish, demands)) return [[]];
    const others = this.document.operations
      .filter((one) => one.model === model.name && one.transition !== null)
      .flatMap((one) => one.access.map(({ actor }): Account => ({ actor, index: 1 })));
    const each = distinct([...others, ...others.filter(({ actor }) => actor !== "guest").map(beside)]);
    return [[], ...each.map((one) => [one]), ...(each.length > 1 ? [each] : [])];
  }

  private build(making: Making, filter?: AutoBeOpenApi.ICondition[] | null): Plan | null {
    const { model, operation, creator, readers, helpers, wish } = making;
    const terms = termsOf(this, making);
    if (terms === null) return null;
    const initial = model.plainFields.find((field) => field.source?.kind === "state")?.default ?? null;
    const plan: Plan = {
      model,
      operation,
      creator,
      references: new Map(),
      overrides: terms.overrides,
      transitions: [],
      state: initial,
      isFresh: wish.isFresh ?? false,
      needs: [],
      ahead: [],
      call: null,
    };
    const isLinked =
      filter === undefined
        ? this.refers(making, plan, terms) && this.links(making, plan) && this.composes(making, plan)
        : this.calls(making, plan, terms, filter);
    if (!isLinked) return null;
    const state = terms.state ?? initial;
    if (initial !== null && state !== null && state !== initial) {
      const route = findRoute(this, plan, initial, state, distinct([creator, ...readers, ...helpers]), making.depth);
      if (route === null) return null;
      Object.assign(plan, { transitions: route, state });
    }
    const needs = this.needsOf(plan, operation, creator, making.depth);
    if (needs === null) return null;
    plan.needs = needs;
    const created = wish.demands.at(-1 - readers.length);
    const isMet = (demand: Demand): boolean =>
      // The filter of creating is judged when the row is new, the others when it is in its state.
      this.holdsAll(demand === created ? { ...plan, state: initial, transitions: [] } : plan, demand);
    return wish.demands.every(isMet) ? plan : null;
  }

  /** Rows without which the call would be refused; null where one cannot be had. */
  public needsOf(plan: Plan, operation: AutoBeOpenApi.IOperation, caller: Account, depth = 0): Plan[] | null {
    const found: Plan[] = [];
    for (const { provoke } of operation.refusals) {
      if (provoke?.kind !== "absent") continue;
      const asked = neededRow(this.database, provoke);
      if (asked === null) return null;
      const conditions: AutoBeOpenApi.ICondition[] = [];
      const demands: Demand[] = [{ account: caller, conditions }];
      const pins: Pin[] = [];
      for (const { path, operator, equals } of asked.match) {
        const referred: Referred | undefined =
          equals.kind === "relation"
            ? referredAt(plan, equals.name.split("."))
            : equals.kind === "self"
              ? { kind: "row", plan }
              : undefined;
        if (equals.kind === "me") conditions.push({ path, operator: "=", value: "me" });
        else if (equals.kind === "literal") conditions.push({ path, operator, value: equals.value });
        else if (referred === undefined) return null;
        else if (referred.kind === "account")
          demands.push({ account: referred.account, conditions: [{ path, operator: "=", value: "me" }] });
        else pins.push({ path, plan: referred.plan });
      }
      const wish: Wish = { demands, pins };
      const needed = this.find(asked.model, [caller], wish, depth + 1) ?? this.find(asked.model, [], wish, depth + 1);
      if (needed === null) return null;
      found.push(needed);
    }
    return found;
  }
}

/** What a path of relations leads to from a planned row. */
const referredAt = (plan: Plan, [head, ...rest]: readonly string[]): Referred | undefined => {
  const referred = plan.references.get(head ?? "");
  if (referred === undefined || rest.length === 0) return referred;
  return referred.plan === undefined ? undefined : referredAt(referred.plan, rest);
};

/** The row that is made so that another is there: of a composed one the parent, in whose body it lives. */
const neededRow = (
  database: AutoBeDatabase.IApplication,
  { model: name, match }: AutoBeOpenApi.IProvocation.IAbsent,
): { model: AutoBeDatabase.IModel; match: AutoBeOpenApi.IProvocation.IAbsent["match"] } | null => {
  const model = modelNamed(database, name);
  if (model?.parent?.kind !== "composed") return model === undefined ? null : { model, match };
  const { relation } = model.parent;
  const parent = modelNamed(database, model.parent.model);
  const property = composedProperty(model);
  return parent === undefined
    ? null
    : {
        model: parent,
        match: match.map(({ path, operator, equals }) => ({
          operator,
          path: path[0] === relation ? path.slice(1) : [property, ...path],
          equals,
        })),
      };
};

const pairs = <X, Y>(some: readonly X[], others: readonly Y[]): [X, Y][] =>
  some.flatMap((one) => others.map((other): [X, Y] => [one, other]));

/** Another account of the same actor. */
const beside = ({ actor, index }: Account): Account => ({ actor, index: index === 1 ? 2 : 1 });

/** One alternative of each list, in every combination, at most sixteen; none where a list is empty. */
const combinations = (lists: Demand[][]): Demand[][] =>
  lists
    .reduce<Demand[][]>((made, list) => made.flatMap((head) => list.map((one) => [...head, one])), [[]])
    .slice(0, 16);
