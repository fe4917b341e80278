/**
 * How a row comes to be: who creates it, with which rows before it, in which state.
 *
 * A plan is found before a statement is written, because a row must satisfy several people at once: the filter of who
 * creates it, the filters of who reads it, and those of whoever brings it into its state.
 */
import { dto, linkIds, pascal } from "../../../base/naming.js";
import type { IExpression } from "../../../base/expression.js";
import { type AutoBeDatabase, modelNamed, modelsOf } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";

/** An account of the test: the first, second … of an actor; actor `guest` is nobody. */
export interface Account {
  actor: string;
  index: number;
}
export const isSame = (x: Account, y: Account): boolean => x.actor === y.actor && x.index === y.index;

/** What must hold of a row, with `me` standing for the account. */
export interface Demand {
  account: Account;
  conditions: AutoBeOpenApi.ICondition[];
}

export type Referred = { kind: "account"; account: Account } | { kind: "row"; plan: Plan };

export interface Plan {
  model: AutoBeDatabase.IModel;
  operation: AutoBeOpenApi.IOperation;
  creator: Account;
  /** Relation name → what it points to; the parent of the path among them. */
  references: Map<string, Referred>;
  /** Columns whose value differs from the sample. */
  overrides: Map<string, string>;
  /** Calls that bring the new row into its state, in order. */
  transitions: { operation: AutoBeOpenApi.IOperation; caller: Account }[];
  /** State after the transitions; null where the model has no lifecycle. */
  state: string | null;
  /** Never shared with another use of the same model. */
  isFresh: boolean;
}

export interface Wish {
  demands: Demand[];
  /** Relation name → given row or account. */
  given?: Map<string, Referred>;
  /** Columns with a value of their own. */
  overrides?: Map<string, string>;
  state?: string | null;
  /** Also give optional references where they can be had. */
  isFull?: boolean;
  isFresh?: boolean;
  /** Creator to be used and no other. */
  creator?: Account;
}

const DEEPEST = 10;

export class Planner {
  public constructor(
    public readonly database: AutoBeDatabase.IApplication,
    public readonly document: AutoBeOpenApi.IDocument,
  ) {}

  /** Alternatives by which an account may see rows of a model; empty where it may see none. */
  public readings(model: string, account: Account): Demand[] {
    const readers = this.document.readers[model] ?? [];
    const own = readers.filter((access) => access.actor === account.actor);
    return (own.length !== 0 ? own : readers.filter((access) => access.actor === "guest")).map((access) => ({
      account,
      conditions: access.filter ?? [],
    }));
  }

  /** A row that all the readers can see and that satisfies the wish; null where no way leads to one. */
  public find(model: AutoBeDatabase.IModel, readers: Account[], wish: Wish, depth = 0): Plan | null {
    if (depth > DEEPEST) return null;
    const operation = this.document.operations.find(
      (one) => one.kind === "create" && one.creates.some((creation) => creation.model === model.name),
    );
    if (operation === undefined) return null;
    const actors = [...new Set(operation.access.map((access) => access.actor))];
    const preferred = [
      ...readers.filter((reader) => actors.includes(reader.actor)),
      ...actors.filter((actor) => readers.every((reader) => reader.actor !== actor)).map((actor) => ({ actor, index: 1 })),
    ];
    const creators = wish.creator === undefined ? preferred : [wish.creator];
    for (const creator of creators)
      for (const access of operation.access.filter((one) => one.actor === creator.actor))
        for (const readings of combinations(readers.map((reader) => this.readings(model.name, reader)))) {
          const created: Demand = { account: creator, conditions: access.filter ?? [] };
          const plan = this.build(model, operation, creator, readers, { ...wish, demands: [...wish.demands, created, ...readings] }, depth);
          if (plan !== null) return plan;
        }
    return null;
  }

