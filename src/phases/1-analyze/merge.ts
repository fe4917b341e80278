/** Outline and module answers → the analysis, in which every thing is said in one way; where an item came from stays known. */
import { camel, collection, pascal, plural, spoken } from "../../base/naming.js";
import type {
  AutoBeAnalyze,
  IModuleAnswer,
  IModuleAttribute,
  IModuleLifecycle,
  IModuleTransition,
  IOutline,
  IOutlineModule,
} from "./ast.js";
import { parseFilter, printFilter } from "./filter.js";
import { ruleOf } from "./rule.js";

export interface Merged {
  analyze: AutoBeAnalyze.IApplication;
  /** Item of the analysis → its path in the answer it came from, `$input.attributes[3]`. */
  origins: Map<object, string>;
  /** Item of the analysis → the module whose answer it came from. */
  owners: Map<object, string>;
}

/** Answers in the order of the outline's modules; null where nothing came. */
export const mergeAnalysis = (outline: IOutline, answers: readonly (IModuleAnswer | null)[]): Merged => {
  const [origins, owners]: [Merged["origins"], Merged["owners"]] = [new Map(), new Map()];
  const modules = outline.modules.map((module, index) => {
    const answer = answers[index] ?? null;
    return answer === null ? emptyModule(module) : new ModuleMerge(outline, module, answer, origins, owners).run();
  });
  uniteAccounts(modules);
  const { name, title, summary, prefix, scopeIn, scopeOut, actors } = outline;
  return { analyze: { name, title, summary, prefix, scopeIn, scopeOut, actors, modules }, origins, owners };
};

/** Two modules may speak of one account: it stays where it was said first, and gathers what the later ones add. */
const uniteAccounts = (modules: AutoBeAnalyze.IModule[]): void => {
  const first = new Map<string, AutoBeAnalyze.IEntity>();
  for (const module of modules)
    module.entities = module.entities.filter((entity) => {
      const earlier = first.get(entity.name);
      if (earlier === undefined) return first.set(entity.name, entity);
      earlier.attributes.push(...entity.attributes);
      earlier.requirements.push(...entity.requirements);
      return false;
    });
};

const emptyModule = ({ name, title, purpose }: IOutlineModule): AutoBeAnalyze.IModule => ({
  name,
  title,
  purpose,
  requirements: [],
  entities: [],
  permissions: [],
  lifecycles: [],
  rules: [],
  operations: [],
  unserved: [],
});

/** Accounts of actors are entities too, whether or not a module lists them. */
export const accountsOf = (outline: Pick<IOutline, "actors">): string[] =>
  outline.actors.filter((actor) => actor.kind !== "guest").map((actor) => pascal(actor.name));

/** Names a module may describe: those the outline gives it, and accounts that no other module was given. */
export const entitiesOf = (outline: IOutline, module: IOutlineModule): string[] => {
  const foreign = outline.modules.filter((one) => one !== module).flatMap((one) => one.entities);
  return [...new Set([...module.entities, ...accountsOf(outline)])].filter((name) => !foreign.includes(name));
};

/** Every entity of the project, accounts included. */
export const allEntitiesOf = (outline: IOutline): string[] => [
  ...new Set([...outline.modules.flatMap((module) => module.entities), ...accountsOf(outline)]),
];

class ModuleMerge {
  private readonly names: string[];
  public constructor(
    private readonly outline: IOutline,
    private readonly module: IOutlineModule,
    private readonly answer: IModuleAnswer,
    private readonly origins: Merged["origins"],
    private readonly owners: Merged["owners"],
  ) {
    this.names = entitiesOf(outline, module);
  }

  public run(): AutoBeAnalyze.IModule {
    const { answer } = this;
    const lifecycles = this.own("lifecycles", (one) => this.lifecycle(one));
    return {
      ...emptyModule(this.module),
      requirements: answer.requirements.map((one, index) =>
        this.from(`$input.requirements[${index}]`, { ...one, id: this.mark(one.id) }),
      ),
      entities: this.entities(lifecycles),
      permissions: this.own("permissions", (one) => {
        const filter = one.filter === null ? null : parseFilter(one.filter);
        if (one.filter !== null && filter === null) return null; // never wider than what was meant
        return { actor: one.actor, entity: one.entity, actions: one.actions, filter, requirements: this.marks(one) };
      }),
      lifecycles,
      rules: this.own("rules", (one) => ruleOf(one, (member) => this.member(one.entity, member), this.marks(one))),
      operations: this.own("operations", ({ serves, ...one }) => ({ ...one, requirements: this.marks({ serves }) })),
      unserved: answer.unserved.map(({ id, reason }) => ({ id: this.mark(id), reason })),
    };
  }

