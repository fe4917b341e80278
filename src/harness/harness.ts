/** The harness of a run: asks single tasks and waves of them, within one concurrency and one budget. */
import pLimit from "p-limit";
import type { Asker } from "../base/asker.js";
import { digest } from "../base/canonical.js";
import type { Endpoint } from "../base/endpoint.js";
import type { Journal, JournalEntry } from "../base/journal.js";
import { Bug } from "../base/mishap.js";
import { render } from "../base/render.js";
import type { Outcome, Task } from "../base/task.js";
import { type AskEvent, ask } from "./ask.js";
import { Budget, type Limits } from "./budget.js";
import { type Prompts, promptOf } from "./feedback.js";
import { createSource, type Source } from "./replay.js";
import { warmly } from "./warm.js";

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
  const connect = once(options.connect, options.concurrency);
  const source = createSource({ journal, replay, refresh, connect, budget, signal });
  const context = { journal, budget, prompts, observe };
  // a pure replay waits for nothing, and one at a time in key order writes the same journal every time
  const together = replay !== null && !refresh ? 1 : options.concurrency;
  const limit = pLimit(together);
  const read = new Set<string>();

  const askAll = async <Answer extends object>(tasks: readonly Task<Answer>[]): Promise<Outcome<Answer>[]> => {
    const outcomes = new Map<string, Outcome<Answer>>();
    const mishaps: unknown[] = [];
    const one = async (task: Task<Answer>, isRead: () => void): Promise<void> => {
      if (mishaps.length > 0) return;
      try {
        signal.throwIfAborted();
        outcomes.set(task.key, await ask(task, { ...context, source: telling(source, isRead) }));
      } catch (mishap) {
        mishaps.push(mishap);
      }
    };
    const start = (task: Task<Answer>, isRead = () => {}): Promise<void> => limit(one, task, isRead);
    const sorted = inKeyOrder(tasks);
    if (together === 1) await Promise.all(sorted.map((task) => start(task)));
    else await warmly(sorted, beginningOf, read, start);
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

/** What a server reads before it comes to what is the task's own. */
const beginningOf = ({ system, function: { name, parameters }, enums }: Pick<Task, "system" | "function" | "enums">) =>
  digest({ system, name, parameters, enums });

/** Tells when the endpoint has answered, which is when it has read the prompt. */
const telling = (source: Source, isRead: () => void): Source => ({
  hear: async (...asked) => {
    const heard = await source.hear(...asked);
    if (heard.from === "endpoint") isRead();
    return heard;
  },
});

/** Connects at the first call and keeps what came of it. A server that has fewer slots is not asked for more. */
const once = (connect: HarnessOptions["connect"], concurrency: number): HarnessOptions["connect"] => {
  let connected: Promise<Endpoint> | null = null;
  return connect === null ? null : () => (connected ??= connect().then((endpoint) => narrowed(endpoint, concurrency)));
};

const narrowed = (endpoint: Endpoint, concurrency: number): Endpoint => {
  const slots = endpoint.slots ?? concurrency;
  if (slots >= concurrency) return endpoint;
  const limit = pLimit(Math.max(slots, 1));
  return { ...endpoint, complete: (...asked) => limit(() => endpoint.complete(...asked)) };
};

/** What a change costs is counted from its beginning. */
const spentIn = ({ entries }: Journal): number =>
  entries
    .slice(entries.findLastIndex((entry) => entry.kind === "change") + 1)
    .reduce((sum, entry) => sum + (entry.kind === "attempt" ? entry.usage.prompt + entry.usage.completion : 0), 0);
