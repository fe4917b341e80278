/** The contract: operations with their behaviour as data, DTOs over ten schema variants, and the function that changes the derived draft. */

import typia, { type tags } from "typia";
import type { Comparison } from "../../base/comparison.js";
import type { IExpression } from "../../base/expression.js";

type Camel = string & tags.Pattern<"^[a-z][a-zA-Z0-9]{0,39}$">;
type Line<N extends number> = string & tags.MinLength<1> & tags.MaxLength<N>;
type Code = string & tags.Pattern<"^[A-Z][A-Z0-9_]{2,59}$">;

export namespace AutoBeOpenApi {
  export interface IDocument {
    title: string;
    summary: string;
    operations: IOperation[];
    components: IComponents;
    /** Which rows of each model an actor may see, whether or not an operation shows them; references are guarded by it. */
    readers: Record<string, IAccess[]>;
    /** One per create and update DTO, keyed by its name. */
    samples: Record<string, ISample>;
  }

  export interface IComponents {
    schemas: Record<string, IJsonSchemaDescriptive>;
    authorizations: { name: string; description: string }[];
  }

  export type Method = "get" | "post" | "put" | "delete" | "patch";
  export type Kind =
    | "join"
    | "login"
    | "refresh"
    | "logout"
    | "me"
    | "list"
    | "at"
    | "create"
    | "update"
    | "erase"
    | "transition"
    | "custom";

  export interface IOperation {
    /** Accessor in the SDK, unique: non-parameter path segments and the function, `lists.tasks.create`. */
    name: string;
    kind: Kind;
    method: Method;
    /** `/lists/{listId}/tasks` */
    path: string;
    description: string;
    /** How it works inside, for those who implement and test it. */
    specification: string;
    /** Model whose rows it serves; null for none. */
    model: string | null;
    /** Who may call, each with the rows it may touch. */
    access: IAccess[];
    parameters: IParameter[];
    query: string | null;
    requestBody: string | null;
    responseBody: string | null;
    /** Status of success. */
    success: number;
    failures: IFailure[];
    /** Property of the answer that identifies the row, null where none does. */
    key: string | null;
    /** Envelope of the answer. */
    wrap: "none" | "page";
    /** Rows it brings into being, and where in the answer their key stands. */
    creates: ICreation[];
    prerequisites: IPrerequisite[];
    refusals: IRefusal[];
    effects: IEffect[];
    /** For transitions. */
    transition: ITransition | null;
    requirements: string[];
    rules: string[];
  }

  export interface ITransition {
    action: string;
    attribute: string;
    from: string[];
    to: string;
    /** Columns that keep when it happened. */
    moments: string[];
    /** Whether who may call it is said of the transition itself. */
    isScoped: boolean;
  }

  export interface IAccess {
    /** Actor, or guest. */
    actor: string;
    /** null: all rows. */
    filter: ICondition[] | null;
    requirements: string[];
  }
  /** Relation names and a final column; `me` is the caller's id. */
  export interface ICondition {
    path: string[];
    /** Order where a refusal depends on it; `now` is the moment of the call. */
    operator: Comparison;
    value: string;
  }

  export interface IParameter {
    name: string;
    description: string;
    /** Model whose key it is. */
    model: string;
    schema: IJsonSchema.IString | IJsonSchema.IInteger;
  }
  export interface IFailure {
    status: number;
    when: string;
  }
  export interface ICreation {
    model: string;
    /** Dotted path in the answer, `id`; `lines[].id` for each of several. */
    at: string;
  }
  export interface IPrerequisite {
    model: string;
    /** Where the row is needed: a path parameter or a dotted member of the body. */
    at: string;
    /** State the row must be in; null for any. */
    state: string | null;
    required: boolean;
  }

