/** `<task>/repair-<n>`: who wrote the wrong part is asked again, before the answer that did not hold and what became of it. */
import { canonical } from "../../base/canonical.js";
import type { Diagnostic } from "../../base/diagnostic.js";
import type { Outcome, Task } from "../../base/task.js";
import type { IAmend, IAmendRefusal } from "../../phases/3-interface/ast.js";
import type { IScenarios } from "../../phases/4-test/ast.js";
import type { IRealizeOperation } from "../../phases/5-realize/ast.js";
import type { Broken, Part } from "./causes.js";
import { type Amended, answerTo, type Memory } from "./memory.js";
import { listOf, placesOf, worstOf } from "./places.js";
import { checkPromises, checkProof } from "./proof.js";
import { breakOf } from "./words.js";

/** What is to be put right. */
export interface Wanted {
  /** Task whose answer is amended. */
  key: string;
  /** What it is about, for the report. */
  name: string;
  remarks: Diagnostic[];
  /** Names the failure in the same way however often it is inspected. */
  stable: unknown;
  /** A refusal of the contract that may be taken out or answered otherwise. */
  released: IAmendRefusal | null;
}

/** A part that failing tests speak against. */
export const wantedFor = (
  part: Part,
  tests: readonly Broken[],
  why: string | null,
  tried: readonly string[],
  memory: Memory,
  amended: Amended,
  released: IAmendRefusal | null = null,
): Wanted => {
  const answer = answerTo(memory, amended, part.key) ?? {};
  const own = tests.filter(({ test }) => part.side !== "scenario" || test.name.endsWith(`.scenario.${part.name}`));
  const story = (own.length > 0 ? own : tests)
    .slice(0, 3)
    .map((one) => `The test "${one.test.title}" fails at it: ${breakOf(one)}.`);
  const freed = released === null ? [] : [`${released.code} may go: ${MAY_GO}`];
  const message = [...story, ...(why === null ? [] : [why]), ...freed, ...tried].join(" ");
  const places = placesOf(part, answer);
  const worst =
    released === null
      ? worstOf(part, answer, places, own[0] ?? tests[0])
      : `refusals[${(answer as IAmend).refusals.indexOf(released)}]`;
  const remarks =
    places.length === 0
      ? [{ code: "REPAIR.TEST_FAILED", path: `$input.${listOf(part)}`, message: `${part.name}: ${message}` }]
      : places.map((place) => ({
          code: "REPAIR.TEST_FAILED",
          path: `$input.${place}`,
          message: place === worst ? message : "It belongs to the same: say it again, changed where that is needed.",
        }));
  const stable = [part.name, tests.map(({ test, failed }) => [test.name, failed.exchange?.status]), why, tried];
  return { key: part.key, name: part.name, remarks, stable, released };
};

const MAY_GO =
  "no call reaches it, and others show what it serves. Leave it out, with the reason in unserved where nothing else names what it served, or give it the status that is answered before it.";

/** What the gate misses: an operation that is never answered, a requirement or rule that no passing test shows. */
export const wantedForGap = (id: string, said: string, key: string, memory: Memory, amended: Amended): Wanted => {
  const blocked = answerTo<IScenarios>(memory, amended, key)?.blocked ?? [];
  const place = blocked.findIndex((one) => one.what === id);
  const path = place === -1 ? "$input.scenarios" : `$input.blocked[${place}]`;
  const message = `${said}: add a scenario with its steps that shows it, or put right the one that is to.`;
  return { key, name: id, remarks: [{ code: "REPAIR.UNEXERCISED", path, message }], stable: [id], released: null };
};

export const amendTask = (wanted: readonly Wanted[], time: number, memory: Memory, amended: Amended): Task => {
  const { key } = wanted[0]!;
  const { task } = memory.get(key)!;
  const answer = answerTo(memory, amended, key)!;
  const released = wanted.flatMap((one) => one.released ?? []);
  return {
    ...task,
    key: `${key}/repair-${time}`,
    shown: { shown: task.shown, answer, failures: wanted.map((one) => one.stable) },
    standing: { answer, diagnostics: wanted.flatMap((one) => one.remarks) },
    check: (next) => [
      ...task.check(next),
      ...(key.startsWith("test/") ? checkProof(answer as IScenarios, next as IScenarios) : []),
      ...(key.startsWith("interface/") ? checkPromises(answer as IAmend, next as IAmend, released) : []),
    ],
  };
};

export type Came =
  | { kind: "amended"; answer: object }
  | { kind: "unchanged" }
  /** Its author says what is missing. */
  | { kind: "blocked"; why: string };

export const cameOf = (before: object, { answer, dropped }: Outcome): Came => {
  if (answer === null || dropped.length > 0) return { kind: "unchanged" };
  const blocked = (answer as Partial<IRealizeOperation>).blocked ?? [];
  const why = blocked.flatMap((one) => ("name" in one ? [`${one.name}: ${one.why}`] : [])).join(" ");
  if (why !== "") return { kind: "blocked", why };
  return canonical(answer) === canonical(before) ? { kind: "unchanged" } : { kind: "amended", answer };
};
