/** The repair of a contract: its author puts right how an operation refuses, and what was built on that follows. */
import { describe, expect, it } from "vitest";
import type { IAmend } from "../../src/phases/3-interface/ast.js";
import type { IScenarios } from "../../src/phases/4-test/ast.js";
import type { IRealizeAmend } from "../../src/phases/5-realize/ast.js";
import type { Design } from "../../src/pipeline/design.js";
import type { Broken } from "../../src/pipeline/repair/causes.js";
import { worstOf } from "../../src/pipeline/repair/places.js";
import { checkPromises } from "../../src/pipeline/repair/proof.js";
import { type Fails, faulty, judged, KNOWN, run } from "./repairing.js";

const AMEND = "realize/amend:loans";
const SCENARIOS = "test/scenarios:loans";
const leavesOf = (design: Design): string => JSON.stringify(design.realize!.operations);

describe("a contract that says wrongly how an operation refuses", () => {
  const CONTRACT = "interface/amend:loans";
  const asksTooLittle = faulty("books.reviews.create", "asks for too little");
  const needOf = ({ document }: Design) =>
    document!.operations.flatMap((one) => one.refusals).find((one) => one.code === "NOT_BORROWED")!.provoke;
  const REVIEWING = "loans.scenario.reviewing";
  const whileTooLittle: Fails = (design) => {
    const need = needOf(design);
    return { tests: need?.kind === "absent" && need.match.length === 1 ? [REVIEWING] : [] };
  };
  const saysSo = { "repair/books.reviews.update": judged("contract", "books.reviews.create") };

  it("is put right by its author, and guards and tests follow", async () => {
    const { gated, keys, asked, design, left } = await run({
      wrong: asksTooLittle,
      fails: whileTooLittle,
      answers: { ...saysSo, [`${CONTRACT}/repair-1`]: KNOWN.get(CONTRACT)! },
    });
    expect([gated.verdict.passed, left]).toEqual([true, []]);
    expect(keys).toEqual(["repair/books.reviews.update", `${CONTRACT}/repair-1`]);
    expect(asked[1]!.standing!.diagnostics).toMatchObject([{ code: "REPAIR.TEST_FAILED", path: "$input.refusals[0]" }]);
    expect(needOf(design)).toMatchObject({ kind: "absent", match: [{}, {}] });
  });

  it("may not promise less", async () => {
    const { asked } = await run({ wrong: asksTooLittle, fails: whileTooLittle, answers: saysSo });
    const { standing, check } = asked[1]!;
    expect(check({ ...standing!.answer, refusals: [] }).map((one) => one.code)).toContain("REPAIR.PROMISE_LOST");
  });

  it("has those asked again whose answers it leaves without a ground, with what they lack", async () => {
    const known = KNOWN.get(CONTRACT) as IAmend;
    const owed = { ...known, refusals: known.refusals.map((one) => ({ ...one, needs: null })) };
    const { steps, ...rest } = KNOWN.get(AMEND) as IRealizeAmend;
    const guard = { ...steps[0]!, operation: "books.reviews.create", refuseIf: "true", refusal: "NOT_BORROWED" };
    const { gated, keys, asked, design } = await run({
      wrong: asksTooLittle,
      fails: whileTooLittle,
      answers: {
        ...saysSo,
        [`${CONTRACT}/repair-1`]: owed,
        [`${AMEND}/repair-0`]: { ...rest, steps: [...steps, guard] },
      },
    });
    expect(keys.slice(1)).toEqual([`${CONTRACT}/repair-1`, `${SCENARIOS}/repair-0`, `${AMEND}/repair-0`]);
    expect(asked.slice(2).flatMap((one) => one.standing!.diagnostics.map(({ code }) => code))).toEqual([
      "TEST.UNCOVERED",
      "REALIZE.REFUSAL_MISSING",
    ]);
    expect(gated.verdict.passed).toBe(true);
    expect(leavesOf(design)).toContain("NOT_BORROWED");
  });

  it("goes back to what it was where that does not help", async () => {
    const known = KNOWN.get(CONTRACT) as IAmend;
    const other = {
      ...known,
      refusals: known.refusals.map((one) => ({
        ...one,
        needs: one.code === "NOT_BORROWED" ? "Loan where borrower = me" : null,
      })),
    };
    const { before, design, undone, keys } = await run({
      wrong: asksTooLittle,
      fails: whileTooLittle,
      answers: { ...saysSo, [`${CONTRACT}/repair-1`]: { ...other, plan: "As before." } },
      rounds: 2,
    });
    // and whoever judges is asked anew
    expect(keys[2]).toBe("repair/books.reviews.update/2");
    expect(undone).toEqual(["books.reviews.create"]);
    expect(design).toBe(before);
  });

  it("is spoken to at the refusal that was answered", () => {
    const { refusals } = KNOWN.get(CONTRACT) as IAmend;
    const places = refusals.map((_, i) => `refusals[${i}]`);
    const part = { side: "contract" as const, name: "loans.extendAll", key: CONTRACT };
    const broken = { failed: { error: "422 NOTHING_TO_EXTEND", exchange: null } } as unknown as Broken;
    const at = refusals.findIndex((one) => one.code === "NOTHING_TO_EXTEND");
    expect(at).toBeGreaterThan(0);
    expect(worstOf(part, { refusals }, places, broken)).toBe(`refusals[${at}]`);
  });
});

