/** Rows and accounts behind the relations of a planned row. */
import { linkIds } from "../../../base/naming.js";
import { type AutoBeDatabase, composedProperty, modelNamed, modelsOf } from "../../2-database/ast.js";
import { type Account, type Demand, isSame, Knowledge, type Plan, type Referred } from "./knowledge.js";
import { distinct } from "./route.js";
import { limitsOf, scarceOf } from "./sibling.js";
import { type Making, type Pin, propertiesOf, type Terms, type Wish } from "./wish.js";

export abstract class References extends Knowledge {
  /** Models whose rows crowd each other out: each has a creator and references of its own. */
  public readonly spread = new Set<string>();
  /** Whether optional references are left out, however full a row is wished for. */
  public isLean = false;

  /** A row that all the readers can see and that satisfies the wish; null where no way leads to one. */
  public abstract find(model: AutoBeDatabase.IModel, readers: Account[], wish: Wish, depth?: number): Plan | null;

  /** Puts rows and accounts behind the relations; false where a needed one cannot be had. */
  protected refers(making: Making, plan: Plan, terms: Terms): boolean {
    const { foreignFields, parent } = making.model;
    const siblings = foreignFields.filter((field) => this.isSibling(making.model, field.relation.targetModel));
    const given = siblings.map((field) => terms.pinned.get(field.relation.name)).find((one) => one?.kind === "row");
    if (given?.kind === "row" && !terms.pinned.has(parent!.relation))
      terms.pinned.set(parent!.relation, given.plan.references.get(given.plan.model.parent!.relation)!);
    if (this.refersTo(foreignFields, making, plan, terms)) return true;
    // A sibling may need a parent of a certain kind: where it finds its own, that is taken.
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
    const properties = propertiesOf(this.document, operation);
    const narrow = this.spread.has(model.name) ? limitsOf(this, model, 2).flat() : [];
    const isNarrow = (name: string): boolean => narrow.includes(name);
    // Words may refuse a row that refers twice to one and the same; where nothing does, both may lead there.
    const hasWords = operation.refusals.some(({ provoke }) => provoke === null) && !this.isLean;
    const isTwin = (target: string): boolean =>
      hasWords &&
      [...plan.references].some(
        ([name, one]) =>
          name !== model.parent?.relation &&
          (one.kind === "row" ? one.plan.model.name === target : this.isActor(target, one.account)),
      );
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
        isParent ||
        pins.length !== 0 ||
        !field.nullable ||
        terms.delegated.has(name) ||
        given !== undefined ||
        (wish.renewed?.has(name) ?? false);
      // Left empty it would be like every other row that leaves it empty.
      const isWise =
        targetModel !== model.name &&
        scarceOf(this, plan).some((one) => one.areNullsEqual && one.relations.includes(name));
      if (!isNeeded && !isWise && (!wish.isFull || this.isLean)) continue;
      const isApart =
        field.unique || wish.renewed?.has(name) || (this.spread.has(model.name) && (!isParent || isNarrow(name)));
      const point = (isFresh: boolean): Referred | null =>
        this.refer(
          targetModel,
          isParent ? everybody : [creator],
          !isParent,
          terms.delegated.get(name) ?? [],
          isFresh,
          this.sharedParent(model, targetModel, plan),
          depth,
          pins,
        );
      const referred = given ?? (isTwin(targetModel) ? point(true) : null) ?? point(isApart);
      const isKnown = isParent
        ? referred?.kind === "row" && everybody.every((one) => this.reaches(referred.plan, one))
        : referred?.kind !== "row" || this.sees(referred.plan, creator);
      if (referred !== null && isKnown) plan.references.set(name, referred);
      else if (isNeeded) return false;
    }
    return true;
  }

  protected links({ model, operation, creator, wish, depth }: Making, plan: Plan): boolean {
    if (wish.isFull && !this.isLean)
      for (const link of model.links) {
        if (propertiesOf(this.document, operation)[linkIds(link.name)] === undefined || link.targetModel === model.name)
          continue;
        const shared = this.sharedParent(model, link.targetModel, plan);
        const referred = this.refer(link.targetModel, [creator], true, [], false, shared, depth);
        if (referred !== null) plan.references.set(link.name, referred);
      }
    return true;
  }

  /** References of composed children stand in the body too. */
  protected composes({ model, creator, wish, depth }: Making, plan: Plan): boolean {
    for (const child of modelsOf(this.database)) {
      if (child.parent?.kind !== "composed" || child.parent.model !== model.name) continue;
      for (const field of child.foreignFields) {
        const { name, targetModel } = field.relation;
        if (name === child.parent.relation || field.writer === "server") continue;
        const pin = (wish.pins ?? []).find(
          ({ path }) => path.length === 2 && path[0] === composedProperty(child) && path[1] === name,
        );
        if (field.nullable && !wish.isFull && pin === undefined) continue;
        const referred: Referred | null =
          pin === undefined
            ? this.refer(targetModel, [creator], true, [], field.unique, undefined, depth)
            : this.sees(pin.plan, creator)
              ? { kind: "row", plan: pin.plan }
              : null;
        if (referred !== null) plan.references.set(`${child.name}.${name}`, referred);
        else if (!field.nullable) return false;
      }
    }
    return true;
  }

  /** Something else that a relation of the planned row may point to, as far as the account sees it. */
  public another(plan: Plan, target: string, account: Account): Referred | null {
    const other = this.refer(target, [account], true, [], true, this.sharedParent(plan.model, target, plan), 0);
    // Somebody who sees no account but their own has nobody else to point to.
    const isItself = target === plan.model.name && other?.kind === "account" && isSame(other.account, plan.creator);
    return isItself ? null : other;
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
    const model = modelNamed(this.database, target);
    if (model === undefined) return null;
    if (model.stance === "actor") {
      const own = isFresh ? [] : readers.filter((reader) => this.isActor(target, reader));
      const wishes: Wish[] = [...own.map((creator) => ({ demands, creator })), { demands, isFresh }];
      const account = wishes.map((wish) => this.find(model, readers, wish, depth + 1)).find((one) => one !== null);
      return account ? { kind: "account", account: account.creator, plan: account } : null;
    }
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
