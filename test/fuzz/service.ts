/** The service as far as it is built: what later parts look up, and what they may add to earlier ones. */
import { pascal } from "../../src/base/naming.js";
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import type { Names } from "./names.js";

type Filter = AutoBeAnalyze.ICondition[] | null;

/** An entity with what the builder must remember of it. */
export interface Built {
  entity: AutoBeAnalyze.IEntity;
  module: AutoBeAnalyze.IModule;
  lifecycle: AutoBeAnalyze.ILifecycle | null;
  /** Actors that may create rows. */
  makers: string[];
  names: Names;
  depth: number;
}

export class Service {
  public readonly built: Built[] = [];
  private readonly rights = new Map<
    string,
    { actor: string; entity: string; action: AutoBeAnalyze.Action; filter: Filter }
  >();

  public constructor(
    public readonly actors: AutoBeAnalyze.IActor[],
    public readonly modules: AutoBeAnalyze.IModule[],
  ) {}

  public get accounts(): AutoBeAnalyze.IActor[] {
    return this.actors.filter((actor) => actor.kind !== "guest");
  }
  public isAccount(entity: string): boolean {
    return this.accounts.some((actor) => pascal(actor.name) === entity);
  }
  public find(entity: string): Built | undefined {
    return this.built.find((one) => one.entity.name === entity);
  }

  /** A new must requirement of the module. */
  public require(module: AutoBeAnalyze.IModule, text: string): string[] {
    const id = `${module.name}.R${module.requirements.length + 1}`;
    module.requirements.push({ id, text, priority: "must", acceptance: "One sees it." });
    return [id];
  }

  public grant(actor: string, entity: string, action: AutoBeAnalyze.Action, filter: Filter): void {
    this.rights.set([actor, entity, action].join(), { actor, entity, action, filter });
  }
  public right(actor: string, entity: string, action: AutoBeAnalyze.Action): { filter: Filter } | undefined {
    const own = this.rights.get([actor, entity, action].join());
    const parent = this.inherited(entity);
    if (own !== undefined || parent === null) return own;
    const above = this.right(actor, parent.entity, action === "read" ? "read" : "update");
    return above && { filter: above.filter?.map((one) => ({ ...one, path: [parent.relation, ...one.path] })) ?? null };
  }
  public may(actor: string, entity: string, action: AutoBeAnalyze.Action): boolean {
    return this.right(actor, entity, action) !== undefined;
  }

  /** The parent by whose permissions an entity without its own lives. */
  private inherited(entity: string): { entity: string; relation: string } | null {
    const parent = this.find(entity)?.entity.parent ?? null;
    if (parent === null || [...this.rights.values()].some((one) => one.entity === entity)) return null;
    return { entity: parent, relation: this.parentRelation(this.find(entity)!.entity) };
  }
  public parentRelation(entity: AutoBeAnalyze.IEntity): string {
    return entity.attributes.find((one) => one.kind === "reference" && one.target === entity.parent)!.name;
  }
  public owning(entity: string): string {
    const parent = this.inherited(entity);
    return parent === null ? entity : this.owning(parent.entity);
  }

  /** Whoever writes a reference must see what it points to, and the path to it. */
  public letRead(actor: string, entity: string): void {
    if (!this.may(actor, entity, "read")) this.grant(actor, this.owning(entity), "read", null);
    const parent = this.find(entity)?.entity.parent ?? null;
    if (parent !== null) this.letRead(actor, parent);
  }

  /** One row per actor, entity and filter, in the module of the entity. */
  public writePermissions(): void {
    const rows = new Map<string, AutoBeAnalyze.IPermission>();
    for (const { actor, entity, action, filter } of this.rights.values()) {
      const key = JSON.stringify([actor, entity, filter]);
      const module = this.find(entity)?.module ?? this.modules[0]!;
      const row = rows.get(key) ?? { actor, entity, actions: [], filter, requirements: [] };
      if (!rows.has(key)) module.permissions.push(row);
      rows.set(key, row);
      row.actions.push(action);
    }
    for (const module of this.modules)
      module.permissions.forEach((row, index) => {
        if (index % 3 === 0)
          row.requirements = this.require(module, `${row.actor} may ${row.actions.join(", ")} ${row.entity}`);
      });
  }
}
