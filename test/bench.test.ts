/** A small part of the bench: damaged answers are repaired, never wrongly, and what cannot be an answer is never one. */
import { describe, expect, it } from "vitest";
import { benchConvergence } from "./bench/converge.js";
import { benchSyntax } from "./bench/syntactic.js";

describe("the bench in small", () => {
  it("repairs damaged answers, accepts nothing else for them, and nothing that is cut, echoed or empty", async () => {
    const misses: string[] = [];
    const result = await benchSyntax({
      seed: 20261126,
      cases: 500,
      refusals: 250,
      rivals: {},
      miss: ({ fault, original }, accepted) => void misses.push(`${fault} of ${original.fn.name}: ${typeof accepted}`),
    });
    expect(result.repaired / result.cases, misses.join("\n")).toBeGreaterThanOrEqual(0.995);
    expect(result.wrong, misses.join("\n")).toBe(0);
    expect(result.refusals.accepted, misses.join("\n")).toBe(0);
  });

  it.each([
    { p: 0.9, withinFive: 0.97, runs: 32, wholeRuns: 16 },
    { p: 0.5, withinFive: 0.8, runs: 40, wholeRuns: 0 },
  ])("comes to an end with a model that mends $p of the errors", async ({ p, withinFive, runs, wholeRuns }) => {
    const talents = [{ p, q: 0.05, firstTry: 0.0675 }];
    const [row] = await benchConvergence({ seed: 3, talents, runs, wholeRuns });
    expect(row!.validWithin[0]).toBeLessThan(0.4);
    expect(row!.validWithin[4]).toBeGreaterThanOrEqual(withinFive);
    expect(row!.validWithin[13]).toBeGreaterThanOrEqual(0.98);
    if (wholeRuns > 0) expect(row!.itemTokenShare).toBeLessThanOrEqual(0.4);
  });
});
