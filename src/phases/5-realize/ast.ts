/** The implementation: derived providers with guards as data, custom ones as steps of TypeScript leaves, and the two functions by which a model writes leaves. */
import typia, { type tags } from "typia";

type Line<N extends number> = string & tags.MinLength<1> & tags.MaxLength<N>;

export namespace AutoBeRealize {
  export interface IApplication {
    collectors: ICollector[];
    transformers: ITransformer[];
    operations: IOperation[];
  }

  /** Create or update DTO → columns. */
  export interface ICollector {
    model: string;
    /** What is handed in besides the body, `ownerId`. */
    arguments: { name: string; member: string; nullable: boolean }[];
    create: IMapping[] | null;
    update: IMapping[] | null;
  }
  /** One database member and the value it gets. */
  export interface IMapping {
    member: string;
    kind: "scalar" | "belongsTo" | "hasMany" | "link";
    from:
      | { kind: "body"; property: string; conversion: Conversion; nullable: boolean; optional: boolean }
      | { kind: "argument"; name: string }
      | { kind: "id" }
      | { kind: "now" }
      | { kind: "literal"; text: string }
      | { kind: "composed"; property: string; model: string; optional: boolean };
  }
  /** Between wire and column. */
  export type Conversion = "none" | "date" | "datetime" | "time" | "bytes" | "bigint" | "decimal" | "json";

  /** Row → DTO. */
  export interface ITransformer {
    model: string;
    /** Full answer, or the summary that other answers nest. */
    shape: "full" | "summary";
    dto: string;
    properties: ITransform[];
  }
  export interface ITransform {
    property: string;
    /** Column, relation or link. */
    member: string;
    from: "column" | "relation" | "link" | "composed" | "count";
    conversion: Conversion;
    /** Of a count: there is one row at most. */
    nullable: boolean;
    /** Model of the nested answer, for relations, links and composed children. */
    model: string | null;
  }

  /** One per operation of the contract; `steps` only for custom operations and amended ones. */
  export interface IOperation {
    name: string;
    origin: "derived" | "custom";
    /** Leaves run inside the transaction before the write (custom: in order). */
    before: IStep[];
    /** Leaves run inside the transaction after the write. */
    after: IStep[];
    /** Custom: expression of what is returned. */
    result: string | null;
  }
  export interface IStep {
    why: string;
    code: string;
    refuseIf: string | null;
    refusal: { status: number; code: string; when: string } | null;
  }
}

// Answer of `realize/operation:<operation>`.
export interface IRealizeOperation {
  /** How it is done, in a few sentences. */
  plan: Line<900>;
  /** In order; each refusal of the contract occurs exactly once. */
  steps: IRealizeStep[] & tags.MaxItems<30>;
  /** TypeScript expression of the answer, of the contract's type; `undefined` where there is none. */
  result: Line<1200>;
  /** What is missing to do it. Comes last, empty when it can be done. */
  blocked: IRealizeBlocked[] & tags.MaxItems<6>;
}
export interface IRealizeStep {
  why: Line<120>;
  /** TypeScript statements; empty where only a condition follows. */
  code: string & tags.MaxLength<1500>;
  /** TypeScript condition under which the call is refused. */
  refuseIf?: (string & tags.MaxLength<400>) | null;
  /** Code of the contract's refusal. */
  refusal?: (string & tags.MaxLength<80>) | null;
}
export interface IRealizeBlocked {
  what: "column" | "operation" | "property" | "contradiction";
  name: Line<80>;
  why: Line<200>;
}

// Answer of `realize/amend:<aggregate>`.
export interface IRealizeAmend {
  /** What is added, in a few sentences. */
  plan: Line<900>;
  /** Leaves inside the transactions of derived operations; each refusal shown occurs exactly once. */
  steps: IRealizeAmendStep[] & tags.MaxItems<30>;
  /** What is missing to do it. Comes last, empty when it can be done. */
  blocked: IRealizeBlocked[] & tags.MaxItems<6>;
}
export interface IRealizeAmendStep {
  operation: Line<100>;
  /** before or after the write. */
  moment: "before" | "after";
  why: Line<120>;
  /** TypeScript statements; empty where only a condition follows. */
  code: string & tags.MaxLength<1500>;
  /** TypeScript condition under which the call is refused. */
  refuseIf?: (string & tags.MaxLength<400>) | null;
  /** Code of the contract's refusal. */
  refusal?: (string & tags.MaxLength<80>) | null;
}

/** The functions of the phase. */
export interface IRealizeFunctions {
  /** Implements one custom operation. */
  realizeOperation(props: IRealizeOperation): void;
  /** Adds guards and effects to derived operations. */
  amendOperations(props: IRealizeAmend): void;
}

export const realizeFunctions = typia.llm.application<IRealizeFunctions>();
export const validateRealize = typia.createValidate<AutoBeRealize.IApplication>();
