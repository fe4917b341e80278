/** The repair of a contract: its author puts right how an operation refuses, and what was built on that follows. */
import { describe, expect, it } from "vitest";
import type { IAmend } from "../../src/phases/3-interface/ast.js";
import type { IRealizeAmend } from "../../src/phases/5-realize/ast.js";
import type { Design } from "../../src/pipeline/design.js";
import type { Broken } from "../../src/pipeline/repair/causes.js";
import { worstOf } from "../../src/pipeline/repair/places.js";
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
