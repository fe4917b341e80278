/** What a plan says of its row: which conditions hold, who sees it, who may act on it. */
import { isOrder } from "../../../base/comparison.js";
import type { IExpression } from "../../../base/expression.js";
import { dto, pascal } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { isMet } from "./beyond.js";

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

export type Referred =
  | { kind: "account"; account: Account /** Where its row must be in a state. */; plan?: Plan }
  | { kind: "row"; plan: Plan };

export interface Plan {
  model: AutoBeDatabase.IModel;
  operation: AutoBeOpenApi.IOperation;
  creator: Account;
  /** Relation name → what it points to; the parent of the path among them. */
  references: Map<string, Referred>;
  /** Columns whose value differs from the sample. */
  overrides: Map<string, string>;
  /** Calls that bring the new row into its state, in order, each with the rows without which it would be refused. */
  transitions: { operation: AutoBeOpenApi.IOperation; caller: Account; needs: Plan[] }[];
  /** State after the transitions; null where the model has no lifecycle. */
  state: string | null;
  /** Never shared with another use of the same model. */
  isFresh: boolean;
  /** Rows without which the creation would be refused. */
  needs: Plan[];
  /** Rows without which the call that the row is planned for would be refused. */
  ahead: Plan[];
  /** Where a custom operation makes the row: what is handed to it, and where its answer holds the key. */
  call: Call | null;
}

export interface Call {
  /** The row that the path names; null where it names none. */
  row: Referred | null;
  /** Members of the body that are keys. */
  body: Map<string, Referred>;
  at: string;
}

export class Knowledge {
  public constructor(
    public readonly database: AutoBeDatabase.IApplication,
    public readonly document: AutoBeOpenApi.IDocument,
  ) {}

  public isActor(model: string, account: Account): boolean {
    return account.actor !== "guest" && pascal(account.actor) === model;
  }

  /** Alternatives by which an account may see rows of a model; empty where it may see none. */
  public readings(model: string, account: Account): Demand[] {
    const readers = this.document.readers[model] ?? [];
    const own = readers.filter((access) => access.actor === account.actor);
    return (own.length !== 0 ? own : readers.filter((access) => access.actor === "guest")).map((access) => ({
      account,
      conditions: access.filter ?? [],
    }));
  }

  /** Whether the account may see the row. */
  public sees(plan: Plan, account: Account): boolean {
    return this.readings(plan.model.name, account).some((demand) => this.holdsAll(plan, demand));
  }

  /** Whether the account sees the row and every row of its path. */
  public reaches(plan: Plan, account: Account): boolean {
    const { parent } = plan.model;
    const above = parent?.kind === "routed" ? plan.references.get(parent.relation) : undefined;
    return this.sees(plan, account) && (above?.kind !== "row" || this.reaches(above.plan, account));
  }

  /** Whether the account may call the operation on the row, provided that it sees it. */
  public mayTouch(plan: Plan, operation: AutoBeOpenApi.IOperation, account: Account): boolean {
    return operation.access.some(
      (access) => access.actor === account.actor && this.holdsAll(plan, { account, conditions: access.filter ?? [] }),
    );
  }

  /** Whether the call is refused by what the row holds. */
  public isRefused(plan: Plan, operation: AutoBeOpenApi.IOperation, account: Account): boolean {
    return operation.refusals.some(
      ({ provoke }) => provoke?.kind === "match" && this.holdsAll(plan, { account, conditions: provoke.conditions }),
    );
  }

  public holdsAll(plan: Plan, { account, conditions }: Demand): boolean {
    return conditions.every((condition) => this.holds(plan, condition, account));
  }

  /** Whether a row made by the plan satisfies a condition, as far as the plan knows. */
  public holds(plan: Plan, condition: AutoBeOpenApi.ICondition, account: Account): boolean {
    const [head, ...rest] = condition.path;
    const pointer = plan.model.foreignFields.find((field) => field.relation.name === head);
    const flip = (is: boolean): boolean => (condition.operator === "=" ? is : !is);
    if (head === "id") return condition.value === "me" && flip(this.isAccountOf(plan, account));
    if (pointer === undefined) {
      const value = this.valueOf(plan, head!);
      if (isOrder(condition.operator)) return this.isOrdered(plan.model, head!, value, condition);
      return value !== undefined && flip(value === condition.value);
    }
    const referred = plan.references.get(head!);
    if (rest.length === 0 && condition.value === "null") return flip(referred === undefined);
    // As in SQL, nothing is known of what is not there.
    if (referred === undefined) return false;
    if (referred.kind === "row")
      return rest.length === 0 ? flip(false) : this.holds(referred.plan, { ...condition, path: rest }, account);
    const isKey = rest.length === 0 || (rest.length === 1 && rest[0] === "id");
    if (!isKey) return referred.plan !== undefined && this.holds(referred.plan, { ...condition, path: rest }, account);
    return condition.value === "me" && flip(isSame(referred.account, account));
  }

  /** Nothing is known of a value that differs from row to row. */
  private isOrdered(
    model: AutoBeDatabase.IModel,
    name: string,
    value: string | undefined,
    condition: AutoBeOpenApi.ICondition,
  ): boolean {
    const type = model.plainFields.find((field) => field.name === name)?.type;
    return (
      type !== undefined && value !== undefined && value !== GIVEN && value !== "null" && isMet(type, value, condition)
    );
  }

  /** Text of a column's value: a literal, `null`, or `GIVEN` where it differs from row to row; undefined for no column. */
  public valueOf(plan: Plan, name: string): string | undefined {
    const field = plan.model.plainFields.find((one) => one.name === name);
    if (field === undefined) return undefined;
    if (field.source?.kind === "state") return plan.state ?? undefined;
    const moved = plan.transitions
      .flatMap(({ operation }) => operation.effects)
      .filter((effect) => effect.compiled && effect.path?.length === 0 && effect.column === name)
      .at(-1);
    const value = moved?.assignments[0]?.value;
    if (value !== undefined)
      return value.kind === "literal" && moved?.action === "set" ? value.value : value.kind === "null" ? "null" : GIVEN;
    return (
      plan.overrides.get(name) ??
      this.sampled(plan.model, name) ??
      (field.source?.kind === "now" || !field.nullable ? (field.default ?? GIVEN) : (field.default ?? "null"))
    );
  }

  /** What a sample gives to a column, if it gives something: a literal, or `GIVEN`. */
  public sampled(model: AutoBeDatabase.IModel, name: string): string | null {
    const value = this.sampleOf(model, name);
    return value === undefined ? null : literalOf(value);
  }

  /** The row of an account is planned by naming the account as its creator. */
  private isAccountOf({ model, creator }: Plan, account: Account): boolean {
    return model.stance === "actor" && isSame(creator, account);
  }

  /** What the sample of a creation gives to a column. */
  public sampleOf(model: AutoBeDatabase.IModel, name: string): IExpression | undefined {
    const sample =
      this.document.samples[`${dto(model.name)}.${model.stance === "actor" ? "IJoin" : "ICreate"}`]?.expression;
    if (sample?.type !== "objectLiteralExpression") return undefined;
    return sample.properties.find((one) => one.name === name)?.value;
  }
}

/** A value that is there, and of which no more is known. */
export const GIVEN = "\u0000";

const literalOf = (expression: IExpression): string => {
  switch (expression.type) {
    case "stringLiteral":
    case "numericLiteral":
    case "booleanLiteral":
      return String(expression.value);
    case "nullLiteral":
      return "null";
    default:
      return GIVEN;
  }
};
