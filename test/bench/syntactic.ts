/** Thousands of damaged replies: what our harness reads out of them, and what rivals do. */
import { canonical } from "../../src/base/canonical.js";
import { judgeReply } from "../../src/harness/attempt.js";
import { narrow } from "../../src/harness/narrow.js";
import { readPrompts } from "../../src/io/package-folder.js";
import { bareTask, type Case } from "./case.js";
import { Chance } from "./chance.js";
import { damage } from "./faults.js";
import { fullOriginals, type Original, recordedOriginals } from "./originals.js";
import { refusal } from "./refusals.js";
import type { Rival } from "./rivals.js";

export interface Tally {
  repaired: number;
  /** Something else was accepted. */
  wrong: number;
}

export interface Syntactic extends Tally {
  cases: number;
  rivals: Record<string, Tally>;
  /** Replies that nothing may be accepted of. */
  refusals: { cases: number; accepted: number; rivals: Record<string, number> };
  byFault: Record<string, { cases: number; repaired: number }>;
}

export interface SyntacticOptions {
  seed: number;
  cases: number;
  refusals: number;
  rivals: Record<string, Rival>;
  /** Told of each case that did not come out right. */
  miss?: (given: Case, accepted: unknown) => void;
}

export const benchSyntax = async ({ seed, cases, refusals, rivals, miss }: SyntacticOptions): Promise<Syntactic> => {
  const chance = new Chance(seed);
  const recorded = recordedOriginals();
  const full = fullOriginals();
  const draw = (): Original[] => (chance.happens(0.75) ? recorded : full);
  const result = emptyResult(cases, refusals, Object.keys(rivals));
  for (let i = 0; i < cases; ++i) await count(damage(draw(), chance), result, rivals, miss);
  for (let i = 0; i < refusals; ++i) await refuse(refusal(draw(), chance), result, rivals, miss);
  return result;
};

const emptyResult = (cases: number, refusals: number, names: readonly string[]): Syntactic => ({
  cases,
  repaired: 0,
  wrong: 0,
  rivals: Object.fromEntries(names.map((name) => [name, { repaired: 0, wrong: 0 }])),
  refusals: { cases: refusals, accepted: 0, rivals: Object.fromEntries(names.map((name) => [name, 0])) },
  byFault: {},
});

const count = async (
  given: Case,
  result: Syntactic,
  rivals: SyntacticOptions["rivals"],
  miss: SyntacticOptions["miss"],
): Promise<void> => {
  const right = canonical(given.original.value);
  const accepted = await accept(given);
  result.byFault[given.fault] ??= { cases: 0, repaired: 0 };
  const fault = result.byFault[given.fault]!;
  ++fault.cases;
  if (accepted !== undefined && canonical(accepted) === right) {
    ++result.repaired;
    ++fault.repaired;
  } else {
    if (accepted !== undefined) ++result.wrong;
    miss?.(given, accepted);
  }
  for (const [name, rival] of Object.entries(rivals)) {
    const value = await rival(given.texts, given.original.fn);
    const tally = result.rivals[name]!;
    if (value === undefined) continue;
    if (canonical(value) === right) ++tally.repaired;
    else ++tally.wrong;
  }
};

const refuse = async (
  given: Case,
  { refusals }: Syntactic,
  rivals: SyntacticOptions["rivals"],
  miss: SyntacticOptions["miss"],
): Promise<void> => {
  const accepted = await accept(given);
  if (accepted !== undefined) {
    ++refusals.accepted;
    miss?.(given, accepted);
  }
  for (const [name, rival] of Object.entries(rivals))
    if ((await rival(given.texts, given.original.fn)) !== undefined) ++refusals.rivals[name]!;
};

const prompts = await readPrompts();

/** Through the harness itself. */
const accept = async ({ original, reply }: Case): Promise<unknown> => {
  const { fn } = original;
  const task = bareTask(fn);
  const { state, turn } = await judgeReply(
    { task, schema: narrow(fn, {}).parameters, prompts, earlier: null, left: 1 },
    { state: null, unread: 0 },
    reply,
  );
  return turn === null && state !== null ? state.value : undefined;
};
