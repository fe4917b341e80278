/** The repair, round by round: who is asked what, what is kept, what is undone, and how it ends. */
import { describe, expect, it } from "vitest";
import { Failure } from "../../src/base/mishap.js";
import type { Task } from "../../src/base/task.js";
import type { IScenarios } from "../../src/phases/4-test/ast.js";
import type { IRealizeAmend } from "../../src/phases/5-realize/ast.js";
import type { Design } from "../../src/pipeline/design.js";
import { type Fails, faulty, judged, KNOWN, run } from "./repairing.js";

const AMEND = "realize/amend:loans";
const SCENARIOS = "test/scenarios:loans";
const refusesAll = faulty("books.reviews.update", "refuses who may");
const expectsTwo = faulty("extending", "wrong number expected");
const leavesOf = (design: Design): string => JSON.stringify(design.realize!.operations);
const isWrong = (design: Design): boolean => leavesOf(design).includes("!==");
const CHANGES = "books.reviews.update.by.reader";
const UPDATES = "books.reviews.update.missing";
const EXTENDING = "loans.scenario.extending";
const whileTwo: Fails = (design) => ({
  tests: JSON.stringify(design.test).includes("extended = 2") ? [EXTENDING] : [],
});
describe("a derived test that fails at leaves", () => {
  const fails: Fails = (design) => ({ tests: isWrong(design) ? [CHANGES] : [] });

  it("has its leaves put right without asking which side is wrong", async () => {
    const { gated, keys, asked, repaired, left } = await run({
      wrong: refusesAll,
      fails,
      answers: { [`${AMEND}/repair-1`]: KNOWN.get(AMEND)! },
    });
    expect(gated.verdict.passed).toBe(true);
    expect(keys).toEqual([`${AMEND}/repair-1`]);
    expect(repaired).toEqual(["books.reviews.update"]);
    expect(left).toEqual([]);
    expect(asked[0]!.standing!.answer).toEqual(refusesAll[AMEND]);
    // only the step of that operation is spoken of
    expect(asked[0]!.standing!.diagnostics).toMatchObject([{ code: "REPAIR.TEST_FAILED", path: "$input.steps[0]" }]);
    expect(asked[0]!.standing!.diagnostics[0]!.message).toMatch(/GET \/books\/\d+\/reviews\/\d+ answered 200/);
  });

  it("is nobody's to mend where something else was run than was generated", async () => {
    const mended = { [`${AMEND}/repair-1`]: KNOWN.get(AMEND)! };
    const edited = ["README.md", "src/providers/LoanProvider.ts"];
    const { gated, keys, left } = await run({ wrong: refusesAll, fails, answers: mended, edited });
    expect([gated.verdict.passed, keys]).toEqual([false, []]);
    expect(left.map(({ why }) => why)).toEqual([
      expect.stringContaining(
        "Bring together src/providers/LoanProvider.ts with src/providers/LoanProvider.ts.autobe-new;",
      ),
    ]);
    const beside = await run({ wrong: refusesAll, fails, answers: mended, edited: ["README.md"] });
    expect(beside.gated.verdict.passed).toBe(true);
  });

  it("is asked again for the same inputs after a stop: keys and moments of an inspection do not count", async () => {
    const again = () => run({ wrong: refusesAll, fails, answers: {} });
    const [one, two] = [await again(), await again()];
    expect(one.asked[0]!.standing).not.toEqual(two.asked[0]!.standing);
    expect(one.asked.map((task) => task.shown)).toEqual(two.asked.map((task) => task.shown));
  });

  it("gets back what it was where the change makes it worse, and the next who is asked hears of it", async () => {
    const { steps } = refusesAll[AMEND] as IRealizeAmend;
    const worse = {
      ...refusesAll[AMEND],
      plan: "Refuse the rest, too.",
      steps: steps.map((step) => ({ ...step, why: "the rest" })),
    };
    const { before, design, gated, undone, repaired, asked, left } = await run({
      wrong: refusesAll,
      fails: (one) => ({ tests: isWrong(one) ? [CHANGES, ...(leavesOf(one).includes("rest") ? [UPDATES] : [])] : [] }),
      answers: { [`${AMEND}/repair-1`]: worse },
      rounds: 2,
    });
    expect(gated.verdict.passed).toBe(false);
    expect(design).toBe(before);
    expect([repaired, undone]).toEqual([[], ["books.reviews.update"]]);
    expect(asked[1]!.key).toBe(`${AMEND}/repair-2`);
    expect(asked[1]!.standing!.diagnostics[0]!.message).toContain(
      "undone, because it did not help: Refuse the rest, too.",
    );
    expect(left.at(-1)).toMatchObject({ what: "1 failure" });
  });

  it("is left out where it meets what words refuse, if their author objects to it, and not otherwise", async () => {
    const meets =
      (code: string): Fails =>
      () => ({ tests: [UPDATES], met: { status: 422, code } });
    const blocked = [{ kind: "contradiction", name: "SAYS_NOTHING", why: "The test says nothing." }];
    const objecting = { [`${AMEND}/repair-1`]: { ...KNOWN.get(AMEND)!, blocked } };
    const { gated, keys, aside, said, design } = await run({ fails: meets("SAYS_NOTHING"), answers: objecting });
    expect([gated.verdict.passed, keys]).toEqual([true, [`${AMEND}/repair-1`]]);
    expect(aside).toEqual(["books.reviews.update SAYS_NOTHING: 1 left out. SAYS_NOTHING: The test says nothing."]);
    expect(said.join()).toContain("1 derived test left out");
    expect(design.test!.functions.map(({ name }) => name)).not.toContain(UPDATES);
    for (const [code, answers] of [
      ["SAYS_NOTHING", {}],
      ["DUPLICATE", objecting],
    ] as const) {
      const other = await run({ fails: meets(code), answers });
      expect([other.gated.verdict.passed, other.aside]).toEqual([false, []]);
    }
  });

  it("ends after so many rounds, and says so", async () => {
    let count = 0;
    const other = (task: Task): object => ({ ...task.standing!.answer, plan: `Attempt ${++count}.` });
    const { keys, left, undone } = await run({
      wrong: refusesAll,
      fails,
      answers: Object.fromEntries([1, 2, 3, 4].map((n) => [`${AMEND}/repair-${n}`, other])),
    });
    expect(keys).toEqual([1, 2, 3].map((n) => `${AMEND}/repair-${n}`));
    expect(undone).toHaveLength(3);
    expect(left).toEqual([{ what: "1 failure", why: "3 rounds of repair are spent." }]);
  });

  it("ends with an honest report where the tokens are spent", async () => {
    const spent = (): object => {
      throw new Failure("HARNESS.TOKENS_SPENT", "The token budget is spent.", "Continue with a larger one.");
    };
    const { gated, left } = await run({ wrong: refusesAll, fails, answers: { [`${AMEND}/repair-1`]: spent } });
    expect(gated.verdict.passed).toBe(false);
    expect(left).toEqual([{ what: "1 failure", why: "The token budget is spent. Continue with a larger one." }]);
  });

  it("is no model's to mend where no leaf is called, and is named", async () => {
    const { keys, left } = await run({ fails: () => ({ tests: ["books.at.missing"] }), answers: {} });
    expect(keys).toEqual([]);
    expect(left[0]).toMatchObject({ what: "books.at.missing" });
    expect(left[0]!.why).toContain("the contract contradicts itself or autobe is wrong");
  });
});

