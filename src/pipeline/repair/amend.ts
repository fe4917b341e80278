/** `<task>/repair-<n>`: who wrote the wrong part is asked again, before the answer that did not hold and what became of it. */
import { canonical } from "../../base/canonical.js";
import { type Diagnostic, Findings } from "../../base/diagnostic.js";
import type { Outcome, Task } from "../../base/task.js";
import type { IScenarios } from "../../phases/4-test/ast.js";
import type { IRealizeAmend, IRealizeOperation } from "../../phases/5-realize/ast.js";
import type { Broken, Part } from "./causes.js";
import { type Amended, answerTo, type Memory } from "./memory.js";
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
}

/** A part that failing tests speak against. */
export const wantedFor = (
  part: Part,
  tests: readonly Broken[],
  why: string | null,
  tried: readonly string[],
  memory: Memory,
  amended: Amended,
): Wanted => {
  const answer = answerTo(memory, amended, part.key) ?? {};
  const own = tests.filter(
    ({ test }) => part.side === "implementation" || test.name.endsWith(`.scenario.${part.name}`),
  );
  const story = (own.length > 0 ? own : tests)
    .slice(0, 3)
    .map((one) => `The test "${one.test.title}" fails at it: ${breakOf(one)}.`);
  const earlier = tried.map((one) => `This was tried and undone, because it did not help: ${one}`);
  const message = [...story, ...(why === null ? [] : [why]), ...earlier].join(" ");
  const places = placesOf(part, answer);
  const worst = worstOf(part, answer, places, own[0] ?? tests[0]);
  const remarks =
    places.length === 0
      ? [{ code: "REPAIR.TEST_FAILED", path: "$input.steps", message: `${part.name}: ${message}` }]
      : places.map((place) => ({
          code: "REPAIR.TEST_FAILED",
          path: `$input.steps[${place}]`,
          message: place === worst ? message : "It belongs to the same: say it again, changed where that is needed.",
        }));
  const stable = [part.name, tests.map(({ test, failed }) => [test.name, failed.exchange?.status]), why, tried];
  return { key: part.key, name: part.name, remarks, stable };
};

/** Steps of the answer that belong to the part. */
const placesOf = ({ name, key, side }: Part, answer: object): number[] => {
  const { steps = [] } = answer as Partial<IScenarios & IRealizeAmend & IRealizeOperation>;
  return (steps as object[]).flatMap((step, place) => {
    const { scenario, operation } = step as { scenario?: string; operation?: string };
    const owner = side === "scenario" ? scenario : key.startsWith("realize/amend:") ? operation : name;
    return owner === name ? [place] : [];
  });
};

/** Where the remark stands: the step that refused or should have, or the call that was answered otherwise. */
const worstOf = (part: Part, answer: object, places: readonly number[], broken: Broken | undefined): number => {
  const { steps = [] } = answer as Partial<IScenarios & IRealizeAmend>;
  const text = `${broken?.failed.error} ${JSON.stringify(broken?.failed.exchange?.response ?? null)}`;
  const found = places.filter((place) => {
    if (part.side === "implementation") {
      const { refusal } = (steps as IRealizeAmend["steps"])[place]!;
      return refusal != null && text.includes(refusal);
    }
    const { call, expect } = (steps as IScenarios["steps"])[place]!;
    return call === broken?.operation?.name && (expect.length === 0 || expect.some((one) => text.includes(one)));
  });
  return found.at(-1) ?? places[0] ?? 0;
};

/** What the gate misses: an operation that is never answered, a requirement or rule that no passing test shows. */
export const wantedForGap = (id: string, said: string, key: string, memory: Memory, amended: Amended): Wanted => {
  const blocked = answerTo<IScenarios>(memory, amended, key)?.blocked ?? [];
  const place = blocked.findIndex((one) => one.what === id);
  const path = place === -1 ? "$input.scenarios" : `$input.blocked[${place}]`;
  const message = `${said}: add a scenario with its steps that shows it, or put right the one that is to.`;
  return { key, name: id, remarks: [{ code: "REPAIR.UNEXERCISED", path, message }], stable: [id] };
};

export const amendTask = (wanted: readonly Wanted[], time: number, memory: Memory, amended: Amended): Task => {
  const { key } = wanted[0]!;
  const { task } = memory.get(key)!;
  const answer = answerTo(memory, amended, key)!;
  return {
    ...task,
    key: `${key}/repair-${time}`,
    shown: { shown: task.shown, answer, failures: wanted.map((one) => one.stable) },
    standing: { answer, diagnostics: wanted.flatMap((one) => one.remarks) },
    check: (next) => [
      ...task.check(next),
      ...(key.startsWith("test/") ? checkProof(answer as IScenarios, next as IScenarios) : []),
    ],
  };
};

/** Whoever puts a scenario right may not make it show less. */
export const checkProof = (before: IScenarios, after: IScenarios): Diagnostic[] => {
  const found = new Findings();
  for (const { name, serves } of before.scenarios) {
    const place = after.scenarios.findIndex((one) => one.name === name);
    const lost = serves.filter((id) => !after.scenarios[place]?.serves.includes(id));
    if (place === -1) found.add("REPAIR.SCENARIO_LOST", "$input.blocked", `The scenario ${name} is gone: it stays.`);
    else if (lost.length > 0)
      found.add(
        "REPAIR.SERVES_LESS",
        `$input.scenarios[${place}].serves`,
        `It is to serve ${lost.join(", ")} as before.`,
      );
    else if (weightOf(after, name) < weightOf(before, name))
      found.add(
        "REPAIR.SHOWS_LESS",
        `$input.scenarios[${place}].name`,
        `${name} expects and refuses less than before. Put what is right in the place of what was wrong, in steps of ${name}.`,
      );
  }
  return found.list;
};

const weightOf = ({ steps }: IScenarios, name: string): number =>
  steps
    .filter((step) => step.scenario === name)
    .reduce((sum, step) => sum + step.expect.length + (step.status >= 400 ? 1 : 0), 0);

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
