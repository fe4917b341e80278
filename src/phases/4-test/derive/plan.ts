/**
 * How a row comes to be: who creates it, with which rows before it, in which state.
 *
 * A plan is found before a statement is written, because a row must satisfy several people at once: the filter of who
 * creates it, the filters of who reads it, and those of whoever brings it into its state.
 */
import { linkIds } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed, modelsOf } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { type Account, type Demand, isSame, Knowledge, type Plan, type Referred } from "./knowledge.js";
import { distinct, findRoute } from "./route.js";
import { renewed } from "./sibling.js";

export { type Account, type Demand, isSame, type Plan, type Referred } from "./knowledge.js";

export interface Wish {
  demands: Demand[];
  /** Relation name → given row or account. */
  given?: Map<string, Referred>;
  /** Rows to be met along a path of relations. */
  pins?: Pin[];
  /** Relations whose rows are made anew. */
  renewed?: ReadonlySet<string>;
  /** Columns with a value of their own. */
  overrides?: Map<string, string>;
  state?: string | null;
  /** Also give optional references where they can be had. */
  isFull?: boolean;
  isFresh?: boolean;
  /** Creator to be used and no other. */
  creator?: Account;
  /** Readers only see the row, they need not walk the path to it. */
  isDistant?: boolean;
}

/** The row that a path of relations must end at. */
export interface Pin {
  path: string[];
  plan: Plan;
}

/** What `build` has to reckon with besides the wish. */
interface Making {
  model: AutoBeDatabase.IModel;
  operation: AutoBeOpenApi.IOperation;
  creator: Account;
  readers: Account[];
  /** Others who help the row into its state. */
  helpers: Account[];
  wish: Wish;
  depth: number;
}

/** What the demands come down to. */
interface Terms {
  overrides: Map<string, string>;
  /** Relation → demands on the row behind it. */
  delegated: Map<string, Demand[]>;
  pinned: Map<string, Referred>;
  state: string | null;
}

const DEEPEST = 10;

export class Planner extends Knowledge {
  /** Models whose rows need a creator each, since an account may have few of them. */
  public readonly spread = new Set<string>();
  /** Whether optional references are left out, however full a row is wished for. */
  public isLean = false;
  private next = 3;

  /** A row that all the readers can see and that satisfies the wish; null where no way leads to one. */
  public find(model: AutoBeDatabase.IModel, readers: Account[], wish: Wish, depth = 0): Plan | null {
    if (depth > DEEPEST) return null;
    const operation = this.document.operations.find(
      (one) => one.kind === "create" && one.creates.some((creation) => creation.model === model.name),
    );
    if (operation === undefined) return null;
    const actors = [...new Set(operation.access.map((access) => access.actor))];
    const preferred = [
      ...(this.spread.has(model.name) ? actors.map((actor) => ({ actor, index: this.next++ })) : []),
      ...readers.filter((reader) => actors.includes(reader.actor)),
      ...actors
        .filter((actor) => readers.every((reader) => reader.actor !== actor))
        .map((actor) => ({ actor, index: 1 })),
    ];
    for (const creator of wish.creator === undefined ? preferred : [wish.creator])
      for (const access of operation.access.filter((one) => one.actor === creator.actor))
        for (const readings of combinations(readers.map((reader) => this.readings(model.name, reader)))) {
          const created: Demand = { account: creator, conditions: access.filter ?? [] };
          const demands = [...wish.demands, created, ...readings];
          for (const helpers of this.helpers(model, wish, demands)) {
            const plan = this.build({ model, operation, creator, readers, helpers, wish: { ...wish, demands }, depth });
            if (plan !== null) return plan;
          }
        }
    return null;
  }

