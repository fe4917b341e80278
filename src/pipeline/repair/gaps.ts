/** What no test shows though none fails for it: whose scenarios are to show it. */

import type { Verdict } from "../../gate/judge.js";
import { operationName } from "../../gate/operations.js";
import { aggregatesOf } from "../../phases/2-database/notation.js";
import type { Design } from "../design.js";
import { callsOf } from "./causes.js";
import type { Memory } from "./memory.js";

export interface Gap {
  /** Operation, requirement or rule. */
  id: string;
  said: string;
  /** Task that is to show it; null where nobody writes scenarios for it. */
  key: string | null;
}

export const gapsOf = ({ unanswered, unexercised, failedTests }: Verdict, design: Design, memory: Memory): Gap[] => {
  const failing = failedTests.flatMap(({ name }) => design.test?.functions.filter((one) => one.name === name) ?? []);
  const pending = new Set([
    ...failedTests.flatMap((one) => [...one.requirements, ...one.rules]),
    ...failing.flatMap((one) => callsOf(one.statements)),
  ]);
  const operations = (design.document?.operations ?? []).filter((one) => unanswered.includes(operationName(one)));
  const ids = [...unexercised.requirements, ...unexercised.rules];
  return [
    ...operations.map(({ name, model }) => ({
      id: name,
      said: `${name} is answered with success in no test`,
      key: keyFor(name, model, design, memory),
    })),
    ...ids.map((id) => ({ id, said: `${id} is exercised by no passing test`, key: keyFor(id, null, design, memory) })),
  ].filter((one) => !pending.has(one.id));
};

/** First who owes it, then who could name it, then whose table it is. */
const keyFor = (id: string, model: string | null, { database }: Design, memory: Memory): string | null => {
  const tasks = [...memory].filter(([key]) => key.startsWith("test/scenarios:"));
  const offering = (path: string): string | undefined =>
    tasks.find(([, { task, outcome }]) => outcome.answer !== null && task.enums[path]?.includes(id))?.[0];
  const aggregate = database && aggregatesOf(database).find((one) => one.models.some(({ name }) => name === model));
  const own = tasks.find(([key]) => key === `test/scenarios:${aggregate?.name}`)?.[0];
  return offering("blocked[].what") ?? offering("scenarios[].serves[]") ?? own ?? null;
};
