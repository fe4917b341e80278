/** Requirements as data that later phases compute with, and the two functions by which a model states them. */
import typia, { type tags } from "typia";

type Camel = string & tags.Pattern<"^[a-z][a-zA-Z0-9]{0,39}$">;
type Pascal = string & tags.Pattern<"^[A-Z][a-zA-Z0-9]{0,39}$">;
type Line<N extends number> = string & tags.MinLength<1> & tags.MaxLength<N>;
/** `R1`, `R2`, … inside a module. */
type Mark = string & tags.Pattern<"^R[0-9]{1,3}$">;
type Serves = Mark[] & tags.MaxItems<12>;
type Names = Camel[] & tags.MinItems<1> & tags.MaxItems<12>;
type Words = string & tags.MaxLength<200>;

export namespace AutoBeAnalyze {
  /** The whole of the analysis. Requirement ids are `<module>.R<n>`. */
  export interface IApplication {
    /** npm package name, kebab-case. */
    name: string;
    title: string;
    summary: string;
    /** snake_case prefix of every table. */
    prefix: string;
    scopeIn: string[];
    scopeOut: string[];
    actors: IActor[];
    modules: IModule[];
  }

  export interface IActor {
    /** Who acts, camelCase singular. */
    name: Camel;
    /** guest has no token and no table; member has an account; admin has an account and administers. */
    kind: "guest" | "member" | "admin";
    /** open: anybody may sign up. invited: accounts come from a seed only. */
    signup: "open" | "invited";
    description: Line<200>;
  }

  export interface IModule {
    name: string;
    title: string;
    purpose: string;
    requirements: IRequirement[];
    entities: IEntity[];
    permissions: IPermission[];
    lifecycles: ILifecycle[];
    rules: IRule[];
    operations: IOperation[];
    /** What the model could not place, with its reason. */
    unserved: IUnserved[];
  }

  export interface IRequirement {
    id: string;
    text: string;
    priority: "must" | "should" | "could";
    acceptance: string;
  }

  export interface IEntity {
    name: string;
    description: string;
    /** Entity this one belongs to and is reached through. */
    parent: string | null;
    attributes: IAttribute[];
    requirements: string[];
  }

  export type Kind =
    | "string"
    | "text"
    | "int"
    | "bigint"
    | "decimal"
    | "double"
    | "boolean"
    | "date"
    | "datetime"
    | "uuid"
    | "uri"
    | "json"
    | "enum"
    | "reference"
    | "references";

  /** How a server-written attribute comes to be. */
  export type Source = "actor" | "transition" | "count" | "copy" | "now" | "constant" | "formula";

  export interface IAttribute {
    name: string;
    description: string;
    kind: Kind;
    required: boolean;
    /** create: by the client, once. update: by the client, any time. server: never by a client. */
    writer: "create" | "update" | "server";
    /** Entity or actor that a reference points to. */
    target: string | null;
    /** Values of an enum, camelCase. */
    values: string[] | null;
    /** Least value of a number, least length of a string. */
    minimum: number | null;
    maximum: number | null;
    source: Source | null;
    /** What the source refers to: action, entity, path or literal. */
    of: string | null;
    requirements: string[];
  }

  export type Action = "create" | "read" | "update" | "erase";

  /** What one actor may do with rows of one entity. No row means nothing. */
  export interface IPermission {
    actor: string;
    entity: string;
    actions: Action[];
    /** null: all rows. */
    filter: ICondition[] | null;
    requirements: string[];
  }

  /** `path` of relation and attribute names from the row; `me` is the caller's id. */
  export interface ICondition {
    path: string[];
    operator: "=" | "!=";
    /** `me`, or a literal of the attribute's kind. */
    value: string;
  }

  export interface ILifecycle {
    entity: string;
    /** Status attribute; its column and enum are derived. */
    attribute: string;
    states: string[];
    initial: string;
    transitions: ITransition[];
    requirements: string[];
  }

  export interface ITransition {
    action: string;
    actors: string[];
    /** Rows for which an actor may call it, where they are not those it may update, or else read; two of one actor mean either. */
    scopes: IScope[];
    from: string[];
    to: string;
    requirements: string[];
  }

  export interface IScope {
    actor: string;
    filter: ICondition[];
  }

