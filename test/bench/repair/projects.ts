/** Projects whose answers are known and pass the gate: what faults are put into. */
import { readFileSync } from "node:fs";
import type { Journal, JournalEntry } from "../../../src/base/journal.js";
import { changesOf, headerOf } from "../../../src/base/journal-index.js";
import type { Task } from "../../../src/base/task.js";
import { createHarness } from "../../../src/harness/harness.js";
import { readPrompts } from "../../../src/io/package-folder.js";
import type { IAmend } from "../../../src/phases/3-interface/ast.js";
import type { IScenarioStep, IScenarios } from "../../../src/phases/4-test/ast.js";
import type { IRealizeAmend, IRealizeOperation } from "../../../src/phases/5-realize/ast.js";
import { libraryAmend, libraryAnswer, libraryOutline, libraryRequest } from "../../library/library.js";

export interface Known {
  request: string;
  /** What was asked for after it. */
  changes: string[];
  /** The accepted answer; null where a task was never asked. */
  answerTo(task: Task): Promise<object | null>;
}

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

/** A recorded example, gone on with by the harness: what it would accept today, its changes included. */
export const recorded = (example: string): Known => {
  const lines = read(`examples/${example}/journal.jsonl`).trim().split("\n");
  const entries = lines.map((line) => JSON.parse(line) as JournalEntry);
  const change = entries.findLastIndex(({ kind }) => kind === "change");
  const harness = readPrompts().then((prompts) =>
    createHarness({
      // What was accepted when it was recorded is judged again; what a change goes on from stands before it.
      journal: inMemory(
        entries.filter(({ kind }, index) => kind !== "attempt" && (kind !== "accepted" || index < change)),
      ),
      replay: entries,
      refresh: false,
      connect: null,
      prompts,
      concurrency: 1,
      limits: { attempts: 5, tokens: null },
      signal: new AbortController().signal,
      observe: () => {},
    }),
  );
  return {
    request: headerOf(entries)!.request,
    changes: changesOf(entries),
    answerTo: async (task) => (await (await harness).ask(task)).answer,
  };
};

export const inMemory = (begun: readonly JournalEntry[] = []): Journal & { entries: JournalEntry[] } => {
  const entries = [...begun];
  return { entries, append: async (entry) => void entries.push({ ...entry, at: "1970-01-01T00:00:00.000Z" }) };
};

/** The library of the tests, implemented and proven in full. */
export const lending = (): Known => ({
  request: libraryRequest(),
  changes: [],
  answerTo: async ({ key }) => lendingAnswers().get(key) ?? null,
});

export const lendingAnswers = (): ReadonlyMap<string, object> =>
  new Map<string, object>([
    ["analyze/outline", libraryOutline()],
    ["analyze/module:catalog", libraryAnswer("catalog")],
    ["analyze/module:lending", libraryAnswer("lending")],
    ["interface/amend:loans", contract()],
    ["test/scenarios:loans", SCENARIOS],
    ["realize/operation:loans.extendAll", EXTEND],
    ["realize/amend:loans", AMENDMENT],
  ]);

const step = (scenario: string, as: string, call: string, status: number, more: Partial<IScenarioStep> = {}) => ({
  scenario,
  as,
  call,
  give: [],
  status,
  keep: null,
  expect: [],
  ...more,
});

/** The row that a review needs is said as data, so that derived tests make it; two more refusals are left to leaves. */
const contract = (): IAmend => {
  const amend = libraryAmend();
  const refusal = (operation: string, code: string, when: string, avoid: string, serves: string[]) => ({
    operation,
    when,
    avoid,
    status: 422 as const,
    code,
    serves,
  });
  return {
    ...amend,
    refusals: [
      ...amend.refusals.map((one) => ({ ...one, needs: "Loan where borrower = me and copy.book = book" })),
      refusal("loans.extendAll", "NOTHING_TO_EXTEND", "The reader has no active loan.", "Borrow a copy.", [
        "lending.R7",
      ]),
      refusal("books.reviews.update", "SAYS_NOTHING", "The opinion is n/a.", "Write an opinion.", ["lending.R5"]),
    ],
  };
};