describe("a scenario that fails", () => {
  it("is put right where a model says that it is the wrong side", async () => {
    const { gated, keys, asked, repaired } = await run({
      wrong: expectsTwo,
      fails: whileTwo,
      answers: {
        "repair/loans.extendAll": judged("scenario", "extending"),
        [`${SCENARIOS}/repair-1`]: KNOWN.get(SCENARIOS)!,
      },
    });
    expect(gated.verdict.passed).toBe(true);
    expect(keys).toEqual(["repair/loans.extendAll", `${SCENARIOS}/repair-1`]);
    expect(repaired).toEqual(["extending"]);
    expect(asked[0]!.user).toContain("It broke here: POST /loans/extendAll");
    expect(asked[0]!.enums["part"]).toEqual(expect.arrayContaining(["loans.extendAll", "loans.create", "extending"]));
  });

  it("hears how a refusal is avoided where the contract said it wrongly", async () => {
    const avoid = "Make one loan per reader.";
    const { asked, design } = await run({
      wrong: expectsTwo,
      fails: whileTwo,
      answers: {
        "repair/loans.extendAll": judged("refusal", "extending", { refusal: "NOTHING_TO_EXTEND", avoid }),
        [`${SCENARIOS}/repair-1`]: KNOWN.get(SCENARIOS)!,
      },
    });
    expect(JSON.stringify(asked[1]!.standing!.diagnostics)).toContain(avoid);
    expect(design.document!.operations.flatMap((one) => one.refusals).map((one) => one.avoid)).toContain(avoid);
  });

  it("is left where the contract contradicts itself, and what contradicts what is named", async () => {
    const blocked = [{ name: "lending.R7", why: "It wants two where one is lent." }];
    const { gated, keys, left } = await run({
      wrong: expectsTwo,
      fails: whileTwo,
      answers: { "repair/loans.extendAll": judged("contract", null, { blocked }) },
    });
    expect(gated.verdict.passed).toBe(false);
    expect(keys).toEqual(["repair/loans.extendAll"]);
    expect(left[0]).toEqual({
      what: "loans.extendAll",
      why: "The contract contradicts itself. One loan is active. lending.R7: It wants two where one is lent.",
    });
  });

  it("may not be put right by its author's leaving it out", async () => {
    const { asked } = await run({
      wrong: expectsTwo,
      fails: whileTwo,
      answers: { "repair/loans.extendAll": judged("scenario", "extending") },
    });
    const known = expectsTwo[SCENARIOS] as IScenarios;
    const silenced = { ...known, steps: known.steps.map((step) => ({ ...step, expect: [] })) };
    const codes = asked[1]!.check(silenced).map((one) => one.code);
    expect(codes).toContain("REPAIR.SHOWS_LESS");
  });
});

