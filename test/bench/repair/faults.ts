/** Faults as models make them: each changes one accepted answer so that it still checks, and no longer does what it should. */
import type { IScenarios } from "../../../src/phases/4-test/ast.js";

export interface Fault {
  name: string;
  project: "todo" | "lending";
  /** Task whose answer is changed. */
  key: string;
  side: "implementation" | "scenario";
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
  (name: string, change: Fault["change"]): Fault => ({ name, project, key, side, part, change });

const CLEAR = fault("todo", "realize/operation:taskLists.clearDone", "implementation", "taskLists.clearDone");
const keeping = fault("todo", "test/scenarios:taskLists", "scenario", "clearDoneKeepsOpenTasks");
const EXTEND = fault("lending", "realize/operation:loans.extendAll", "implementation", "loans.extendAll");
const REVIEW = fault("lending", "realize/amend:loans", "implementation", "books.reviews.update");
const LOAN = fault("lending", "realize/amend:loans", "implementation", "loans.create");
const extending = fault("lending", "test/scenarios:loans", "scenario", "extending");
const reviewing = fault("lending", "test/scenarios:loans", "scenario", "reviewing");
const dueDay = fault("lending", "test/scenarios:loans", "scenario", "dueDay");

/** Fault by fault of another kind: whoever takes the first few has one of each. */
export const FAULTS: Fault[] = [
  EXTEND("refuses who may", replaced("loans.length === 0", "loans.length > 0")),
  CLEAR("wrong state", replaced('status: "done"', 'status: "open"')),
  extending("wrong number expected", replaced("extended = 1", "extended = 2")),
  EXTEND("missing effect", replaced("604_800_000", "0")),
  keeping("wrong count expected", replaced("taskCount = 1", "taskCount = 2")),
  REVIEW("refuses who may", replaced('body.opinion === "n/a"', 'body.opinion !== "n/a"')),
  dueDay("scenario missing", (answer) => without(answer as IScenarios, "dueDay", "Loan.dueIn28Days")),
  LOAN("missing sum", replaced("now.getTime() + 28 * 86_400_000", "now.getTime()")),
  EXTEND("wrong formula", replaced("{ extended: loans.length }", "{ extended: loans.length + 1 }")),
  reviewing("refusal not expected", replaced("422", "200", 1)),
  CLEAR("no state", replaced(', status: "done"', "")),
  EXTEND("wrong state", replaced('"active"', '"returned"')),
  EXTEND("never refuses", replaced("loans.length === 0", "loans.length < 0")),
  extending(
    "missing step",
    withSteps((steps) => steps.filter((one) => one.call !== "loans.giveBack")),
  ),
  CLEAR("too wide", replaced("taskListId: taskList.id, ", "")),
  keeping("wrong text expected", replaced('name = "Home"', 'name = "House"')),
  EXTEND("wrong sign", replaced("+ body.weeks", "- body.weeks")),
  extending("wrong state expected", replaced("status = returned", "status = lost")),
  REVIEW("never refuses", replaced('body.opinion === "n/a"', 'body.opinion === ""')),
  LOAN("wrong sign", replaced("now.getTime() + 28", "now.getTime() - 28")),
  EXTEND("no state", replaced(', status: "active"', "")),
  extending("wrong comparison", replaced("due > loan.due", "due = loan.due")),
  EXTEND("whose rows", replaced("borrowerId: body.readerId, ", "")),
  CLEAR("missing effect", replaced('status: "done"', 'status: "done", title: ""')),
  EXTEND("nobody's rows", replaced("borrowerId: body.readerId", "borrowerId: caller.id")),
  reviewing("wrong value expected", replaced("stars = 4", "stars = 5")),
  REVIEW("too strict", replaced('body.opinion === "n/a"', "body.opinion != null")),
  extending("wrong row looked at", replaced("loanId = foreign.id", "loanId = loan.id")),
  EXTEND("too strict", replaced("loans.length === 0", "loans.length < 2")),
  EXTEND("answers nothing", replaced("{ extended: loans.length }", "{ extended: 0 }")),
  dueDay("wrong comparison", replaced("due > loan.createdAt", "due < loan.createdAt")),
  reviewing("wrong text expected", replaced('opinion = "Witty"', 'opinion = "Dull"', 1)),
  extending("wrong state of the row", replaced("status = active", "status = lost")),
  reviewing("scenario missing", (answer) => without(answer as IScenarios, "reviewing", "SAYS_NOTHING")),
  extending("scenario missing", (answer) =>
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
