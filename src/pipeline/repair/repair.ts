/** The repair: what the gate found goes back to those who wrote it, round by round; what does not lessen the failures is undone. */
import { Failure } from "../../base/mishap.js";
import type { Task } from "../../base/task.js";
import type { Design } from "../design.js";
import type { Gated } from "../gate.js";
import { amendTask, cameOf, type Wanted } from "./amend.js";
import { asideOf } from "./aside.js";
import { causesOf } from "./causes.js";
import type { Changes, Left, Repaired, Standing, Workshop } from "./contract.js";
import { decide } from "./decide.js";
import { gapsOf } from "./gaps.js";

export const ROUNDS = 3;

/** Each costs an inspection. */
const MOST_ALONE = 3;

export const repair = async (workshop: Workshop, design: Design, gated: Gated): Promise<Repaired> => {
  const { talk, rounds = ROUNDS } = workshop;
  const changes: Changes = { amended: new Map(), avoided: new Map(), aside: new Set() };
  const { memory } = workshop;
  const standing: Standing = {
    ...{ design, gated, changes, memory },
    ...{ tried: new Map(), left: new Map(), objections: new Map(), times: new Map() },
  };
  const [repaired, undone, aside]: [string[], string[], string[]] = [[], [], []];
  let ended: string | null = gated.verdict.passed ? null : editedBy(workshop.edited());
  for (let round = 1; !standing.gated.verdict.passed && ended === null; ++round) {
    const most = rounds + (aside.length > 0 ? 1 : 0);
    if (round > most) ended = `${most} rounds of repair are spent.`;
    else {
      talk.note(`repair: round ${round} of ${most}, ${count(standing.gated)} left`);
      try {
        ended = await oneRound(workshop, standing, round, repaired, undone);
      } catch (mishap) {
        ended = endOf(mishap); // nobody has said yet that nothing is to be put right
        break;
      }
    }
    if (ended !== null && (await stepAside(workshop, standing, aside))) ended = null;
  }
  const left = leftOf(standing);
  if (ended !== null) left.push({ what: count(standing.gated), why: ended });
  for (const one of left) talk.fail(`repair: ${one.what} left: ${one.why}`);
  return { design: standing.design, gated: standing.gated, repaired, undone, aside, left };
};