  /** Another row like the planned one, by the same creator: what must not be the same is made anew. Null where all of it must. */
  public sibling(plan: Plan, pinned: ReadonlySet<string>, rows = 2): Plan | null {
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

  /** Who besides creator and readers may be needed: nobody, one of those who may call transitions, or all of them. */
  private helpers(model: AutoBeDatabase.IModel, wish: Wish, demands: Demand[]): Account[][] {
    const status = model.plainFields.find((field) => field.source?.kind === "state")?.name;
    const isMoved =
      (wish.state ?? null) !== null ||
      demands.some((demand) => demand.conditions.some((one) => one.path[0] === status));
    if (status === undefined || !isMoved) return [[]];
    const others = this.document.operations
      .filter((one) => one.model === model.name && one.transition !== null)
      .flatMap((one) => one.access.map(({ actor }): Account => ({ actor, index: 1 })));
    const each = distinct(others);
    return [[], ...each.map((one) => [one]), ...(each.length > 1 ? [each] : [])];
  }

  private build(making: Making): Plan | null {
    const { model, operation, creator, readers, helpers, wish } = making;
    const terms = this.terms(making);
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
    };
    if (!this.refers(making, plan, terms) || !this.links(making, plan) || !this.composes(making, plan)) return null;
    const state = terms.state ?? initial;
    if (initial !== null && state !== null && state !== initial) {
      const route = findRoute(this, plan, initial, state, distinct([creator, ...readers, ...helpers]));
      if (route === null) return null;
      Object.assign(plan, { transitions: route, state });
    }
    if (!this.needs(making, plan)) return null;
    const created = wish.demands.at(-1 - readers.length);
    const isMet = (demand: Demand): boolean =>
      // The filter of creating is judged when the row is new, the others when it is in its state.
      this.holdsAll(demand === created ? { ...plan, state: initial, transitions: [] } : plan, demand);
    return wish.demands.every(isMet) ? plan : null;
  }

  /** Conditions on the row itself become values, those further on become demands on other rows; null where they contradict. */
  private terms({ model, operation, creator, readers, wish }: Making): Terms | null {
    const status = model.plainFields.find((field) => field.source?.kind === "state");
    const terms: Terms = {
      overrides: new Map(wish.overrides ?? []),
      delegated: new Map(),
      pinned: new Map(wish.given ?? []),
      state: wish.state ?? null,
    };
    for (const { path, plan } of wish.pins ?? [])
      if (path.length === 1) terms.pinned.set(path[0]!, { kind: "row", plan });
    const created = wish.demands.at(-1 - readers.length);
    for (const demand of wish.demands)
      for (const condition of demand.conditions) {
        const [head, ...rest] = condition.path as [string, ...string[]];
        const pointer = model.foreignFields.find((field) => field.relation.name === head);
        if (pointer !== undefined && rest.length !== 0) {
          const inner = { account: demand.account, conditions: [{ ...condition, path: rest }] };
          terms.delegated.set(head, [...(terms.delegated.get(head) ?? []), inner]);
        } else if (pointer !== undefined) {
          if (!this.pinReference(terms, operation, creator, pointer, condition, demand.account)) return null;
        } else if (head === status?.name) {
          if (demand !== created && !pinState(terms, status, condition)) return null;
        } else if (!this.pinColumn(model, operation, terms.overrides, condition)) return null;
      }
    return terms;
  }

  /** Plans the rows without which the creation would be refused; false where one cannot be had. */
  private needs({ operation, creator, depth }: Making, plan: Plan): boolean {
    for (const { provoke } of operation.refusals) {
      if (provoke?.kind !== "absent") continue;
      const model = modelNamed(this.database, provoke.model);
      if (model === undefined) return false;
      const conditions: AutoBeOpenApi.ICondition[] = [];
      const demands: Demand[] = [{ account: creator, conditions }];
      const pins: Pin[] = [];
      for (const { path, equals } of provoke.match) {
        const referred = equals.kind === "relation" ? plan.references.get(equals.name) : undefined;
        if (equals.kind === "me") conditions.push({ path, operator: "=", value: "me" });
        else if (equals.kind === "literal") conditions.push({ path, operator: "=", value: equals.value });
        else if (referred === undefined) return false;
        else if (referred.kind === "account")
          demands.push({ account: referred.account, conditions: [{ path, operator: "=", value: "me" }] });
        else pins.push({ path, plan: referred.plan });
      }
      const needed =
        this.find(model, [creator], { demands, pins }, depth + 1) ?? this.find(model, [], { demands, pins }, depth + 1);
      if (needed === null) return false;
      plan.needs.push(needed);
    }
    return true;
  }

