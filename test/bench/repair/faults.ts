/** Faults as models make them: each changes one accepted answer so that it still checks, and no longer does what it should. */
import type { IScenarios } from "../../../src/phases/4-test/ast.js";

export const KINDS = ["condition", "formula", "expectation", "effect", "state", "left out", "contract"] as const;

export interface Fault {
  kind: (typeof KINDS)[number];
  name: string;
  project: "todo" | "todo-labels" | "lending";
  /** Task whose answer is changed. */
  key: string;
  side: "implementation" | "scenario" | "contract";
  /** Operation or scenario that is wrong. */
  part: string;
  change(answer: object): object;
}

/** One text of the answer, as JSON has it, becomes another; `nth` counts from zero. */
const replaced =
  (from: string, to: string, nth = 0) =>
  (answer: object): object => {
    const [whole, inner] = [JSON.stringify(answer), (text: string): string => JSON.stringify(text).slice(1, -1)];
    const pieces = whole.split(inner(from));
    if (pieces.length <= nth + 1) throw new RangeError(`There is no ${from} to change.`);
    const text = [pieces.slice(0, nth + 1).join(inner(from)), pieces.slice(nth + 1).join(inner(from))].join(inner(to));
    return JSON.parse(text) as object;
  };

const withSteps =
  (change: (steps: IScenarios["steps"]) => IScenarios["steps"]) =>
  (answer: object): object => ({
    ...answer,
    steps: change((answer as IScenarios).steps),
  });

const fault =
  (project: Fault["project"], key: string, side: Fault["side"], part: string) =>
  (kind: Fault["kind"], name: string, change: Fault["change"]): Fault => ({
    kind,
    name,
    project,
    key,
    side,
    part,
    change,
  });

const CLEAR = fault("todo", "realize/operation:taskLists.clearDone", "implementation", "taskLists.clearDone");
const keeping = fault("todo", "test/scenarios:taskLists", "scenario", "clearDoneKeepsOpenTasks");
const CLEAR_LABELLED = fault(
  "todo-labels",
  "realize/operation:taskLists.clearDone",
  "implementation",
  "taskLists.clearDone",
);
const reopening = fault("todo-labels", "test/scenarios:taskLists", "scenario", "clearDoneKeepsReopenedTasks");
const EXTEND = fault("lending", "realize/operation:loans.extendAll", "implementation", "loans.extendAll");
const REVIEW = fault("lending", "realize/amend:loans", "implementation", "books.reviews.update");
const LOAN = fault("lending", "realize/amend:loans", "implementation", "loans.create");
const extending = fault("lending", "test/scenarios:loans", "scenario", "extending");
const reviewing = fault("lending", "test/scenarios:loans", "scenario", "reviewing");
const dueDay = fault("lending", "test/scenarios:loans", "scenario", "dueDay");
const NEED = fault("lending", "interface/amend:loans", "contract", "books.reviews.create");

/** Fault by fault of another kind: whoever takes the first few has one of each. */
export const FAULTS: Fault[] = [
  EXTEND("condition", "refuses who may", replaced("loans.length === 0", "loans.length > 0")),
  CLEAR("state", "wrong state", replaced('status: "done"', 'status: "open"')),
  extending("expectation", "wrong number expected", replaced("extended = 1", "extended = 2")),
  EXTEND("effect", "missing effect", replaced("604_800_000", "0")),
  LOAN("formula", "missing sum", replaced("now.getTime() + 28 * 86_400_000", "now.getTime()")),
  NEED("contract", "asks for too little", replaced(" and copy.book = book", "")),
  dueDay("left out", "scenario missing", (answer) => without(answer as IScenarios, "dueDay", "Loan.dueIn28Days")),
  REVIEW("condition", "refuses who may", replaced('body.opinion === "n/a"', 'body.opinion !== "n/a"')),
  CLEAR_LABELLED("state", "no state", replaced(', status: "done"', "")),
  keeping("expectation", "wrong count expected", replaced("taskCount = 1", "taskCount = 2")),
  CLEAR("effect", "missing effect", replaced('status: "done"', 'status: "done", title: ""')),
  EXTEND("formula", "wrong formula", replaced("{ extended: loans.length }", "{ extended: loans.length + 1 }")),
  EXTEND("state", "wrong state", replaced('"active"', '"returned"')),
  reviewing("expectation", "refusal not expected", replaced("422", "201", 1)),
  NEED("contract", "asks for too much", replaced("copy.book = book", "copy.book = book and status = returned")),
  EXTEND("condition", "never refuses", replaced("loans.length === 0", "loans.length < 0")),
  LOAN("effect", "missing effect", replaced("id: row.id", 'id: "00000000-0000-4000-8000-000000000000"')),
  EXTEND("formula", "wrong sign", replaced("+ body.weeks", "- body.weeks")),
  CLEAR("state", "no state", replaced(', status: "done"', "")),
  extending("expectation", "wrong state expected", replaced("status = returned", "status = lost")),
  REVIEW("condition", "never refuses", replaced('body.opinion === "n/a"', 'body.opinion === ""')),
  CLEAR_LABELLED("effect", "too wide", replaced("taskListId: taskList.id, ", "")),
  LOAN("formula", "wrong sign", replaced("now.getTime() + 28", "now.getTime() - 28")),
  EXTEND("state", "no state", replaced(', status: "active"', "")),
  extending("expectation", "wrong comparison", replaced("due > loan.due", "due = loan.due")),
  REVIEW("condition", "too strict", replaced('body.opinion === "n/a"', "body.opinion != null")),
  EXTEND("effect", "whose rows", replaced("borrowerId: body.readerId, ", "")),
  EXTEND("formula", "answers nothing", replaced("{ extended: loans.length }", "{ extended: 0 }")),
  reopening("expectation", "wrong count expected", replaced("taskCount = 0", "taskCount = 1", 2)),
  EXTEND("condition", "too strict", replaced("loans.length === 0", "loans.length < 2")),
  EXTEND("effect", "nobody's rows", replaced("borrowerId: body.readerId", "borrowerId: caller.id")),
  CLEAR("effect", "too wide", replaced("taskListId: taskList.id, ", "")),
  extending(
    "expectation",
    "missing step",
    withSteps((steps) => steps.filter((one) => one.call !== "loans.giveBack")),
  ),
  keeping("expectation", "wrong text expected", replaced('name = "Home"', 'name = "House"')),
  reviewing("expectation", "wrong value expected", replaced("stars = 4", "stars = 5")),
  extending("expectation", "wrong row looked at", replaced("loanId = foreign.id", "loanId = loan.id")),
  dueDay("expectation", "wrong comparison", replaced("due > loan.createdAt", "due < loan.createdAt")),
  reviewing("expectation", "wrong text expected", replaced('opinion = "Witty"', 'opinion = "Dull"', 1)),
  extending("expectation", "wrong state of the row", replaced("status = active", "status = lost")),
  reviewing("left out", "scenario missing", (answer) => without(answer as IScenarios, "reviewing", "SAYS_NOTHING")),
  extending("left out", "scenario missing", (answer) =>
    without(answer as IScenarios, "extending", "lending.R7", "loans.extendAll"),
  ),
];

/** As if its author had said that it cannot be shown. */
const without = (answer: IScenarios, name: string, ...serves: string[]): IScenarios => ({
  ...answer,
  scenarios: answer.scenarios.filter((one) => one.name !== name),
  steps: answer.steps.filter((one) => one.scenario !== name),
  blocked: serves.map((what) => ({ what, why: "It cannot be seen." })),
});
