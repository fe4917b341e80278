/** Tests as data: functions of statements over the 34 expressions, and the function by which a model writes scenarios. */
import typia, { type tags } from "typia";
import type { IExpression } from "../../base/expression.js";

type Line<N extends number> = string & tags.MinLength<1> & tags.MaxLength<N>;

export namespace AutoBeTest {
  export interface IApplication {
    functions: IFunction[];
  }

  export interface IFunction {
    /** Unique, dotted: subject, operation, aspect. */
    name: string;
    /** What holds, one sentence. */
    title: string;
    /** File under test/features, without extension. */
    file: string;
    /** Operation it is about. */
    operation: string;
    origin: "derived" | "scenario";
    requirements: string[];
    rules: string[];
    statements: IStatement[];
  }

  export type IStatement =
    | IApiOperateStatement
    | IAccountStatement
    | IDeclareStatement
    | IExpressionStatement
    | IIfStatement
    | IRaceStatement
    | IRepeatStatement
    | IReturnStatement
    | IThrowStatement;

  /** Calls an operation; with a status from 400 on the call must be refused with it. */
  export interface IApiOperateStatement {
    type: "apiOperateStatement";
    /** Name of the operation. */
    operation: string;
    /** Variable of the calling account; null for nobody. */
    as: string | null;
    /** Object of path parameters, query and body; null for none. */
    argument: IExpression | null;
    variableName: string | null;
    /** Expected status, from the contract. */
    status: number;
    /** Expected code of a refusal, where the contract gives one. */
    code: string | null;
  }
  /** Makes a fresh account with a connection of its own. */
  export interface IAccountStatement {
    type: "accountStatement";
    actor: string;
    variableName: string;
  }
  export interface IDeclareStatement {
    type: "declareStatement";
    variableName: string;
    /** DTO that the expression must satisfy; null for none. */
    typeName: string | null;
    expression: IExpression;
  }
  export interface IExpressionStatement {
    type: "expressionStatement";
    expression: IExpression;
  }
  export interface IIfStatement {
    type: "ifStatement";
    condition: IExpression;
    thenStatement: IStatement[];
    elseStatement: IStatement[] | null;
  }
  /** The same statements several times, one after another. */
  export interface IRepeatStatement {
    type: "repeatStatement";
    times: number;
    statements: IStatement[];
  }
  /** Calls one operation several times at once: so many get through, the others are refused. */
  export interface IRaceStatement {
    type: "raceStatement";
    /** Name of the operation. */
    operation: string;
    /** Variable of the calling account; null for nobody. */
    as: string | null;
    /** Object of path parameters, query and body, one for each call. */
    arguments: IExpression[];
    /** How many get through. */
    succeeds: number;
    /** Status and code of the refusals, from the contract. */
    status: number;
    code: string | null;
  }
  export interface IReturnStatement {
    type: "returnStatement";
    expression: IExpression;
  }
  export interface IThrowStatement {
    type: "throwStatement";
    expression: IExpression;
  }
}

// Answer of `test/scenarios:<aggregate>`.
export interface IScenarios {
  /** What the scenarios show, in a few sentences. */
  plan: Line<700>;
  scenarios: IScenario[] & tags.MaxItems<12>;
  /** Steps of all scenarios, in the order in which they happen. */
  steps: IScenarioStep[] & tags.MaxItems<80>;
  /** Obligations shown that no scenario can show, and why. Comes last. */
  blocked: IScenarioBlocked[] & tags.MaxItems<20>;
}
export interface IScenario {
  /** camelCase, unique. */
  name: string & tags.Pattern<"^[a-z][a-zA-Z0-9]{2,59}$">;
  /** What holds, one sentence. */
  title: Line<160>;
  /** Requirements, rules, refusal codes it shows. */
  serves: Line<80>[] & tags.MinItems<1> & tags.MaxItems<10>;
}
export interface IScenarioStep {
  scenario: Line<60>;
  /** Who calls: an actor's name for the first account, with 2 for another account of it, guest for nobody. */
  as: string & tags.Pattern<"^[a-z][a-zA-Z]*[0-9]?$">;
  /** Operation to call. */
  call: Line<100>;
  /** Values that differ from the derived sample: `body.title = "x"`, `body.dueDate = null`, `listId = list.id`, `query.limit = 5`. Parameters and required references not given are taken from rows kept before, else made. */
  give: Line<200>[] & tags.MaxItems<16>;
  /** Expected status. */
  status: number & tags.Type<"uint32"> & tags.Minimum<200> & tags.Maximum<499>;
  /** Variable that keeps the answer. */
  keep: (string & tags.Pattern<"^[a-z][a-zA-Z0-9]{0,29}$">) | null;
  /** What must hold of the answer: `status = done`, `data.length = 2`, `title = list.title`, `completedAt != null`, `total > 0`. */
  expect: Line<200>[] & tags.MaxItems<10>;
}
export interface IScenarioBlocked {
  /** Requirement, rule, refusal code or operation. */
  what: Line<100>;
  why: Line<200>;
}

/** The functions of the phase. */
export interface ITestFunctions {
  /** Writes scenarios as flat steps. */
  writeScenarios(props: IScenarios): void;
}

export const testFunctions = typia.llm.application<ITestFunctions>();
export const validateTest = typia.createValidate<AutoBeTest.IApplication>();
