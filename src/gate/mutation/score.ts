/** Mutants and what became of them → the score, and for each survivor the reason that a machine can tell. */
import type { Fate, Mutant } from "../../base/mutation.js";

/** The `mutation` member of `--json`. */
export interface MutationScore {
  /** Mutants that compile. */
  total: number;
  /** Those that a test failed for. */
  killed: number;
  survivors: Survivor[];
  /** By kind of fault. */
  operators: Record<string, { total: number; killed: number }>;
}

export interface Survivor {
  file: string;
  line: number;
  mutation: string;
  reason: string;
}

export const scoreOf = (mutants: readonly Mutant[], fates: readonly Fate[]): MutationScore => {
  const score: MutationScore = { total: 0, killed: 0, survivors: [], operators: {} };
  mutants.forEach((mutant, index) => {
    const fate = fates[index]!;
    if (fate.end === "unfit") return;
    const ofKind = score.operators[mutant.operator] ?? { total: 0, killed: 0 };
    score.operators[mutant.operator] = ofKind;
    ++score.total;
    ++ofKind.total;
    if (fate.end === "killed") {
      ++score.killed;
      ++ofKind.killed;
    } else {
      const mutation = `${mutant.operator}: ${mutant.description}`;
      score.survivors.push({ file: mutant.file, line: mutant.line, mutation, reason: reasonOf(mutant, fate) });
    }
  });
  return score;
};

const reasonOf = ({ operator }: Mutant, { end, ran }: Fate): string => {
  if (end === "unreached") return "no test runs this code";
  if (end === "ended") return "the process ended, which is no assertion";
  const noticed = `none of the ${ran} tests that run this code notices`;
  return operator === "drop transaction"
    ? `${noticed}: no call meets another there, and none is broken off between two writes`
    : noticed;
};