describe("an author who changes nothing", () => {
  it("is heard once: whoever judges is told, and may say another side", async () => {
    const { gated, keys, asked } = await run({
      wrong: expectsTwo,
      fails: whileTwo,
      answers: {
        "repair/loans.extendAll": judged("implementation", "loans.extendAll"),
        "repair/loans.extendAll/2": judged("scenario", "extending"),
        [`${SCENARIOS}/repair-1`]: KNOWN.get(SCENARIOS)!,
      },
    });
    expect(keys).toEqual([
      "repair/loans.extendAll",
      "realize/operation:loans.extendAll/repair-1",
      "repair/loans.extendAll/2",
      `${SCENARIOS}/repair-1`,
    ]);
    expect(asked[2]!.user).toContain("Its author was asked, and changed nothing.");
    expect(gated.verdict.passed).toBe(true);
  });

  it("is named where it changes nothing again", async () => {
    const { keys, left } = await run({
      wrong: refusesAll,
      fails: (design) => ({ tests: isWrong(design) ? [CHANGES] : [] }),
      answers: {},
    });
    expect(keys).toEqual([1, 2].map((n) => `${AMEND}/repair-${n}`));
    expect(left[0]).toEqual({ what: "books.reviews.update", why: "Its author was asked, and changed nothing." });
  });
});