/** Nobody who wrote what was generated can answer for what was not run. */
const editedBy = (edited: readonly string[]): string | null => {
  const run = edited.filter((path) => /^(src|test|prisma)\//.test(path));
  if (run.length === 0) return null;
  const files = run.map((path) => `${path} with ${path}.autobe-new`).join(", ");
  return `What was edited by hand was run instead of what was generated. Bring together ${files}; delete what lies beside, then \`autobe resume DIR\`.`;
};

/** What was left at some time and fails still. */
const leftOf = ({ gated, design, memory, left }: Standing): Left[] => {
  const causes = causesOf(gated.verdict, design, memory);
  const gaps = gapsOf(gated.verdict, design, memory);
  const names = new Set([
    ...causes.flatMap((one) => [one.name, ...one.parts.map((part) => part.name)]),
    ...gaps.map((one) => one.id),
  ]);
  return [...left].filter(([what]) => names.has(what)).map(([what, why]) => ({ what, why }));
};

/** A budget that is spent, or nobody to ask, ends the repair and not the run: what stands is handed over and reported. */
const endOf = (mishap: unknown): string => {
  if (mishap instanceof Failure && /^(HARNESS|REPLAY)\.|^ENDPOINT\.NOT_CONFIGURED$/.test(mishap.code))
    return `${mishap.message} ${mishap.next}`;
  throw mishap;
};

/** Answers why there is nothing more to do, or null. */
const oneRound = async (
  workshop: Workshop,
  standing: Standing,
  round: number,
  repaired: string[],
  undone: string[],
): Promise<string | null> => {
  const { wanted, avoided } = await decide(workshop, standing, round);
  if (wanted.length === 0) return "Nothing that a model wrote could be put right.";
  const proposals = await propose(workshop, standing, wanted);
  if (proposals.length === 0)
    return wanted.every((one) => standing.left.has(one.name)) ? "Nobody who was asked changed anything." : null;
  // All together first; if that does not help, each by itself: one may hide what another mends.
  const tries =
    proposals.length === 1 ? [proposals] : [proposals, ...proposals.slice(0, MOST_ALONE).map((one) => [one])];
  for (const some of tries) {
    const before = failuresOf(standing.gated);
    const next: Changes = {
      amended: new Map([...standing.changes.amended, ...some.map((one) => [one.key, one.answer] as const)]),
      avoided: new Map([...standing.changes.avoided, ...avoided]),
      aside: standing.changes.aside,
    };
    const { design, memory } = await workshop.remake(next, standing.memory);
    const gated = await workshop.judge(design);
    const names = some.flatMap((one) => one.names).join(", ");
    if (failuresOf(gated) < before) {
      Object.assign(standing, { design, gated, changes: next, memory: new Map([...standing.memory, ...memory]) });
      workshop.talk.done(`repair: ${names} put right, ${count(gated)} left`);
      repaired.push(names);
      if (some.length === proposals.length || gated.verdict.passed) break;
    } else {
      workshop.talk.warn(`repair: ${names} changed and undone, ${count(gated)} after it`);
      undone.push(names);
      if (some.length === 1)
        for (const name of some[0]!.names)
          addTried(standing, name, `This was tried and undone, because it did not help: ${some[0]!.plan}`);
    }
  }
  return null;
};

/** Once nobody has anything more to put right, where the author of what refuses objects: scenarios owe what is left out, and the next round asks for it. */
const stepAside = async (workshop: Workshop, standing: Standing, said: string[]): Promise<boolean> => {
  const met = asideOf(standing);
  if (met.size === 0) return false;
  const changes: Changes = {
    ...standing.changes,
    aside: new Set([...standing.changes.aside, ...[...met.values()].flat()]),
  };
  const { design, memory } = await workshop.remake(changes, standing.memory);
  const gated = await workshop.judge(design);
  if (failuresOf(gated) >= failuresOf(standing.gated)) return false;
  standing.left.clear();
  Object.assign(standing, { design, gated, changes, memory: new Map([...standing.memory, ...memory]) });
  for (const [refusal, tests] of met) {
    const why = standing.objections.get(refusal.split(" ")[0]!)!;
    said.push(`${refusal}: ${tests.length} left out. ${why}`);
    workshop.talk.warn(
      `repair: ${tests.length} derived ${tests.length === 1 ? "test" : "tests"} left out, of which no machine knows how to avoid ${refusal}; scenarios are to show what is owed. Its author says: ${why}`,
    );
  }
  return true;
};

interface Proposal {
  key: string;
  names: string[];
  answer: object;
  /** What its author meant to do. */
  plan: string;
}

/** One call for each answer that is to be amended, however much is wrong with it. */
const propose = async ({ asker }: Workshop, standing: Standing, wanted: readonly Wanted[]): Promise<Proposal[]> => {
  const { memory } = standing;
  const keys = [...new Set(wanted.map((one) => one.key))];
  const { amended } = standing.changes;
  const tasks = keys.map((key): Task => {
    const time = (standing.times.get(key) ?? 0) + 1;
    standing.times.set(key, time);
    return amendTask(
      wanted.filter((one) => one.key === key),
      time,
      memory,
      amended,
    );
  });
  const outcomes = await asker.askAll(tasks);
  return keys.flatMap((key, i) => {
    const names = wanted.filter((one) => one.key === key).map((one) => one.name);
    const came = cameOf(tasks[i]!.standing!.answer, outcomes[i]!);
    if (came.kind === "amended")
      return [{ key, names, answer: came.answer, plan: (came.answer as { plan?: string }).plan ?? "" }];
    for (const name of names)
      if (came.kind === "blocked") {
        standing.left.set(name, came.why);
        standing.objections.set(name, came.why);
      }
      // whoever changes nothing is heard once: perhaps another side is wrong
      else if (standing.tried.get(name)?.includes(UNCHANGED)) standing.left.set(name, UNCHANGED);
      else addTried(standing, name, UNCHANGED);
    return [];
  });
};

const UNCHANGED = "Its author was asked, and changed nothing.";

const addTried = ({ tried }: Standing, name: string, what: string): void =>
  void tried.set(name, [...(tried.get(name) ?? []), what]);

/** Whoever does not even come to its tests has failed more than any that does. */
export const failuresOf = ({ verdict, evidence }: Gated): number => {
  if (evidence.report === null || evidence.stopped !== null) return Number.POSITIVE_INFINITY;
  const { failedTests, unanswered, unexercised, controllers } = verdict;
  return [failedTests, unanswered, unexercised.requirements, unexercised.rules, controllers.missing, controllers.extra]
    .map((one) => one.length)
    .reduce((sum, one) => sum + one, 0);
};

const count = (gated: Gated): string => {
  const failures = failuresOf(gated);
  return Number.isFinite(failures)
    ? `${failures} ${failures === 1 ? "failure" : "failures"}`
    : "a backend that does not run";
};