  private build(
    model: AutoBeDatabase.IModel,
    operation: AutoBeOpenApi.IOperation,
    creator: Account,
    readers: Account[],
    wish: Wish,
    depth: number,
  ): Plan | null {
    const status = model.plainFields.find((field) => field.source?.kind === "state");
    const overrides = new Map(wish.overrides ?? []);
    const delegated = new Map<string, Demand[]>();
    const pinned = new Map<string, Referred>(wish.given ?? []);
    let state = wish.state ?? null;
    const body = this.document.components.schemas[operation.requestBody ?? ""];
    const properties = body !== undefined && "properties" in body ? body.properties : {};
    for (const demand of wish.demands)
      for (const condition of demand.conditions) {
        const [head, ...rest] = condition.path;
        const pointer = model.foreignFields.find((field) => field.relation.name === head);
        if (pointer !== undefined && rest.length !== 0) {
          delegated.set(head!, [...(delegated.get(head!) ?? []), { account: demand.account, conditions: [{ ...condition, path: rest }] }]);
        } else if (pointer !== undefined && condition.value === "me") {
          if (condition.operator === "!=") continue;
          const wanted: Referred = { kind: "account", account: demand.account };
          if (pointer.source?.kind === "actor") {
            if (!isSame(creator, demand.account)) return null;
          } else if (properties[pointer.name] === undefined) return null;
          else {
            const already = pinned.get(head!);
            if (already !== undefined && !(already.kind === "account" && isSame(already.account, demand.account))) return null;
            pinned.set(head!, wanted);
          }
        } else if (pointer !== undefined) {
          if (condition.value !== "null") return null;
          if (condition.operator === "!=") delegated.set(head!, delegated.get(head!) ?? []);
        } else if (head === status?.name) {
          const wanted = condition.operator === "=" ? condition.value : null;
          if (wanted === null ? (state ?? status!.default) === condition.value : state !== null && state !== wanted) return null;
          state = wanted ?? state;
        } else if (!this.pinColumn(model, properties, overrides, condition)) return null;
      }
    const transitions = status === undefined || state === null || state === status.default ? [] : this.route(model, status.default!, state, creator, readers);
    if (transitions === null) return null;
    const plan: Plan = {
      model,
      operation,
      creator,
      references: new Map(),
      overrides,
      transitions,
      state: status === undefined ? null : (state ?? status.default),
      isFresh: wish.isFresh ?? false,
    };
    const everybody = distinct([creator, ...readers, ...transitions.map((one) => one.caller)]);
    for (const field of model.foreignFields) {
      const isParent = model.parent?.kind === "routed" && field.relation.name === model.parent.relation;
      if (field.source?.kind === "actor") {
        if (this.isActor(field.relation.targetModel, creator)) plan.references.set(field.relation.name, { kind: "account", account: creator });
        continue;
      }
      if (!isParent && properties[field.name] === undefined) continue;
      const given = pinned.get(field.relation.name);
      const isNeeded = isParent || !field.nullable || delegated.has(field.relation.name) || given !== undefined;
      if (!isNeeded && !wish.isFull) continue;
      if (field.relation.targetModel === model.name && given === undefined) continue;
      const referred =
        given ?? this.refer(field.relation.targetModel, isParent ? everybody : [creator], delegated.get(field.relation.name) ?? [], field.unique || (wish.isFresh ?? false), this.agreed(model, field, plan), depth);
      if (referred !== null) plan.references.set(field.relation.name, referred);
      else if (isNeeded) return null;
    }
    if (wish.isFull)
      for (const link of model.links) {
        if (properties[linkIds(link.name)] === undefined || link.targetModel === model.name) continue;
        const referred = this.refer(link.targetModel, [creator], [], false, this.agreedLink(model, link, plan), depth);
        if (referred !== null) plan.references.set(link.name, referred);
      }
    for (const child of modelsOf(this.database)) {
      if (child.parent?.kind !== "composed" || child.parent.model !== model.name) continue;
      for (const field of child.foreignFields) {
        if (field.relation.name === child.parent.relation || field.writer === "server" || (field.nullable && !wish.isFull)) continue;
        const referred = this.refer(field.relation.targetModel, [creator], [], field.unique, undefined, depth);
        if (referred !== null) plan.references.set(`${child.name}.${field.relation.name}`, referred);
        else if (!field.nullable) return null;
      }
    }
    return wish.demands.every((demand) => demand.conditions.every((condition) => this.holds(plan, condition, demand.account))) ? plan : null;
  }

  /** A row or account to point to, that the given people can see. */
  public refer(target: string, readers: Account[], demands: Demand[], isFresh: boolean, parent: Referred | undefined, depth: number): Referred | null {
    const actor = this.document.components.authorizations.find((one) => this.isActor(target, { actor: one.name, index: 1 }));
    if (actor !== undefined) {
      const own = readers.find((reader) => reader.actor === actor.name);
      return { kind: "account", account: own ?? { actor: actor.name, index: 1 } };
    }
    const model = modelNamed(this.database, target);
    if (model === undefined) return null;
    for (const readings of combinations(readers.map((reader) => this.readings(target, reader)))) {
      const given = parent === undefined || model.parent === null ? undefined : new Map([[model.parent.relation, parent]]);
      const plan = this.find(model, readers, { demands: [...demands, ...readings], isFresh, ...(given === undefined ? {} : { given }) }, depth + 1);
      if (plan !== null) return { kind: "row", plan };
    }
    return null;
  }

  /** Siblings below one parent must have the same parent row. */
  private agreed(model: AutoBeDatabase.IModel, field: AutoBeDatabase.IForeignField, plan: Plan): Referred | undefined {
    return this.sharedParent(model, field.relation.targetModel, plan);
  }
  private agreedLink(model: AutoBeDatabase.IModel, link: AutoBeDatabase.ILink, plan: Plan): Referred | undefined {
    return this.sharedParent(model, link.targetModel, plan);
  }
  private sharedParent(model: AutoBeDatabase.IModel, target: string, plan: Plan): Referred | undefined {
    const other = modelNamed(this.database, target);
    if (model.parent?.kind !== "routed" || other?.parent?.kind !== "routed" || other.parent.model !== model.parent.model) return undefined;
    return plan.references.get(model.parent.relation);
  }