  export interface IRule {
    name: string;
    entity: string;
    /** unique, range, order, limit and a requires with needs are compiled; the others are obligations of later phases. */
    kind: "unique" | "range" | "order" | "limit" | "formula" | "temporal" | "requires";
    /** Attributes the rule speaks of; for limit the reference per which rows are counted, and the number that is added up instead of them. */
    members: string[];
    minimum: number | null;
    maximum: number | null;
    /** For limit: references and the attribute that holds the maximum, in place of a constant. */
    most: string[] | null;
    /** For limit: states of the rows that count; empty for any. */
    states: string[];
    /** For requires and temporal: the row that must exist, `Table where path = value and path < now`; null where only the statement says it. */
    needs: string | null;
    /** Actions that are refused without it: create, update or a transition's. */
    on: string[];
    statement: string;
    requirements: string[];
  }

  /** An operation beyond create, read, update, erase and transitions. */
  export interface IOperation {
    name: string;
    entity: string;
    actors: string[];
    description: string;
    requirements: string[];
  }

  export interface IUnserved {
    id: string;
    reason: string;
  }
}

// Answer of `analyze/outline`.
export interface IOutline {
  /** How you read the request, in a few sentences. */
  plan: Line<900>;
  /** npm package name, kebab-case. */
  name: string & tags.Pattern<"^[a-z][a-z0-9]*(-[a-z0-9]+){0,4}$">;
  title: Line<80>;
  /** What the service does, one or two sentences. */
  summary: Line<400>;
  /** Short word in front of every table name. */
  prefix: string & tags.Pattern<"^[a-z][a-z0-9]{1,9}$">;
  /** Everybody who uses the service; a guest only if something is public. */
  actors: AutoBeAnalyze.IActor[] & tags.MinItems<1> & tags.MaxItems<6>;
  /** Parts that share few words. A small service has one. */
  modules: IOutlineModule[] & tags.MinItems<1> & tags.MaxItems<16>;
  /** What is in scope, one line each. */
  scopeIn: Line<160>[] & tags.MaxItems<20>;
  /** What a reader might expect and is left out. */
  scopeOut: Line<160>[] & tags.MaxItems<20>;
  /** Passages of the request that no module takes, and why. Comes last; empty when all are taken. */
  unserved: IUnservedPassage[] & tags.MaxItems<40>;
}
export interface IOutlineModule {
  /** Lower-case word in the plural that names the module. */
  name: string & tags.Pattern<"^[a-z][a-z0-9]{1,23}$">;
  title: Line<60>;
  /** One line. */
  purpose: Line<200>;
  /** Entities that live here, nouns in the singular. */
  entities: Pascal[] & tags.MinItems<1> & tags.MaxItems<12>;
  /** Numbers of the passages it takes. */
  passages: (number & tags.Type<"uint32"> & tags.Minimum<1>)[] & tags.MaxItems<60>;
}
export interface IUnservedPassage {
  passage: number & tags.Type<"uint32"> & tags.Minimum<1>;
  reason: Line<160>;
}

// Answer of `analyze/module:<name>`.
export interface IModuleAnswer {
  plan: Line<900>;
  requirements: IModuleRequirement[] & tags.MinItems<1> & tags.MaxItems<30>;
  entities: IModuleEntity[] & tags.MaxItems<12>;
  attributes: IModuleAttribute[] & tags.MaxItems<90>;
  permissions: IModulePermission[] & tags.MaxItems<40>;
  lifecycles: IModuleLifecycle[] & tags.MaxItems<8>;
  transitions: IModuleTransition[] & tags.MaxItems<24>;
  rules: IModuleRule[] & tags.MaxItems<24>;
  operations: IModuleOperation[] & tags.MaxItems<12>;
  /** Requirements nothing above serves, and why. Last. */
  unserved: IModuleUnserved[] & tags.MaxItems<30>;
}
export interface IModuleRequirement {
  id: Mark;
  /** EARS: "When …, the service shall …". */
  text: Line<300>;
  priority: "must" | "should" | "could";
  acceptance: Line<300>;
}
export interface IModuleEntity {
  name: Pascal;
  description: Line<200>;
  parent: Pascal | null;
  serves: Serves;
}
export interface IModuleAttribute {
  entity: Pascal;
  /** A reference is named after its role, without "Id". */
  name: Camel;
  description: Line<200>;
  kind: AutoBeAnalyze.Kind;
  required: boolean;
  /** create: the client, once. update: the client, any time. server: never a client. */
  writer: "create" | "update" | "server";
  /** Entity or actor that a reference points to. */
  target?: string | null;
  values?: (Camel[] & tags.MaxItems<20>) | null;
  /** Least number, or least length of a string. */
  minimum?: number | null;
  maximum?: number | null;
  /** How the server fills it; transition is its moment, count is of children, copy along a path. */
  source?: AutoBeAnalyze.Source | null;
  /** Which transition action, child entity, path, literal or formula. */
  of?: Words | null;
  serves: Serves;
}
export interface IModulePermission {
  actor: Camel;
  entity: Pascal;
  actions: AutoBeAnalyze.Action[] & tags.MinItems<1> & tags.MaxItems<4>;
  /** null for all rows, else conditions like `owner = me` or `list.owner = me and status = published`. */
  filter: Words | null;
  serves: Serves;
}
export interface IModuleLifecycle {
  entity: Pascal;
  attribute: Camel;
  states: Camel[] & tags.MinItems<2> & tags.MaxItems<12>;
  initial: Camel;
  serves: Serves;
}
export interface IModuleTransition {
  entity: Pascal;
  action: Camel;
  actors: Names;
  from: Names;
  to: Camel;
  /** Whose rows, like a permission's filter; null for those they may update, else read. */
  filter?: Words | null;
  serves: Serves;
}
export interface IModuleRule {
  name: Camel;
  entity: Pascal;
  /** order: first member before second. limit: at most so much per reference. */
  kind: "unique" | "range" | "order" | "limit" | "formula" | "temporal" | "requires";
  /** For limit the reference, then a number to add up if not rows; none where `needs` says it. */
  members: Camel[];
  minimum?: number | null;
  maximum?: number | null;
  /** In place of maximum: `event.venue.seats`. */
  most?: Words;
  /** States that count, `held, paid`. */
  states?: Words;
  /** For requires, temporal: `Loan where borrower = me and copy.book = copy.book`, `Event where id = event and startsAt < now`; `self` is the row. */
  needs?: Words | null;
  /** Actions that need it; null for create. */
  on?: Names | null;
  statement: Line<300>;
  serves: Serves;
}
export interface IModuleOperation {
  name: Camel;
  entity: Pascal;
  actors: Names;
  description: Line<300>;
  serves: Serves;
}
export interface IModuleUnserved {
  id: Mark;
  reason: Line<200>;
}

