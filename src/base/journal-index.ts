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

/** Whether a journal knows the task at all, with whatever inputs. */
export const knowsTask = (entries: readonly JournalEntry[], task: string): boolean =>
  entries.some((entry) => entry.kind === "attempt" && entry.task === task);
