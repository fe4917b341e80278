/** One reply read, mended, merged into the answer as it stands, and judged. Pure but for the compiler it asks. */
import type { ChatReply } from "../base/endpoint.js";
import { itemsOf } from "../base/journal-summary.js";
import type { Task } from "../base/task.js";
import type { Turn } from "./compose.js";
import { feedback, type Prompts, unreadable } from "./feedback.js";
import { judge, type Value, type Verdict } from "./judge.js";
import { mend } from "./mend.js";
import { type Before, merge, restore } from "./merge.js";
import { parseReply, type Reading } from "./parse.js";
import type { Schema } from "./schema-walk.js";

/** The answer as it stands after a reply. */
export interface State extends Before {
  /** Whether a reply has come to its end. */
  complete: boolean;
  /** What the next turn shows; null once nothing is wrong. */
  turn: Turn | null;
}

export interface Judged {
  /** Null while no reply could be read. */
  state: State | null;
  /** What the next turn shows; null once the answer is accepted. */
  turn: Turn | null;
  diagnostics: Verdict["diagnostics"];
  items: { total: number; good: number };
}

/** `schema` is the narrowed one. */
export const judgeReply = async (
  task: Task,
  schema: Schema,
  before: State | null,
  reply: ChatReply,
  prompts: Prompts,
): Promise<Judged> => {
  const reading = parseReply(reply, task.function);
  if (reading === null) return notRead(task, before, reply, prompts);
  const mended = mend(reading.value, schema, Object.keys(task.lists));
  const state = await stateAfter(task, before, mended, reading, prompts);
  const total = itemsOf(state.value);
  return {
    state,
    turn: state.turn,
    diagnostics: state.verdict.diagnostics,
    items: { total, good: total - state.verdict.bad.size },
  };
};

const stateAfter = async (
  task: Task,
  before: State | null,
  mended: Value,
  reading: Reading,
  prompts: Prompts,
): Promise<State> => {
  const merged = before === null ? { value: mended, replaced: new Map() } : merge(task, before, mended, !reading.cut);
  const complete = reading.cut ? (before?.complete ?? false) : true;
  const verdictOf = (): Promise<Verdict> => judge(task, merged.value, { compile: true, partial: !complete });
  let verdict = await verdictOf();
  if (restore(merged, verdict)) verdict = await verdictOf();
  const cut = !complete || verdict.missing.length > 0;
  const { value } = merged;
  if (!cut && verdict.bad.size === 0 && verdict.whole.length === 0)
    return { value, verdict, shown: new Set(), complete: true, turn: null };
  const { text, shown } = feedback(task, value, verdict, cut, prompts);
  const turn: Turn = { answer: value, badPart: badPart(value, shown), via: reading.via, text };
  return { value, verdict, shown, complete: !cut, turn };
};

const notRead = (task: Task, before: State | null, reply: ChatReply, prompts: Prompts): Judged => {
  const sent = reply.calls[0]?.arguments || reply.content;
  const text = unreadable(task, sent, prompts);
  const code = sent.trim() === "" ? "ANSWER.EMPTY" : "ANSWER.UNREADABLE";
  const turn: Turn =
    before?.turn == null
      ? { answer: null, badPart: null, via: "call", text }
      : { ...before.turn, text: `${before.turn.text}\n\n${text}` };
  const total = before === null ? 0 : itemsOf(before.value);
  return {
    state: before,
    turn,
    diagnostics: [{ code, path: "$input", message: "No arguments could be read from the reply." }],
    items: { total, good: total - (before?.verdict.bad.size ?? 0) },
  };
};

/** Only the shown items, where the whole answer is too long to show again. */
const badPart = (value: Value, shown: ReadonlySet<string>): Value =>
  Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      if (!Array.isArray(member)) return shown.has(key) ? [[key, member]] : [];
      return [[key, member.filter((_, i) => shown.has(`${key}[${i}]`))]];
    }),
  );