  private properties(operation: AutoBeOpenApi.IOperation): Record<string, unknown> {
    const body = this.document.components.schemas[operation.requestBody ?? ""];
    return body !== undefined && "properties" in body ? body.properties : {};
  }

  private pinReference(
    terms: Terms,
    operation: AutoBeOpenApi.IOperation,
    creator: Account,
    pointer: AutoBeDatabase.IForeignField,
    condition: AutoBeOpenApi.ICondition,
    account: Account,
  ): boolean {
    const { name } = pointer.relation;
    if (condition.value === "null") {
      if (condition.operator === "!=") terms.delegated.set(name, terms.delegated.get(name) ?? []);
      return true;
    }
    if (condition.value !== "me") return false;
    if (condition.operator === "!=") return true;
    if (pointer.source?.kind === "actor") return isSame(creator, account);
    if (this.properties(operation)[pointer.name] === undefined) return false;
    const already = terms.pinned.get(name);
    if (already !== undefined && !(already.kind === "account" && isSame(already.account, account))) return false;
    terms.pinned.set(name, { kind: "account", account });
    return true;
  }

  /** A plain column that must have, or not have, a value. */
  private pinColumn(
    model: AutoBeDatabase.IModel,
    operation: AutoBeOpenApi.IOperation,
    overrides: Map<string, string>,
    { path, operator, value }: AutoBeOpenApi.ICondition,
  ): boolean {
    const name = path[0]!;
    const field = model.plainFields.find((one) => one.name === name);
    if (field === undefined) return false;
    if (this.properties(operation)[name] === undefined) return true; // judged in the end
    const has = overrides.get(name);
    if (operator === "=") {
      if (has !== undefined && has !== value) return false;
      overrides.set(name, value);
      return true;
    }
    if (value === "null") return has !== "null";
    if (has !== undefined) return has !== value;
    const others = field.type === "boolean" ? ["true", "false"] : (field.values ?? []);
    const other = others.find((one) => one !== value);
    if (other !== undefined) overrides.set(name, other);
    return true;
  }

  /** Puts rows and accounts behind the relations; false where a needed one cannot be had. */
  private refers(making: Making, plan: Plan, terms: Terms): boolean {
    const { foreignFields, parent } = making.model;
    if (this.refersTo(foreignFields, making, plan, terms)) return true;
    // A sibling may need a parent of a certain kind: where it finds its own, that is taken.
    const siblings = foreignFields.filter((field) => this.isSibling(making.model, field.relation.targetModel));
    if (siblings.length === 0 || terms.pinned.has(parent!.relation)) return false;
    plan.references.clear();
    if (!this.refersTo(siblings.slice(0, 1), making, plan, terms)) return false;
    const [sibling] = plan.references.values();
    if (sibling?.kind !== "row") return false;
    const shared = sibling.plan.references.get(sibling.plan.model.parent!.relation)!;
    const pinned = new Map([...terms.pinned, ...plan.references, [parent!.relation, shared] as const]);
    plan.references.clear();
    return this.refersTo(foreignFields, making, plan, { ...terms, pinned });
  }

  private refersTo(
    fields: AutoBeDatabase.IForeignField[],
    { model, operation, creator, readers, helpers, wish, depth }: Making,
    plan: Plan,
    terms: Terms,
  ): boolean {
    const properties = this.properties(operation);
    const everybody = distinct([creator, ...(wish.isDistant ? [] : readers), ...helpers]);
    for (const field of fields) {
      const { name, targetModel } = field.relation;
      const isParent = model.parent?.kind === "routed" && name === model.parent.relation;
      if (field.source?.kind === "actor") {
        if (this.isActor(targetModel, creator)) plan.references.set(name, { kind: "account", account: creator });
        continue;
      }
      if (!isParent && properties[field.name] === undefined) continue;
      const given = terms.pinned.get(name);
      const pins = (wish.pins ?? [])
        .filter((pin) => pin.path[0] === name && pin.path.length > 1)
        .map((pin) => ({ ...pin, path: pin.path.slice(1) }));
      const isNeeded =
        isParent || pins.length !== 0 || !field.nullable || terms.delegated.has(name) || given !== undefined;
      if (!isNeeded && (!wish.isFull || this.isLean)) continue;
      const referred =
        given ??
        this.refer(
          targetModel,
          isParent ? everybody : [creator],
          !isParent,
          terms.delegated.get(name) ?? [],
          field.unique || (wish.renewed?.has(name) ?? false),
          this.sharedParent(model, targetModel, plan),
          depth,
          pins,
        );
      const isKnown = isParent
        ? referred?.kind === "row" && everybody.every((one) => this.reaches(referred.plan, one))
        : referred?.kind !== "row" || this.sees(referred.plan, creator);
      if (referred !== null && isKnown) plan.references.set(name, referred);
      else if (isNeeded) return false;
    }
    return true;
  }