  /** Items of a list whose entity is this module's, each with its origin. */
  private own<Key extends "permissions" | "lifecycles" | "rules" | "operations", Item extends object>(
    key: Key,
    make: (one: IModuleAnswer[Key][number]) => Item | null,
  ): Item[] {
    return (this.answer[key] as IModuleAnswer[Key][number][]).flatMap((one, index) => {
      const made = this.names.includes(one.entity) ? make(one) : null;
      return made === null ? [] : [this.from(`$input.${key}[${index}]`, made)];
    });
  }

  private entities(lifecycles: AutoBeAnalyze.ILifecycle[]): AutoBeAnalyze.IEntity[] {
    const spokenOf = [...this.answer.attributes, ...this.answer.permissions].map((one) => one.entity);
    return this.names.flatMap((name) => {
      const index = this.answer.entities.findIndex((one) => one.name === name);
      const said = this.answer.entities[index];
      if (said === undefined && !spokenOf.includes(name)) return [];
      const lifecycle = lifecycles.find((one) => one.entity === name);
      const entity: AutoBeAnalyze.IEntity = {
        name,
        description: said?.description ?? `${capitalised(spoken(name))}.`,
        parent: said?.parent ?? null,
        attributes: [],
        requirements: said === undefined ? [] : this.marks(said),
      };
      this.answer.attributes.forEach((attribute, at) => {
        if (attribute.entity !== name) return;
        const owner = attribute.name === lifecycle?.attribute ? lifecycle : this.isDerived(attribute) ? entity : null;
        if (owner !== null) owner.requirements = [...new Set([...owner.requirements, ...this.marks(attribute)])];
        else entity.attributes.push(this.from(`$input.attributes[${at}]`, this.attribute(attribute, entity)));
      });
      this.addParent(entity, index);
      return [this.from(index < 0 ? "$input.entities" : `$input.entities[${index}]`, entity)];
    });
  }

  private addParent(entity: AutoBeAnalyze.IEntity, index: number): void {
    const { parent } = entity;
    if (parent === null || entity.attributes.some((one) => one.kind === "reference" && one.target === parent)) return;
    const made: AutoBeAnalyze.IAttribute = {
      name: camel(parent),
      description: `${capitalised(spoken(parent))} it belongs to.`,
      kind: "reference",
      required: true,
      writer: "create",
      target: parent,
      values: null,
      minimum: null,
      maximum: null,
      source: null,
      of: null,
      requirements: entity.requirements,
    };
    entity.attributes.unshift(this.from(`$input.entities[${index}]`, made));
  }

  /** Ids, timestamps and credentials are there already; naming them again changes nothing. */
  private isDerived(attribute: IModuleAttribute): boolean {
    if (["id", "createdAt", "updatedAt"].includes(attribute.name)) return true;
    const isAccount = accountsOf(this.outline).includes(attribute.entity);
    return isAccount && ["email", "password", "passwordHash"].includes(attribute.name);
  }

  private attribute(said: IModuleAttribute, entity: AutoBeAnalyze.IEntity): AutoBeAnalyze.IAttribute {
    const kind = kindOf(said);
    const isLink = kind === "reference" || kind === "references";
    const isParent = kind === "reference" && said.target === entity.parent;
    const isMeasured = ["string", "text", "int", "bigint", "decimal", "double"].includes(kind);
    const source = said.source ?? null;
    return {
      name: relationName(said.name, kind),
      description: said.description,
      kind,
      required: isParent || source === "count" || (said.required && source !== "transition"),
      writer: isParent && said.writer === "update" ? "create" : said.writer,
      target: isLink ? (said.target ?? null) : null,
      values: kind === "enum" ? (said.values ?? null) : null,
      minimum: isMeasured ? (said.minimum ?? null) : null,
      maximum: isMeasured ? (said.maximum ?? null) : null,
      source,
      of: this.of(source, said.of?.trim() || null),
      requirements: this.marks(said),
    };
  }

