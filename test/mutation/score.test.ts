/** What became of mutants, as a score: only what compiles counts, and every survivor has its reason. */
import { expect, it } from "vitest";
import type { Fate, Mutant } from "../../src/base/mutation.js";
import { scoreOf } from "../../src/gate/mutation/score.js";

const mutant = (operator: string, line: number): Mutant => ({
  operator,
  file: "src/providers/NoteProvider.ts",
  line,
  description: "something",
  members: [],
  files: {},
});
const fate = (end: Fate["end"], ran = 0): Fate => ({ end, by: null, ran });

it("counts what compiles, by kind, and gives reasons", () => {
  const mutants = [1, 2, 3, 4].map((line) => mutant("drop guard", line));
  const fates = [fate("killed", 1), fate("unfit"), fate("survived", 7), fate("unreached")];
  const score = scoreOf(
    [...mutants, mutant("drop transaction", 5), mutant("drop write", 6)],
    [...fates, fate("survived", 2), fate("ended")],
  );
  expect(score).toMatchObject({
    total: 5,
    killed: 1,
    operators: {
      "drop guard": { total: 3, killed: 1 },
      "drop transaction": { total: 1, killed: 0 },
      "drop write": { total: 1, killed: 0 },
    },
  });
  expect(score.survivors.map(({ line, mutation, reason }) => [line, mutation, reason])).toEqual([
    [3, "drop guard: something", "none of the 7 tests that run this code notices"],
    [4, "drop guard: something", "no test runs this code"],
    [
      5,
      "drop transaction: something",
      "none of the 2 tests that run this code notices: no call meets another there, and none is broken off between two writes",
    ],
    [6, "drop write: something", "the process ended, which is no assertion"],
  ]);
});
