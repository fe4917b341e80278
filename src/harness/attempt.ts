/** One reply read, mended, merged into the answer as it stands, and judged. Pure but for the compiler it asks. */
import type { ChatReply } from "../base/endpoint.js";
import { itemsOf } from "../base/journal-summary.js";
import type { Task } from "../base/task.js";
import type { Turn } from "./compose.js";
import { type Earlier, over } from "./earlier.js";
import { feedback, type Prompts, unreadable } from "./feedback.js";
import { judge, type Value, type Verdict } from "./judge.js";
import { mend } from "./mend.js";
import { type Before, type Merged, merge, restore } from "./merge.js";
import { parseReply, type Reading } from "./parse.js";
import { NO_REFUSALS, type Refusals, refusalsAfter, tacticsFor, timesOf } from "./refusals.js";
import type { Schema } from "./schema-walk.js";
import { splice } from "./splice.js";

/** The answer as it stands after a reply. */
export interface State extends Before {
  /** Whether a reply has come to its end. */
  complete: boolean;
  /** What the next turn shows; null once nothing is wrong. */
  turn: Turn | null;
  refusals: Refusals;
}

export interface Judged {
  /** Null while no reply could be read. */
  state: State | null;
  /** What the next turn shows; null once the answer is accepted. */
  turn: Turn | null;
  /** Replies in a row that could not be read, this one included. */
  unread: number;
  diagnostics: Verdict["diagnostics"];
  items: { total: number; good: number };
}

/** What one attempt is judged by. */
export interface Circumstances {
  task: Task;
  /** The narrowed one. */
  schema: Schema;
  prompts: Prompts;
  /** What the answer is a difference against; null where it is the first. */
  earlier: Earlier | null;
  /** Replies that may still come after this one. */
  left: number;
}

export const judgeReply = async (
  circumstances: Circumstances,
  before: Pick<Judged, "state" | "unread">,
  reply: ChatReply,
): Promise<Judged> => {
  const { task, schema } = circumstances;
  const reading = parseReply(reply, task.function);
  if (reading === null) return notRead(circumstances, before, reply);
  const mended = mend(reading.value, schema, Object.keys(task.lists));
  const state = await stateAfter(circumstances, before.state, mended, reading);
  if (state.turn !== null) state.turn.echo = echoOf(reply);
  const total = itemsOf(state.value);
  return {
    state,
    turn: state.turn,
    unread: 0,
    diagnostics: state.verdict.diagnostics,
    items: { total, good: total - state.verdict.bad.size },
  };
};

const stateAfter = async (
  { task, prompts, earlier, left }: Circumstances,
  before: State | null,
  mended: Value,
  reading: Reading,
): Promise<State> => {
  const merged: Merged =
    before === null
      ? {
          value: earlier === null ? mended : over(task, earlier.answer, mended),
          replaced: new Map(),
          origins: new Map(),
        }
      : merge(task, before, mended, !reading.cut);
  const complete = reading.cut ? (before?.complete ?? false) : true;
  const verdict = await settleMerged(before, merged, (value) =>
    judge(task, value, { compile: true, partial: !complete }),
  );
  const cut = !complete || verdict.missing.length > 0;
  const { value } = merged;
  if (!cut && verdict.bad.size === 0 && verdict.whole.length === 0)
    return { value, verdict, shown: new Set(), complete: true, turn: null, refusals: NO_REFUSALS };
  const refusals = refusalsAfter(before?.refusals ?? NO_REFUSALS, value, verdict, merged.origins);
  const { text, shown } = feedback(task, { value, verdict, refusals, cut, left }, prompts);
  const times = [...shown].map((item) => timesOf(refusals, item, verdict.bad.get(item)!));
  const { forgets, temperature } = tacticsFor(Math.max(0, ...times, timesOf(refusals, "", verdict.whole)));
  const turn: Turn = {
    answer: forgets ? null : value,
    badPart: forgets ? null : badPart(value, shown),
    via: reading.via,
    text,
    temperature,
  };
  return { value, verdict, shown, complete: !cut, turn, refusals };
};

/** What a reply broke beside what it mended is as it was before: a member of an item first, else the item. */
const settleMerged = async (
  before: State | null,
  merged: Merged,
  verdictOf: (value: Value) => Promise<Verdict>,
): Promise<Verdict> => {
  let verdict = await verdictOf(merged.value);
  const spliced = before === null ? null : splice(before, merged, verdict);
  if (spliced !== null) {
    const next = await verdictOf(spliced);
    if (next.diagnostics.length < verdict.diagnostics.length) [merged.value, verdict] = [spliced, next];
  }
  return restore(merged, verdict) ? verdictOf(merged.value) : verdict;
};

const notRead = (
  { task, prompts, earlier }: Circumstances,
  before: Pick<Judged, "state" | "unread">,
  reply: ChatReply,
): Judged => {
  const { state } = before;
  const unread = before.unread + 1;
  const { forgets, temperature } = tacticsFor(unread + 1);
  const sent = reply.calls[0]?.arguments || reply.content;
  const text = unreadable(task, sent, prompts);
  const code = sent.trim() === "" ? "ANSWER.EMPTY" : "ANSWER.UNREADABLE";
  const open = state?.turn ?? earlier?.turn ?? null;
  const told = open === null ? null : { ...open, text: `${open.text}\n\n${text}` };
  const turn: Turn =
    told === null
      ? { answer: null, badPart: null, via: "call", text, temperature }
      : { ...told, ...(forgets ? { answer: null, badPart: null } : {}), temperature: temperature ?? told.temperature };
  const total = state === null ? 0 : itemsOf(state.value);
  return {
    state,
    turn,
    unread,
    diagnostics: [{ code, path: "$input", message: `No arguments could be read from the reply${quoted(sent)}.` }],
    items: { total, good: total - (state?.verdict.bad.size ?? 0) },
  };
};

/** A model that refuses, or asks back, says why in a sentence. */
const quoted = (sent: string): string => {
  const words = sent.replace(/\s+/g, " ").trim();
  return words === "" ? "" : `, which begins: ${words.slice(0, 160)}`;
};

const echoOf = ({ echo, reasoning }: ChatReply): Turn["echo"] =>
  echo === undefined && reasoning === "" ? undefined : { ...echo, ...(reasoning === "" ? {} : { reasoning }) };

/** Only the shown items, where the whole answer is too long to show again. */
const badPart = (value: Value, shown: ReadonlySet<string>): Value =>
  Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      if (!Array.isArray(member)) return shown.has(key) ? [[key, member]] : [];
      return [[key, member.filter((_, i) => shown.has(`${key}[${i}]`))]];
    }),
  );
