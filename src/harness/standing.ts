/** Where a task begins: with nothing, or with an answer that was accepted once and did not hold. */
import type { Task } from "../base/task.js";
import type { Judged } from "./attempt.js";
import { feedback, type Prompts } from "./feedback.js";
import { file, judge, type Value } from "./judge.js";
import { NO_REFUSALS } from "./refusals.js";

/** The first turn then shows that answer with what came out to be wrong, as if it had just been replied. */
export const standingOf = async (
  task: Task,
  prompts: Prompts,
  left: number,
): Promise<Pick<Judged, "state" | "unread" | "turn">> => {
  if (task.standing === undefined) return { state: null, unread: 0, turn: null };
  const value = task.standing.answer as Value;
  const verdict = await judge(task, value, { compile: false, partial: true });
  for (const diagnostic of task.standing.diagnostics) file(diagnostic, value, verdict);
  const { text, shown } = feedback(task, { value, verdict, refusals: NO_REFUSALS, cut: false, left }, prompts);
  const badPart = Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      Array.isArray(member) ? member.filter((_, i) => shown.has(`${key}[${i}]`)) : member,
    ]),
  );
  const turn = { answer: value, badPart, via: "call" as const, text, temperature: null };
  return { state: { value, verdict, shown, complete: true, turn, refusals: NO_REFUSALS }, unread: 0, turn };
};