  private links({ model, operation, creator, wish, depth }: Making, plan: Plan): boolean {
    if (wish.isFull && !this.isLean)
      for (const link of model.links) {
        if (this.properties(operation)[linkIds(link.name)] === undefined || link.targetModel === model.name) continue;
        const shared = this.sharedParent(model, link.targetModel, plan);
        const referred = this.refer(link.targetModel, [creator], true, [], false, shared, depth);
        if (referred !== null) plan.references.set(link.name, referred);
      }
    return true;
  }

  /** References of composed children stand in the body too. */
  private composes({ model, creator, wish, depth }: Making, plan: Plan): boolean {
    for (const child of modelsOf(this.database)) {
      if (child.parent?.kind !== "composed" || child.parent.model !== model.name) continue;
      for (const field of child.foreignFields) {
        const { name, targetModel } = field.relation;
        if (name === child.parent.relation || field.writer === "server" || (field.nullable && !wish.isFull)) continue;
        const referred = this.refer(targetModel, [creator], true, [], field.unique, undefined, depth);
        if (referred !== null) plan.references.set(`${child.name}.${name}`, referred);
        else if (!field.nullable) return false;
      }
    }
    return true;
  }

  /** A row or account to point to, that the given people can see. */
  public refer(
    target: string,
    readers: Account[],
    isDistant: boolean,
    demands: Demand[],
    isFresh: boolean,
    parent: Referred | undefined,
    depth: number,
    pins: Pin[] = [],
  ): Referred | null {
    const actor = this.document.components.authorizations.find((one) =>
      this.isActor(target, { actor: one.name, index: 1 }),
    );
    if (actor !== undefined) {
      const own = readers.find((reader) => reader.actor === actor.name);
      return { kind: "account", account: own ?? { actor: actor.name, index: 1 } };
    }
    const model = modelNamed(this.database, target);
    if (model === undefined) return null;
    const given =
      parent === undefined || model.parent === null ? {} : { given: new Map([[model.parent.relation, parent]]) };
    const plan = this.find(model, readers, { demands, isFresh, isDistant, pins, ...given }, depth + 1);
    return plan === null ? null : { kind: "row", plan };
  }

  /** Siblings below one parent must have the same parent row. */
  private sharedParent(model: AutoBeDatabase.IModel, target: string, plan: Plan): Referred | undefined {
    return this.isSibling(model, target) ? plan.references.get(model.parent!.relation) : undefined;
  }
  private isSibling(model: AutoBeDatabase.IModel, target: string): boolean {
    const other = modelNamed(this.database, target);
    return (
      model.parent?.kind === "routed" && other?.parent?.kind === "routed" && other.parent.model === model.parent.model
    );
  }
}

const pinState = (
  terms: Terms,
  status: AutoBeDatabase.IPlainField,
  { operator, value }: AutoBeOpenApi.ICondition,
): boolean => {
  if (operator === "=") {
    if (terms.state !== null && terms.state !== value) return false;
    terms.state = value;
    return true;
  }
  if (terms.state !== null) return terms.state !== value;
  if (status.default === value) terms.state = (status.values ?? []).find((one) => one !== value) ?? null;
  return terms.state !== null || status.default !== value;
};

/** One alternative of each list, in every combination, at most sixteen; none where a list is empty. */
const combinations = (lists: Demand[][]): Demand[][] =>
  lists
    .reduce<Demand[][]>((made, list) => made.flatMap((head) => list.map((one) => [...head, one])), [[]])
    .slice(0, 16);