describe("what no test shows", () => {
  it("goes once to whoever owes a scenario for it", async () => {
    const rule = "Loan.dueIn28Days";
    const missing = faulty("dueDay", "scenario missing");
    const isShown = (design: Design): boolean =>
      design.test!.functions.some((one) => one.name === "loans.scenario.dueDay");
    const { gated, asked, keys, left } = await run({
      wrong: missing,
      fails: (design) => ({ rules: isShown(design) ? [] : [rule] }),
      answers: { [`${SCENARIOS}/repair-1`]: KNOWN.get(SCENARIOS)! },
    });
    expect(keys).toEqual([`${SCENARIOS}/repair-1`]);
    expect(asked[0]!.standing!.diagnostics).toMatchObject([{ code: "REPAIR.UNEXERCISED", path: "$input.blocked[0]" }]);
    expect(gated.verdict.passed).toBe(true);
    expect(left).toEqual([]);
  });

  it("is named where nobody who was asked shows it", async () => {
    const { gated, keys, left } = await run({ fails: () => ({ rules: ["Loan.dueIn28Days"] }), answers: {} });
    expect(gated.verdict.passed).toBe(false);
    expect(keys).toEqual([`${SCENARIOS}/repair-1`]);
    expect(left.map((one) => one.what)).toEqual(["Loan.dueIn28Days", "1 failure"]);
  });
});

describe("several at once", () => {
  it("are tried one by one where together they do not help", async () => {
    const both = { ...refusesAll, ...expectsTwo };
    const { gated, keys, repaired, undone } = await run({
      wrong: both,
      // the one is mended by the leaves; the scenario, changed beside them, brings a failure of its own
      fails: (design) => ({
        tests: [
          ...(isWrong(design) ? [CHANGES] : []),
          ...(JSON.stringify(design.test).includes("extended = 2") ? [EXTENDING] : [EXTENDING, UPDATES]),
        ],
      }),
      answers: {
        "repair/loans.extendAll": judged("scenario", "extending"),
        [`${AMEND}/repair-1`]: KNOWN.get(AMEND)!,
        [`${SCENARIOS}/repair-1`]: KNOWN.get(SCENARIOS)!,
      },
      rounds: 1,
    });
    expect(keys.slice(1).sort()).toEqual([`${AMEND}/repair-1`, `${SCENARIOS}/repair-1`]);
    expect(repaired).toEqual(["books.reviews.update"]);
    expect(undone).toHaveLength(2);
    expect(gated.verdict.failedTests.map((one) => one.name)).toEqual([EXTENDING]);
  });
});

describe("an operation for which no leaves were written", () => {
  const { steps, ...rest } = KNOWN.get(AMEND) as IRealizeAmend;
  const bare = { [AMEND]: { ...rest, steps: steps.filter((one) => one.operation !== "loans.create") } };
  const DUE = "loans.scenario.dueDay";
  const fails: Fails = (design) => ({ tests: leavesOf(design).includes("86_400_000") ? [] : [DUE] });

  it("can be the part that is wrong, and its author hears that a step is missing", async () => {
    const { gated, keys, asked } = await run({
      wrong: bare,
      fails,
      answers: {
        "repair/dueDay": judged("implementation", "loans.create"),
        [`${AMEND}/repair-1`]: KNOWN.get(AMEND)!,
      },
    });
    expect(gated.verdict.passed).toBe(true);
    expect(keys).toEqual(["repair/dueDay", `${AMEND}/repair-1`]);
    expect(asked[0]!.enums["part"]).toContain("loans.create");
    expect(asked[0]!.user).toContain("none were written");
    expect(asked[0]!.check(judged("implementation", "loans.create") as never)).toEqual([]);
    expect(asked[1]!.standing!.diagnostics).toMatchObject([{ code: "REPAIR.TEST_FAILED", path: "$input.steps" }]);
    expect(asked[1]!.standing!.diagnostics[0]!.message).toContain("loans.create: ");
  });
});