  /** A way in which a valid call is refused, and as data how to bring it about. */
  export interface IRefusal {
    status: number;
    code: string;
    when: string;
    /** How a caller avoids it. */
    avoid: string;
    /** Compiled refusals can be provoked by the machine; null ones owe a scenario and an implementation by the model. */
    provoke: IProvocation | null;
    rules: string[];
  }
  export type IProvocation =
    | IProvocation.IRepeat
    | IProvocation.IState
    | IProvocation.IOrder
    | IProvocation.ILimit
    | IProvocation.ICapacity
    | IProvocation.ICycle
    | IProvocation.IReferenced
    | IProvocation.IAbsent
    | IProvocation.IMatch
    | IProvocation.IBound;
  export namespace IProvocation {
    /** The same values of these body members a second time. */
    export interface IRepeat {
      kind: "repeat";
      members: string[];
    }
    /** The row is in a state that is not among those the transition starts from. */
    export interface IState {
      kind: "state";
      attribute: string;
      from: string[];
    }
    /** The first member is not before the second. */
    export interface IOrder {
      kind: "order";
      first: string;
      second: string;
    }
    /** One more row than the maximum per reference. */
    export interface ILimit {
      kind: "limit";
      relation: string;
      maximum: number;
    }
    /** Rows per reference, or what a number of theirs adds up to, beyond a constant or beyond what a row holds. */
    export interface ICapacity {
      kind: "capacity";
      relation: string;
      /** Column that is added up; null where rows are counted. */
      column: string | null;
      /** Where there is no path. */
      maximum: number | null;
      /** Relations from the operation's row, the named one first, and the column that holds the maximum. */
      most: string[] | null;
      /** States of the rows that count; empty for any. */
      states: string[];
    }
    /** A self reference that closes a cycle. */
    export interface ICycle {
      kind: "cycle";
      member: string;
    }
    /** No row of the model satisfies the conditions, which the call needs. */
    export interface IAbsent {
      kind: "absent";
      model: string;
      match: {
        path: string[];
        operator: Comparison;
        /** The caller, the operation's row, what a relation of that row points to, or a literal. */
        equals:
          | { kind: "me" }
          | { kind: "self" }
          | { kind: "relation" /** `book`, or a path through rows that are there: `copy.book`. */; name: string }
          | { kind: "literal"; value: string };
      }[];
    }
    /** The operation's row as it was, or the one that it makes, satisfies all of the conditions. */
    export interface IMatch {
      kind: "match";
      conditions: ICondition[];
    }
    /** An effect would bring a column past its bound: the row at the end of the path stands at it. */
    export interface IBound {
      kind: "bound";
      path: string[];
      model: string;
      column: string;
      /** The value from which the call goes too far. */
      at: number;
    }
    /** Another row still refers to it. */
    export interface IReferenced {
      kind: "referenced";
      model: string;
      relation: string;
    }
  }

  /** What a call changes, in the row itself and elsewhere. */
  export interface IEffect {
    action: "set" | "add" | "insert" | "erase";
    model: string;
    /** Relations from the operation's row to the rows that change, in order; empty for that row itself or for a new one, null where only words say it. */
    path: string[] | null;
    /** Column, where one is set or added to. */
    column: string | null;
    /** Literal, `now`, `me`, `null`, `+1`, `-quantity`, or words where the machine cannot compile it. */
    value: string;
    /** What the column is set to or changes by; what the columns of a new row hold. */
    assignments: IAssignment[];
    /** What must hold of the operation's row before the call; empty for always. */
    only: ICondition[];
    /** For add: how far the column may go. */
    bound: IBound | null;
    /** Whether the machine compiles it; false owes an implementation and a scenario. */
    compiled: boolean;
    rules: string[];
  }
  export interface IAssignment {
    /** Column; a foreign key by its column. */
    column: string;
    value: IValue;
  }
  export type IValue =
    | { kind: "literal"; value: string }
    | { kind: "now" }
    | { kind: "me" }
    | { kind: "null" }
    /** Key of the operation's row. */
    | { kind: "self" }
    /** A column of the operation's row, or of one on the way. */
    | { kind: "member"; path: string[]; sign: 1 | -1 };
  export interface IBound {
    least: number | null;
    most: number | null;
    /** Of the refusal where it would go further. */
    code: string;
  }

  export interface ISample {
    /** The body's value; variables of the test are reached by identifiers of the prerequisites' models. */
    expression: IExpression;
  }

  /** A schema with its words and its origin in the database. */
  export type IJsonSchemaDescriptive = IJsonSchema & {
    description: string;
    /** Model it mirrors. */
    model?: string;
  };
  export type IJsonSchemaProperty = Exclude<IJsonSchema, IJsonSchema.IObject> & {
    description: string;
    /** Column, relation or link it mirrors. */
    member?: string;
  };

  export type IJsonSchema =
    | IJsonSchema.IConstant
    | IJsonSchema.IBoolean
    | IJsonSchema.IInteger
    | IJsonSchema.INumber
    | IJsonSchema.IString
    | IJsonSchema.IArray
    | IJsonSchema.IObject
    | IJsonSchema.IReference
    | IJsonSchema.IOneOf
    | IJsonSchema.INull;
  export namespace IJsonSchema {
    export interface IConstant {
      const: boolean | number | string;
    }
    export interface IBoolean {
      type: "boolean";
    }
    export interface IInteger {
      type: "integer";
      minimum?: number;
      maximum?: number;
      exclusiveMinimum?: number;
      exclusiveMaximum?: number;
      multipleOf?: number;
    }
    export interface INumber {
      type: "number";
      minimum?: number;
      maximum?: number;
      exclusiveMinimum?: number;
      exclusiveMaximum?: number;
      multipleOf?: number;
    }
    export interface IString {
      type: "string";
      format?:
        | "uuid"
        | "email"
        | "uri"
        | "date"
        | "date-time"
        | "password"
        | "ipv4"
        | "ipv6"
        | "hostname"
        | "time"
        | "duration";
      pattern?: string;
      contentMediaType?: string;
      minLength?: number;
      maxLength?: number;
    }
    export interface IArray {
      type: "array";
      items: Exclude<IJsonSchema, IObject>;
      uniqueItems?: boolean;
      minItems?: number;
      maxItems?: number;
    }
    export interface IObject {
      type: "object";
      properties: Record<string, IJsonSchemaProperty>;
      required: string[];
      additionalProperties?: false | Exclude<IJsonSchema, IObject>;
    }
    export interface IReference {
      $ref: string;
    }
    export interface IOneOf {
      oneOf: Exclude<IJsonSchema, IOneOf | IObject>[];
      discriminator?: { propertyName: string; mapping?: Record<string, string> };
    }
    export interface INull {
      type: "null";
    }
  }
}