const SCENARIOS: IScenarios = {
  plan: "Active loans are extended and returned ones are not; a review is changed to an opinion that says something.",
  scenarios: [
    {
      name: "extending",
      title: "All active loans of a reader are due later.",
      serves: ["loans.extendAll", "lending.R7", "NOTHING_TO_EXTEND"],
    },
    {
      name: "reviewing",
      title: "An opinion that says nothing is refused.",
      serves: ["SAYS_NOTHING", "lending.R5", "Review.borrowedFirst"],
    },
    { name: "dueDay", title: "A loan is due after the day on which it was made.", serves: ["Loan.dueIn28Days"] },
  ],
  steps: [
    step("extending", "reader", "loans.create", 201, { keep: "loan", expect: ["status = active"] }),
    step("extending", "reader2", "loans.create", 201, { keep: "foreign", expect: ["status = active"] }),
    step("extending", "librarian", "loans.extendAll", 200, {
      give: ["body.readerId = reader.id", "body.weeks = 2"],
      expect: ["extended = 1"],
    }),
    step("extending", "reader", "loans.at", 200, { give: ["loanId = loan.id"], expect: ["due > loan.due"] }),
    step("extending", "reader2", "loans.at", 200, { give: ["loanId = foreign.id"], expect: ["due = foreign.due"] }),
    step("extending", "librarian", "loans.giveBack", 200, {
      give: ["loanId = loan.id"],
      expect: ["status = returned"],
    }),
    step("extending", "librarian", "loans.extendAll", 422, { give: ["body.readerId = reader.id", "body.weeks = 1"] }),
    step("reviewing", "librarian", "books.create", 201, { give: ['body.title = "Emma"'], keep: "book" }),
    step("reviewing", "librarian", "books.copies.create", 201, { give: ["bookId = book.id"], keep: "copy" }),
    step("reviewing", "reader", "loans.create", 201, { give: ["body.copyId = copy.id"], keep: "loan" }),
    step("reviewing", "reader", "books.reviews.create", 201, {
      give: ["bookId = book.id", "body.stars = 4"],
      keep: "review",
      expect: ["stars = 4"],
    }),
    step("reviewing", "librarian", "books.create", 201, { give: ['body.title = "Persuasion"'], keep: "unread" }),
    step("reviewing", "reader", "books.reviews.create", 422, { give: ["bookId = unread.id"] }),
    step("reviewing", "reader", "books.reviews.update", 200, {
      give: ["bookId = book.id", "reviewId = review.id", 'body.opinion = "Witty"'],
      expect: ['opinion = "Witty"'],
    }),
    step("reviewing", "reader", "books.reviews.update", 422, {
      give: ["bookId = book.id", "reviewId = review.id", 'body.opinion = "n/a"'],
    }),
    step("dueDay", "reader", "loans.create", 201, { keep: "loan" }),
    step("dueDay", "reader", "loans.at", 200, { give: ["loanId = loan.id"], expect: ["due > loan.createdAt"] }),
  ],
  blocked: [],
};

const EXTEND: IRealizeOperation = {
  plan: "Moves the due day of each active loan of the reader.",
  steps: [
    {
      why: "active loans of the reader",
      code: 'const loans = await tx.loan.findMany({ where: { borrowerId: body.readerId, status: "active" } });',
      refuseIf: "loans.length === 0",
      refusal: "NOTHING_TO_EXTEND",
    },
    {
      why: "each is due that many weeks later",
      code: "for (const loan of loans)\n  await tx.loan.update({ where: { id: loan.id }, data: { due: new Date(loan.due.getTime() + body.weeks * 604_800_000), updatedAt: now } });",
    },
  ],
  result: "{ extended: loans.length }",
  blocked: [],
};

const AMENDMENT: IRealizeAmend = {
  plan: "Looks at the opinion before a review is changed, and reckons the due day after a loan is made.",
  steps: [
    {
      operation: "books.reviews.update",
      moment: "before",
      why: "an opinion says something",
      code: "",
      refuseIf: 'body.opinion === "n/a"',
      refusal: "SAYS_NOTHING",
    },
    {
      operation: "loans.create",
      moment: "after",
      why: "28 days",
      code: "await tx.loan.update({ where: { id: row.id }, data: { due: new Date(now.getTime() + 28 * 86_400_000) } });",
    },
  ],
  blocked: [],
};