describe("a refusal of the contract that no call reaches", () => {
  const CONTRACT = "interface/amend:loans";
  const REVIEWING = "loans.scenario.reviewing";
  const [OPERATION, CODE] = ["books.reviews.update", "REVIEW_CLOSED"];
  /** Its author promised one refusal more; leaves and scenario keep the promise as well as they can. */
  const promised = (...serves: string[]): Record<string, object> => {
    const [agreed, shown, written] = [CONTRACT, SCENARIOS, AMEND].map((key) => KNOWN.get(key)) as [
      IAmend,
      IScenarios,
      IRealizeAmend,
    ];
    const more = { operation: OPERATION, when: "It is closed.", avoid: "Reopen it.", status: 409 as const, code: CODE };
    const call = shown.steps.findLast((one) => one.call === OPERATION)!;
    return {
      [CONTRACT]: { ...agreed, refusals: [...agreed.refusals, { ...more, serves }] },
      [SCENARIOS]: {
        ...shown,
        scenarios: shown.scenarios.map((one) =>
          one.name === "reviewing" ? { ...one, serves: [...one.serves, CODE] } : one,
        ),
        steps: [...shown.steps, { ...call, status: 409 }],
      },
      [AMEND]: { ...written, steps: [...written.steps, { ...written.steps[0]!, refuseIf: "true", refusal: CODE }] },
    };
  };
  const isPromised = ({ document }: Design): boolean =>
    document!.operations.some((one) => one.name === OPERATION && one.refusals.some((two) => two.code === CODE));
  const whilePromised: Fails = (design) => ({ tests: isPromised(design) ? [REVIEWING] : [] });
  const saysSo = (code: string, part = OPERATION) => ({
    [`repair/${OPERATION}`]: judged("contract", part, { refusal: code }),
  });

  it("may be taken out by its author, and leaves and scenarios follow", async () => {
    const { gated, keys, asked, left, design } = await run({
      wrong: promised("lending.R5"),
      fails: whilePromised,
      answers: {
        ...saysSo(CODE),
        [`${CONTRACT}/repair-1`]: KNOWN.get(CONTRACT)!,
        [`${SCENARIOS}/repair-0`]: KNOWN.get(SCENARIOS)!,
        [`${AMEND}/repair-0`]: KNOWN.get(AMEND)!,
      },
    });
    expect([gated.verdict.passed, left]).toEqual([true, []]);
    expect(keys.slice(1)).toEqual([`${CONTRACT}/repair-1`, `${SCENARIOS}/repair-0`, `${AMEND}/repair-0`]);
    expect(asked[0]!.enums["refusal"]).toContain(CODE);
    const { check, standing } = asked[1]!;
    expect(check(KNOWN.get(CONTRACT)!)).toEqual([]);
    expect(standing!.diagnostics.find((one) => one.message.includes(`${CODE} may go`))!.path).toBe(
      `$input.refusals[${(standing!.answer as IAmend).refusals.length - 1}]`,
    );
    expect(isPromised(design)).toBe(false);
    // the others stay as promised
    expect(check({ ...KNOWN.get(CONTRACT)!, refusals: [] }).map((one) => one.code)).toContain("REPAIR.PROMISE_LOST");
  });

  it("may be answered with another status by its author", async () => {
    const { asked } = await run({ wrong: promised("lending.R5"), fails: whilePromised, answers: saysSo(CODE) });
    const { check, standing } = asked[1]!;
    const { refusals } = standing!.answer as IAmend;
    const other = refusals.map((one) => (one.code === CODE ? { ...one, status: 422 } : one));
    expect(check({ ...standing!.answer, refusals: other })).toEqual([]);
  });

  it("stays where it alone shows what has to be shown, and the contradiction is named", async () => {
    const { gated, keys, left } = await run({
      wrong: promised("Review.borrowedFirst"),
      fails: (design) => ({ ...whilePromised(design), rules: ["Review.borrowedFirst"] }),
      answers: saysSo(CODE),
    });
    expect(gated.verdict.passed).toBe(false);
    expect(keys).toContain(`repair/${OPERATION}`);
    expect(keys).not.toContain(`${CONTRACT}/repair-1`);
    const why = left.find((one) => one.what === OPERATION)!.why;
    expect(why).toContain("The contract contradicts itself.");
    expect(why).toContain(`No other test shows Review.borrowedFirst, so ${OPERATION} refusing with ${CODE}`);
  });

  it("stays where nobody added it", async () => {
    const derived = "books.reviews.create.refused.repeat";
    const { keys, left } = await run({
      wrong: promised("lending.R5"),
      fails: () => ({ tests: [REVIEWING, derived] }),
      answers: saysSo("DUPLICATE", "books.reviews.create"),
    });
    expect(keys).toContain(`repair/${OPERATION}`);
    expect(keys).not.toContain(`${CONTRACT}/repair-1`);
    expect(left.map((one) => one.why).join(" ")).toContain("DUPLICATE follows from tables and rules");
  });

  it("stays where a test has reached it after all", async () => {
    const { asked } = await run({
      wrong: promised("lending.R5"),
      fails: whilePromised,
      answers: saysSo("NOT_BORROWED", "books.reviews.create"),
    });
    const { check, standing, key } = asked[1]!;
    expect(key).toBe(`${CONTRACT}/repair-1`);
    const { refusals } = standing!.answer as IAmend;
    const without = { ...standing!.answer, refusals: refusals.filter((one) => one.code !== "NOT_BORROWED") };
    expect(check(without).map((one) => one.code)).toContain("REPAIR.PROMISE_LOST");
  });
});