  public isActor(model: string, account: Account): boolean {
    return account.actor !== "guest" && pascal(account.actor) === model;
  }

  /** A plain column that must have, or not have, a value. */
  private pinColumn(
    model: AutoBeDatabase.IModel,
    properties: Record<string, unknown>,
    overrides: Map<string, string>,
    condition: AutoBeOpenApi.ICondition,
  ): boolean {
    const name = condition.path[0]!;
    const field = model.plainFields.find((one) => one.name === name);
    if (field === undefined) return false;
    if (properties[name] === undefined) {
      const value = field.default ?? "null";
      return condition.operator === "=" ? value === condition.value : value !== condition.value;
    }
    if (condition.operator === "=") {
      if (overrides.has(name) && overrides.get(name) !== condition.value) return false;
      overrides.set(name, condition.value);
      return true;
    }
    const others = field.type === "boolean" ? ["true", "false"] : (field.values ?? []);
    const other = others.find((value) => value !== condition.value);
    if (other !== undefined) overrides.set(name, other);
    return other !== undefined || condition.value === "null";
  }

  /** Shortest way through the lifecycle, each call by somebody who may make it. */
  private route(model: AutoBeDatabase.IModel, from: string, to: string, creator: Account, readers: Account[]): Plan["transitions"] | null {
    const queue: { state: string; path: Plan["transitions"] }[] = [{ state: from, path: [] }];
    const seen = new Set([from]);
    while (queue.length !== 0) {
      const { state, path } = queue.shift()!;
      if (state === to) return path;
      for (const operation of this.document.operations) {
        if (operation.model !== model.name || operation.transition === null) continue;
        if (!operation.transition.from.includes(state) || seen.has(operation.transition.to)) continue;
        const actors = operation.access.map((access) => access.actor);
        const caller = [creator, ...readers].find((one) => actors.includes(one.actor)) ?? { actor: actors[0]!, index: 1 };
        seen.add(operation.transition.to);
        queue.push({ state: operation.transition.to, path: [...path, { operation, caller }] });
      }
    }
    return null;
  }

  /** Whether a row made by the plan satisfies a condition, as far as the plan knows. */
  public holds(plan: Plan, condition: AutoBeOpenApi.ICondition, account: Account): boolean {
    const [head, ...rest] = condition.path;
    const pointer = plan.model.foreignFields.find((field) => field.relation.name === head);
    const flip = (is: boolean): boolean => (condition.operator === "=" ? is : !is);
    if (pointer !== undefined) {
      const referred = plan.references.get(head!);
      if (rest.length === 0 && condition.value === "null") return flip(referred === undefined);
      if (referred === undefined) return false;
      if (referred.kind === "account") return rest.length === 0 || (rest.length === 1 && rest[0] === "id") ? flip(isSame(referred.account, account)) : false;
      return rest.length === 0 ? flip(false) : this.holds(referred.plan, { ...condition, path: rest }, account);
    }
    const field = plan.model.plainFields.find((one) => one.name === head);
    if (field === undefined) return false;
    if (field.source?.kind === "state") return flip(plan.state === condition.value);
    const value = plan.overrides.get(field.name) ?? this.sampled(plan, field.name) ?? field.default ?? "null";
    return flip(value === condition.value);
  }

  private sampled(plan: Plan, name: string): string | null {
    const sample = this.document.samples[`${dto(plan.model.name)}.ICreate`]?.expression;
    if (sample?.type !== "objectLiteralExpression") return null;
    const value = sample.properties.find((one) => one.name === name)?.value;
    return value === undefined ? null : literalOf(value);
  }

  /** Whether the account may see the row. */
  public sees(plan: Plan, account: Account): boolean {
    return this.readings(plan.model.name, account).some((demand) => demand.conditions.every((condition) => this.holds(plan, condition, account)));
  }

  /** Whether the account may call the operation on the row. */
  public mayTouch(plan: Plan, operation: AutoBeOpenApi.IOperation, account: Account): boolean {
    return operation.access.some(
      (access) => access.actor === account.actor && (access.filter ?? []).every((condition) => this.holds(plan, condition, account)),
    );
  }
}

const literalOf = (expression: IExpression): string | null => {
  switch (expression.type) {
    case "stringLiteral":
    case "numericLiteral":
    case "booleanLiteral":
      return String(expression.value);
    default:
      return null;
  }
};

const distinct = (accounts: Account[]): Account[] =>
  accounts.filter((account, index) => account.actor !== "guest" && accounts.findIndex((one) => isSame(one, account)) === index);

/** One alternative of each list, in every combination, at most sixteen; none where a list is empty. */
const combinations = (lists: Demand[][]): Demand[][] =>
  lists
    .reduce<Demand[][]>((made, list) => made.flatMap((head) => list.map((one) => [...head, one])), [[]])
    .slice(0, 16);
