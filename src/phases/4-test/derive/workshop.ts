/** What the makers of tests share: the ASTs they look at, and where their tests go. */
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { AutoBeTest } from "../ast.js";
import { type Account, type Demand, type Plan, Planner } from "./plan.js";
import { Script } from "./script.js";
import { crowded } from "./sibling.js";
import { avoidances, type Wish } from "./wish.js";

export class Workshop {
  public readonly planner: Planner;
  public readonly functions: AutoBeTest.IFunction[] = [];

  public constructor(
    public readonly analyze: AutoBeAnalyze.IApplication,
    public readonly database: AutoBeDatabase.IApplication,
    public readonly document: AutoBeOpenApi.IDocument,
  ) {
    this.planner = new Planner(database, document);
  }

  /** Adds a test unless its script finds no way, which it says by answering false. */
  public add(
    operation: AutoBeOpenApi.IOperation,
    aspect: string,
    title: string,
    serves: { requirements: string[]; rules?: string[] },
    write: (script: Script) => boolean,
  ): void {
    const script = this.script(write);
    if (script === null) return;
    this.functions.push({
      name: `${operation.name}.${aspect}`,
      title,
      file: fileOf(operation),
      operation: operation.name,
      origin: "derived",
      requirements: [...new Set(serves.requirements)],
      rules: [...new Set(serves.rules ?? [])],
      statements: script.statements,
    });
  }

  /** Where rows of a model crowd each other out, once more with a creator for each of them, then with as few as can be. */
  private script(write: (script: Script) => boolean): Script | null {
    this.planner.spread.clear();
    this.planner.isLean = false;
    for (;;) {
      const script = new Script(this.planner);
      if (write(script) === false) return null;
      const model = crowded(this.planner, script.made);
      if (model === null) return script;
      if (!this.planner.spread.has(model.name)) this.planner.spread.add(model.name);
      else if (!this.planner.isLean) this.planner.isLean = true;
      else return null;
    }
  }

  /** Actors that may call an operation; a guest is somebody without a token. */
  public callers(operation: AutoBeOpenApi.IOperation): Account[] {
    return [...new Set(operation.access.map((access) => access.actor))].map((actor) => ({ actor, index: 1 }));
  }

  /** A row on which the account may call the operation, and which it can see. */
  public touchable(
    model: AutoBeDatabase.IModel,
    operation: AutoBeOpenApi.IOperation,
    caller: Account,
    wish: Omit<Wish, "demands"> & { demands?: Demand[] } = {},
    /** Who else sees the row. */
    others: Account[] = [],
  ): Plan | null {
    const { provoked, ...rest } = wish;
    const ways = operation.kind === "create" ? [[]] : avoidances(this.planner, model, operation, provoked);
    for (const [access, avoided] of operation.access
      .filter((one) => one.actor === caller.actor)
      .flatMap((one) => ways.map((way) => [one, way] as const))) {
      const plan = this.planner.find(model, [caller, ...others], {
        ...rest,
        demands: [{ account: caller, conditions: [...(access.filter ?? []), ...avoided] }, ...(wish.demands ?? [])],
      });
      const ahead = plan === null ? null : this.planner.needsOf(plan, operation, caller);
      if (plan !== null && ahead !== null) return Object.assign(plan, operation.kind === "create" ? {} : { ahead });
    }
    return null;
  }

  /** The row, with what else the call needs, where the account may call the operation on it; null where it may not. */
  public ready(plan: Plan | null, operation: AutoBeOpenApi.IOperation, caller: Account): Plan | null {
    if (plan === null || !this.planner.reaches(plan, caller)) return null;
    if (!this.planner.mayTouch(plan, operation, caller) || this.planner.isRefused(plan, operation, caller)) return null;
    const ahead = this.planner.needsOf(plan, operation, caller);
    return ahead === null ? null : Object.assign(plan, { ahead });
  }

  /** A second row beside the first: of an account there is only one, so it is somebody else's. */
  public second(
    first: Plan,
    operation: AutoBeOpenApi.IOperation,
    caller: Account,
    wish: Omit<Wish, "demands"> = {},
  ): Plan | null {
    const { actor, index } = first.creator;
    const other = first.model.stance === "actor" ? { creator: { actor, index: index === 2 ? 3 : 2 } } : {};
    return this.touchable(first.model, operation, caller, { ...wish, isFresh: true, ...other });
  }

  /** The operation of a kind on a model that an actor may call. */
  public operation(kind: AutoBeOpenApi.Kind, model: string, actor: string): AutoBeOpenApi.IOperation | undefined {
    return this.document.operations.find(
      (one) =>
        one.kind === kind &&
        one.model === model &&
        one.access.some((access) => access.actor === actor || access.actor === "guest"),
    );
  }

  public requirementsOf(operation: AutoBeOpenApi.IOperation, actor: string): string[] {
    return operation.access.filter((access) => access.actor === actor).flatMap((access) => access.requirements);
  }
}

const fileOf = (operation: AutoBeOpenApi.IOperation): string => operation.name.split(".").slice(0, -1).join("-");