describe("a contract whose author changes what others were built on", () => {
  const known = KNOWN.get("interface/amend:loans") as IAmend;
  const [first] = known.operations;
  const codesAt = (after: IAmend) => checkPromises(known, after).map(({ code, path }) => [code, path]);

  it("hears which item it is, and what may be put right instead", () => {
    const [found] = checkPromises(known, { ...known, operations: [{ ...first!, path: "/loans/extend" }] });
    expect(found).toMatchObject({ code: "REPAIR.CONTRACT_CHANGED", path: "$input.operations[0].path" });
    expect(found!.message).toContain("path of loans.extendAll stays ");
    expect(found!.message).toContain("Of a refusal when, avoid, needs and while can be put right.");
  });

  it("hears of what is new and of what is gone", () => {
    expect(codesAt({ ...known, remove: ["loans.erase"] })).toEqual([["REPAIR.CONTRACT_CHANGED", "$input.remove[0]"]]);
    expect(checkPromises(known, { ...known, operations: [] })[0]!.message).toContain("loans.extendAll is gone");
  });

  it("may leave out what was null", () => {
    const { creates: _, key: __, ...bare } = { creates: null, key: null, ...first! };
    expect(codesAt({ ...known, operations: [bare] })).toEqual([]);
  });

  it("hears at the refusal that its status stays", () => {
    const at = known.refusals.findIndex((one) => one.code === "SAYS_NOTHING");
    const refusals = known.refusals.map((one, i) => (i === at ? { ...one, status: 409 as const } : one));
    expect(codesAt({ ...known, refusals })).toEqual([["REPAIR.PROMISE_LOST", `$input.refusals[${at}].status`]]);
  });
});
