/** The harness of a run: asks single tasks and waves of them, within one concurrency and one budget. */
import pLimit from "p-limit";
import type { Asker } from "../base/asker.js";
import type { Endpoint } from "../base/endpoint.js";
import type { Journal, JournalEntry } from "../base/journal.js";
import { Bug } from "../base/mishap.js";
import { render } from "../base/render.js";
import type { Outcome, Task } from "../base/task.js";
import { type AskEvent, ask } from "./ask.js";
import { Budget, type Limits } from "./budget.js";
import { type Prompts, promptOf } from "./feedback.js";
import { createSource } from "./replay.js";

export interface HarnessOptions {
  journal: Journal;
  /** Entries of a journal to replay; null to ask the endpoint. */
  replay: readonly JournalEntry[] | null;
  refresh: boolean;
  /** Called once, on first need; null where no endpoint is configured. */
  connect: (() => Promise<Endpoint>) | null;
  prompts: Prompts;
  concurrency: number;
  limits: Limits;
  signal: AbortSignal;
  observe: (event: AskEvent) => void;
}

/** The first mishap of a wave is thrown once what is in flight has been written down. */
export const createHarness = (options: HarnessOptions): Asker => {
  const { journal, replay, refresh, prompts, signal, observe, limits } = options;
  const budget = new Budget(limits, spentIn(journal));
  const source = createSource({ journal, replay, refresh, connect: once(options.connect), budget, signal });
  const context = { journal, source, budget, prompts, observe };
  // a pure replay waits for nothing, and one at a time in key order writes the same journal every time
  const limit = pLimit(replay !== null && !refresh ? 1 : options.concurrency);

  const askAll = async <Answer extends object>(tasks: readonly Task<Answer>[]): Promise<Outcome<Answer>[]> => {
    const outcomes = new Map<string, Outcome<Answer>>();
    const mishaps: unknown[] = [];
    const one = async (task: Task<Answer>): Promise<void> => {
      if (mishaps.length > 0) return;
      try {
        signal.throwIfAborted();
        outcomes.set(task.key, await ask(task, context));
      } catch (mishap) {
        mishaps.push(mishap);
      }
    };
    await Promise.all(inKeyOrder(tasks).map((task) => limit(one, task)));
    if (mishaps.length > 0) throw mishaps[0];
    return tasks.map((task) => outcomes.get(task.key)!);
  };
  return {
    askAll,
    ask: async (task) => (await askAll([task]))[0]!,
    render: (name, values) => render(promptOf(prompts, name), values),
  };
};

const inKeyOrder = <Answer extends object>(tasks: readonly Task<Answer>[]): Task<Answer>[] => {
  const sorted = [...tasks].sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : 0));
  sorted.forEach((task, i) => {
    if (task.key === sorted[i + 1]?.key) throw new Bug(`Two tasks of one wave are called ${task.key}.`);
  });
  return sorted;
};

/** Connects at the first call and keeps what came of it. */
const once = (connect: HarnessOptions["connect"]): HarnessOptions["connect"] => {
  let connected: Promise<Endpoint> | null = null;
  return connect === null ? null : () => (connected ??= connect());
};

const spentIn = (journal: Journal): number =>
  journal.entries.reduce(
    (sum, entry) => sum + (entry.kind === "attempt" ? entry.usage.prompt + entry.usage.completion : 0),
    0,
  );
