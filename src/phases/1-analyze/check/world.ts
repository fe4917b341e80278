/** The analysis, looked up by name: what the checks of entities, permissions, lifecycles and rules ask of it. */
import type { Findings } from "../../../base/diagnostic.js";
import { pascal } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../ast.js";

/** One judged analysis: all of it, or one module among entities that are known by name only. */
export class World {
  public readonly entities: AutoBeAnalyze.IEntity[];
  public readonly permissions: AutoBeAnalyze.IPermission[];
  public readonly lifecycles: AutoBeAnalyze.ILifecycle[];
  public readonly rules: AutoBeAnalyze.IRule[];
  public readonly operations: AutoBeAnalyze.IOperation[];
  private readonly accounts: Map<string, AutoBeAnalyze.IActor>;

  public constructor(
    public readonly analyze: AutoBeAnalyze.IApplication,
    /** Entities that exist elsewhere; what they hold is not known here, so it is never complained about. */
    public readonly foreign: ReadonlySet<string>,
    /** Path of an item of the analysis. */
    public readonly at: (item: object) => string,
    public readonly findings: Findings,
    /** Whether an answer is judged, where a state is reached by adding a transition, or a whole, where it is dropped. */
    public readonly isAnswer = false,
  ) {
    this.entities = analyze.modules.flatMap((module) => module.entities);
    this.permissions = analyze.modules.flatMap((module) => module.permissions);
    this.lifecycles = analyze.modules.flatMap((module) => module.lifecycles);
    this.rules = analyze.modules.flatMap((module) => module.rules);
    this.operations = analyze.modules.flatMap((module) => module.operations);
    this.accounts = new Map(
      analyze.actors.filter((actor) => actor.kind !== "guest").map((actor) => [pascal(actor.name), actor]),
    );
  }

  public entity(name: string | null): AutoBeAnalyze.IEntity | undefined {
    return this.entities.find((entity) => entity.name === name);
  }
  public actor(name: string): AutoBeAnalyze.IActor | undefined {
    return this.analyze.actors.find((actor) => actor.name === name);
  }
  /** The actor whose account this entity is. */
  public account(entity: string | null): AutoBeAnalyze.IActor | undefined {
    return entity === null ? undefined : this.accounts.get(entity);
  }
  /** Whether rows of this name exist: described here, elsewhere, or as accounts. */
  public exists(name: string): boolean {
    return this.accounts.has(name) || this.foreign.has(name) || this.entity(name) !== undefined;
  }
  public names(): string[] {
    return [...new Set([...this.entities.map((entity) => entity.name), ...this.foreign, ...this.accounts.keys()])];
  }
  public lifecycle(entity: string): AutoBeAnalyze.ILifecycle | undefined {
    return this.lifecycles.find((lifecycle) => lifecycle.entity === entity);
  }

  /** Attribute of an entity, that of its lifecycle and the derived ones included. */
  public member(entity: AutoBeAnalyze.IEntity, name: string): AutoBeAnalyze.IAttribute | undefined {
    const own = entity.attributes.find((attribute) => attribute.name === name);
    const lifecycle = this.lifecycle(entity.name);
    if (own !== undefined) return own;
    if (lifecycle?.attribute === name) return { ...DERIVED, name, kind: "enum", values: lifecycle.states };
    if (name === "id") return { ...DERIVED, name, kind: "uuid" };
    if (name === "createdAt" || name === "updatedAt") return { ...DERIVED, name, kind: "datetime" };
    return undefined;
  }
  public members(entity: AutoBeAnalyze.IEntity): string[] {
    const lifecycle = this.lifecycle(entity.name);
    return [...entity.attributes.map((attribute) => attribute.name), ...(lifecycle ? [lifecycle.attribute] : [])];
  }

  /** Whether the entity has no permissions of its own and lives by its parent's. */
  public inherits(entity: AutoBeAnalyze.IEntity): boolean {
    return entity.parent !== null && this.permissions.every((permission) => permission.entity !== entity.name);
  }
  /** Whether an actor may do this with some rows; what is known by name only counts as permitted. */
  public may(actor: string, action: AutoBeAnalyze.Action, name: string, depth = 0): boolean {
    if (this.foreign.has(name) || depth > 8) return true;
    const entity = this.entity(name);
    if (entity !== undefined && this.inherits(entity))
      return this.may(actor, action === "read" ? "read" : "update", entity.parent!, depth + 1);
    return this.permissions.some(
      (permission) => permission.actor === actor && permission.entity === name && permission.actions.includes(action),
    );
  }
}

const DERIVED: Omit<AutoBeAnalyze.IAttribute, "name" | "kind"> = {
  description: "",
  required: true,
  writer: "server",
  target: null,
  values: null,
  minimum: null,
  maximum: null,
  source: null,
  of: null,
  requirements: [],
};

/** `"a" or "b"`, for messages. */
export const listed = (names: readonly string[]): string => (names.length === 0 ? "none" : names.join(", "));