// Answer of `interface/amend:<aggregate>`: differences only, silence keeps the draft.
export interface IAmend {
  /** What you change and why, in a few sentences. */
  plan: Line<800>;
  /** Names of derived operations to take away. */
  remove: Line<100>[] & tags.MaxItems<30>;
  /** Custom operations to fill, or derived ones whose words or callers change. */
  operations: IAmendOperation[] & tags.MaxItems<16>;
  /** Properties of bodies and answers of custom operations, or to add to derived types. */
  properties: IAmendProperty[] & tags.MaxItems<80>;
  /** Ways in which an operation refuses a valid call, beyond those shown. */
  refusals: IAmendRefusal[] & tags.MaxItems<40>;
  /** What an operation changes besides its own row, beyond what is shown. */
  effects: IAmendEffect[] & tags.MaxItems<40>;
  /** Obligations shown that nothing above serves, and why. Comes last. */
  unserved: IInterfaceUnserved[] & tags.MaxItems<40>;
}
export interface IAmendOperation {
  name: Line<100>;
  description: Line<300>;
  /** Requirements and rules it serves. */
  serves: Line<80>[] & tags.MaxItems<12>;
  /** For custom operations; null keeps what a derived one has. */
  method: AutoBeOpenApi.Method | null;
  /** `/lists/{listId}/close`; parameters are keys of tables, named as shown. */
  path: (string & tags.Pattern<"^(/([a-z][a-zA-Z0-9]*|\\{[a-z][a-zA-Z0-9]*\\}))+$">) | null;
  /** Type of the body, null for none. */
  body: (string & tags.MaxLength<80>) | null;
  /** Type of the answer, null for none. */
  response: (string & tags.MaxLength<80>) | null;
  /** Table of which a custom operation brings a row into being, where no other operation creates them. */
  creates?: (string & tags.MaxLength<60>) | null;
  /** Where the answer holds the key of that row, `loan.id`; null for `id`. */
  key?: (string & tags.MaxLength<80>) | null;
}
export interface IAmendProperty {
  /** Type it belongs to, `IList.IClose`. */
  type: Line<80>;
  name: Camel;
  /** Where its value comes from, or what it does. */
  source: Line<160>;
  kind:
    | "boolean"
    | "int"
    | "double"
    | "decimal"
    | "bigint"
    | "string"
    | "uuid"
    | "uri"
    | "date"
    | "datetime"
    | "enum"
    | "type";
  list: boolean;
  nullable: boolean;
  /** Type name where kind is type. */
  ref?: (string & tags.MaxLength<80>) | null;
  /** Values where kind is enum. */
  values?: (Line<48>[] & tags.MaxItems<20>) | null;
  minimum?: number | null;
  maximum?: number | null;
}
export interface IAmendRefusal {
  operation: Line<100>;
  /** Condition, in words. */
  when: Line<200>;
  /** How a caller avoids it. */
  avoid: Line<200>;
  status: 403 | 404 | 409 | 422;
  code: Code;
  /** Where it is refused unless another row exists: that row, `Table where path = me and path = copy.book and path = value`; `copy` is a relation of the operation's row, `self` that row. */
  needs?: (string & tags.MaxLength<200>) | null;
  /** Where it is refused by what the row holds, for create the new row: conditions on it, `note != null` or `post.author = me and status = open`. */
  while?: (string & tags.MaxLength<160>) | null;
  serves: Line<80>[] & tags.MaxItems<8>;
}
export interface IAmendEffect {
  operation: Line<100>;
  what: Line<200>;
  table: Line<60>;
  action: "create" | "update" | "erase";
  /** Relations from the operation's row to the rows changed, `copy` or `lines.product`; empty for that row itself. Null, like the next ones, where only words can say it. */
  at?: (string & tags.MaxLength<120>) | null;
  /** Column of the table, for update. */
  column?: Camel | null;
  /** For update `now`, `me`, `null`, a literal, `+1`, `-1`, `+quantity` or `lines.quantity` with a sign; for create all columns, `loan = self and writer = me and kind = closed`. */
  value?: (string & tags.MaxLength<200>) | null;
  /** Condition on the operation's row before the call, `status = paid`. */
  only?: (string & tags.MaxLength<120>) | null;
  /** Code of the 409 where an added amount would leave the column's bounds. */
  code?: Code | null;
  serves: Line<80>[] & tags.MaxItems<8>;
}
export interface IInterfaceUnserved {
  /** Requirement, rule or custom operation. */
  id: Line<100>;
  reason: Line<160>;
}

/** The functions of the phase. */
export interface IInterfaceFunctions {
  /** Changes operations, types, refusals and effects of the derived contract. */
  amendInterface(props: IAmend): void;
}

export const interfaceFunctions = typia.llm.application<IInterfaceFunctions>();
export const validateOpenApi = typia.createValidate<AutoBeOpenApi.IDocument>();