  private of(source: AutoBeAnalyze.Source | null, of: string | null): string | null {
    if (of === null || source === null || source === "actor" || source === "now") return null;
    if (source === "count")
      return allEntitiesOf(this.outline).find((name) => [name, camel(name), collection(name)].includes(of)) ?? of;
    if (source === "copy")
      return of
        .split(".")
        .map((part, index) => (index === 0 ? withoutId(part) : part))
        .join(".");
    return of;
  }

  private lifecycle(said: IModuleLifecycle): AutoBeAnalyze.ILifecycle {
    const transitions: AutoBeAnalyze.ITransition[] = [];
    this.answer.transitions.forEach((one, index) => {
      if (one.entity === said.entity) this.addTransition(transitions, one, `$input.transitions[${index}]`);
    });
    const { entity, attribute, states, initial } = said;
    return { entity, attribute, states, initial, transitions, requirements: this.marks(said) };
  }

  /** Two items with one action and the same states are one transition of which each speaks for its own actors. */
  private addTransition(made: AutoBeAnalyze.ITransition[], said: IModuleTransition, path: string): void {
    const filter = said.filter == null || said.filter.trim() === "" ? null : parseFilter(said.filter);
    if (said.filter != null && said.filter.trim() !== "" && filter === null) return; // never wider than what was meant
    const scopes =
      filter === null ? [] : said.actors.map((actor) => this.from(path, { actor: actor as string, filter }));
    const requirements = this.marks(said);
    const twin = made.find(
      ({ action, from, to }) => action === said.action && isSame(from, said.from) && to === said.to,
    );
    const isOther = scopes.length !== 0 || (twin?.scopes.length ?? 0) !== 0;
    if (twin === undefined || !isOther || isAlready(twin, said.actors, filter)) {
      const { action, actors, from, to } = said;
      made.push(this.from(path, { action, actors, scopes, from, to, requirements }));
      return;
    }
    twin.actors = [...new Set([...twin.actors, ...said.actors])];
    twin.scopes.push(...scopes);
    twin.requirements = [...new Set([...twin.requirements, ...requirements])];
  }

  /** A rule may name a reference by its column. */
  private member(entity: string, member: string): string {
    const own = this.answer.attributes.filter((attribute) => attribute.entity === entity);
    const isAttribute = own.some((attribute) => attribute.name === member && kindOf(attribute) !== "reference");
    return isAttribute ? member : withoutId(member);
  }

  private mark(id: string): string {
    return `${this.module.name}.${id}`;
  }
  private marks({ serves }: { serves: readonly string[] }): string[] {
    return [...new Set(serves)].map((id) => this.mark(id));
  }
  private from<Item extends object>(path: string, item: Item): Item {
    this.origins.set(item, path);
    this.owners.set(item, this.module.name);
    return item;
  }
}

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));

/** Whether one of the actors would be said twice: with the same filter, or with a filter and without. */
const isAlready = (
  { actors, scopes }: AutoBeAnalyze.ITransition,
  said: readonly string[],
  filter: AutoBeAnalyze.ICondition[] | null,
): boolean =>
  said.some((actor) => {
    const own = scopes.filter((scope) => scope.actor === actor);
    if (!actors.includes(actor)) return false;
    return filter === null || own.length === 0 || own.some((one) => printFilter(one.filter) === printFilter(filter));
  });

/** A key with a target is a reference. */
const kindOf = ({ kind, target }: IModuleAttribute): AutoBeAnalyze.Kind =>
  kind === "uuid" && target ? "reference" : kind;

const withoutId = (name: string): string => (name.length > 2 ? name.replace(/Id$/, "") : name);

/** `ownerId` is the column of the relation `owner`; `tagIds` are the keys of the link `tags`. */
const relationName = (name: string, kind: AutoBeAnalyze.Kind): string => {
  if (kind === "reference") return withoutId(name);
  if (kind === "references" && /.Ids$/.test(name)) return plural(name.slice(0, -3));
  return name;
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
