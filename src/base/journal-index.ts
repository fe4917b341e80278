/** Finds in a journal what is already known of a task. */
import type { AcceptedEntry, AttemptEntry, JournalEntry, RunEntry } from "./journal.js";

export const headerOf = (entries: readonly JournalEntry[]): RunEntry | null =>
  entries[0]?.kind === "run" ? entries[0] : null;

/** The attempts at a task that saw these inputs, by attempt number; the later of equal numbers counts. */
export const attemptsOf = (entries: readonly JournalEntry[], task: string, inputs: string): AttemptEntry[] => {
  const found = new Map<number, AttemptEntry>();
  for (const entry of entries)
    if (entry.kind === "attempt" && entry.task === task && entry.inputs === inputs) found.set(entry.attempt, entry);
  const result: AttemptEntry[] = [];
  for (let number = 1; found.has(number); ++number) result.push(found.get(number)!);
  return result;
};

/** The last end of a task that saw these inputs. */
export const acceptedOf = (entries: readonly JournalEntry[], task: string, inputs: string): AcceptedEntry | null =>
  entries.findLast(
    (entry): entry is AcceptedEntry => entry.kind === "accepted" && entry.task === task && entry.inputs === inputs,
  ) ?? null;

/** The last end of a task that was shown these values, whatever earlier answer stood beside them. */
export const acceptedFor = (entries: readonly JournalEntry[], task: string, shown: string): AcceptedEntry | null =>
  entries.findLast(
    (entry): entry is AcceptedEntry =>
      entry.kind === "accepted" && entry.task === task && (entry.shown ?? entry.inputs) === shown,
  ) ?? null;

/** What a task was answered last before the change that is under way; null where there was no change, or no answer. */
export const answerBeforeChange = (entries: readonly JournalEntry[], task: string): object | null => {
  const change = entries.findLastIndex((entry) => entry.kind === "change");
  const before = entries
    .slice(0, Math.max(0, change))
    .findLast((entry) => entry.kind === "accepted" && entry.task === task && entry.answer !== null);
  return before?.kind === "accepted" ? before.answer : null;
};

/** What was asked for after the first request, in order. */
export const changesOf = (entries: readonly JournalEntry[]): string[] =>
  entries.flatMap((entry) => (entry.kind === "change" ? [entry.request] : []));

/** Whether a journal knows the task at all, with whatever inputs. */
export const knowsTask = (entries: readonly JournalEntry[], task: string): boolean =>
  entries.some((entry) => entry.kind === "attempt" && entry.task === task);