// Answer of `analyze/change:<n>`: differences to the outline, silence keeps it.
export interface IChange {
  /** How you read the change, in a few sentences. */
  plan: Line<600>;
  /** New actors, or others whose words change. */
  actors: AutoBeAnalyze.IActor[] & tags.MaxItems<6>;
  /** Modules that have to describe something anew, and new ones. */
  modules: IChangeModule[] & tags.MaxItems<16>;
  /** What is called otherwise from now on; its rows stay. */
  renames: IChangeRename[] & tags.MaxItems<20>;
  /** What goes, with its rows. */
  removals: IChangeRemoval[] & tags.MaxItems<30>;
  /** What comes into scope, one line each. */
  scopeIn: Line<160>[] & tags.MaxItems<10>;
  /** Lines out of scope so far that the change asks for. */
  noLongerOut: string[] & tags.MaxItems<20>;
  /** Passages of the change that no module takes, and why. Comes last; empty when all are taken. */
  unserved: IUnservedPassage[] & tags.MaxItems<40>;
}
export interface IChangeModule {
  /** Lower-case word in the plural. */
  name: string & tags.Pattern<"^[a-z][a-z0-9]{1,23}$">;
  title: Line<60>;
  /** One line. */
  purpose: Line<200>;
  /** Entities to add, nouns in the singular; empty where those that are there change. */
  entities: Pascal[] & tags.MaxItems<12>;
  /** Numbers of the passages it takes. */
  passages: (number & tags.Type<"uint32"> & tags.Minimum<1>)[] & tags.MaxItems<60>;
}
export interface IChangeRename {
  entity: Pascal;
  /** Attribute that is renamed; null for the entity itself. */
  member: Camel | null;
  to: string & tags.Pattern<"^[a-zA-Z][a-zA-Z0-9]{0,39}$">;
}
export interface IChangeRemoval {
  entity: Pascal;
  /** Attribute, rule, operation or transition that goes; null for the entity itself. */
  member: Camel | null;
}

/** The functions of the phase. */
export interface IAnalyzeFunctions {
  /** Outlines the service: its name, actors and modules. */
  outline(props: IOutline): void;
  /** States one module: requirements, entities, permissions, lifecycles, rules. */
  describeModule(props: IModuleAnswer): void;
  /** Says which modules a change of the request touches, and what it adds, renames and removes. */
  changeOutline(props: IChange): void;
}

export const analyzeFunctions = typia.llm.application<IAnalyzeFunctions>();
export const validateAnalyze = typia.createValidate<AutoBeAnalyze.IApplication>();

/** How other phases name a rule: `Entity.rule`. */
export const ruleId = (rule: { entity: string; name: string }): string => `${rule.entity}.${rule.name}`;
