/** A journal counted: the `calls`, `items` and `tokens` of the `--json` object. */
import type { AcceptedEntry, AttemptEntry, JournalEntry } from "./journal.js";

export interface JournalSummary {
  calls: {
    /** Replies, retries included. */
    total: number;
    /** Tasks whose first reply was accepted. */
    firstTry: number;
    /** Replies beyond the first of their task. */
    retried: number;
    /** Tasks whose budget was spent: items dropped, or no answer. */
    fellBack: number;
    byTask: { task: string; attempts: number }[];
  };
  items: { total: number; firstTry: number; dropped: number };
  tokens: { prompt: number; completion: number; cached: number; largestPrompt: number };
}

export const summarize = (entries: readonly JournalEntry[]): JournalSummary => {
  const attempts = entries.filter((entry): entry is AttemptEntry => entry.kind === "attempt");
  const ends = lastEnds(entries);
  const byTask = count(attempts);
  const first = attempts.filter((entry) => entry.attempt === 1);
  const counted = first.filter((entry) => ends.some((end) => end.task === entry.task && end.inputs === entry.inputs));
  return {
    calls: {
      total: attempts.length,
      firstTry: ends.filter((end) => end.attempts === 1 && !fellBack(end)).length,
      retried: attempts.length - first.length,
      fellBack: ends.filter(fellBack).length,
      byTask: [...byTask].sort(([x], [y]) => (x < y ? -1 : 1)).map(([task, attempts]) => ({ task, attempts })),
    },
    items: {
      total: sum(ends, (end) => itemsOf(end.answer) + end.dropped.length),
      firstTry: sum(counted, (entry) => entry.items.good),
      dropped: sum(ends, (end) => end.dropped.length),
    },
    tokens: {
      prompt: sum(attempts, (entry) => entry.usage.prompt),
      completion: sum(attempts, (entry) => entry.usage.completion),
      cached: sum(attempts, (entry) => entry.usage.cached),
      largestPrompt: Math.max(0, ...attempts.map((entry) => entry.usage.prompt)),
    },
  };
};

/** Scalars and the elements of lists of an answer. */
export const itemsOf = (answer: object | null): number =>
  answer === null
    ? 0
    : sum(Object.values(answer), (value) => (Array.isArray(value) ? value.length : value === undefined ? 0 : 1));

const fellBack = (end: AcceptedEntry): boolean => end.answer === null || end.dropped.length > 0;

const lastEnds = (entries: readonly JournalEntry[]): AcceptedEntry[] => {
  const ends = new Map<string, AcceptedEntry>();
  for (const entry of entries) if (entry.kind === "accepted") ends.set(entry.task, entry);
  return [...ends.values()];
};

const count = (attempts: readonly AttemptEntry[]): Map<string, number> => {
  const result = new Map<string, number>();
  for (const { task } of attempts) result.set(task, (result.get(task) ?? 0) + 1);
  return result;
};

const sum = <T>(list: readonly T[], value: (item: T) => number): number =>
  list.reduce((total, item) => total + value(item), 0);
