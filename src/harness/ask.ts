/** Asks a model to do one task: reply, judge, feed back, until the answer is right or the budget is spent. */
import { canonical, digest } from "../base/canonical.js";
import type { ChatReply } from "../base/endpoint.js";
import type { AcceptedEntry, AttemptEntry, Journal } from "../base/journal.js";
import { acceptedFor, acceptedOf } from "../base/journal-index.js";
import type { Outcome, Task } from "../base/task.js";
import { type Judged, judgeReply } from "./attempt.js";
import type { Budget } from "./budget.js";
import { compose } from "./compose.js";
import { earlierOf } from "./earlier.js";
import type { Prompts } from "./feedback.js";
import { judge, type Value } from "./judge.js";
import { narrow } from "./narrow.js";
import type { Heard, Source } from "./replay.js";
import { settle } from "./settle.js";
import { standingOf } from "./standing.js";
import { countReply } from "./tokens.js";

/** What happens to a task, for whoever shows progress. */
export type AskEvent =
  | { kind: "asked"; task: string; attempt: number }
  | { kind: "answered"; task: string; attempt: number; wrong: number }
  | { kind: "ended"; task: string; attempts: number; reused: boolean; dropped: number; answered: boolean };

export interface AskContext {
  journal: Journal;
  source: Source;
  budget: Budget;
  prompts: Prompts;
  observe: (event: AskEvent) => void;
}

export const ask = async <Answer extends object>(
  wanted: Task<Answer>,
  context: AskContext,
): Promise<Outcome<Answer>> => {
  const task = wanted as unknown as Task;
  const shown = digest(task.shown);
  const outcome = (await reuse(task, shown, context)) ?? (await answer(task, shown, context));
  const { attempts, reused, dropped } = outcome;
  context.observe({
    kind: "ended",
    task: task.key,
    attempts,
    reused,
    dropped: dropped.length,
    answered: outcome.answer !== null,
  });
  return outcome as Outcome<Answer>;
};

/** An accepted answer in this run's own journal is used again where it still holds. */
const reuse = async (task: Task, shown: string, { journal }: AskContext): Promise<Outcome | null> => {
  const entry = acceptedFor(journal.entries, task.key, shown);
  if (entry?.answer == null) return null;
  const verdict = await judge(task, entry.answer as Value, { compile: false, partial: entry.dropped.length > 0 });
  if (verdict.bad.size > 0 || verdict.whole.length > 0 || verdict.missing.length > 0) return null;
  return { answer: entry.answer, dropped: entry.dropped, attempts: entry.attempts, reused: true };
};

const answer = async (task: Task, shown: string, context: AskContext): Promise<Outcome> => {
  const earlier = await earlierOf(task, context.journal.entries, context.prompts);
  const inputs = earlier === null ? shown : digest([task.shown, earlier.answer]);
  const fn = narrow(task.function, task.enums);
  const { attempts } = context.budget.limits;
  const standing = await standingOf(task, context.prompts, attempts);
  let heardSoFar: Pick<Judged, "state" | "unread" | "turn"> = {
    ...standing,
    turn: standing.turn ?? earlier?.turn ?? null,
  };
  let attempt = 0;
  const cost = { tokens: 0, milliseconds: 0 };
  while (context.budget.allows({ replies: attempt, ...cost })) {
    const { promptTokens, ...request } = compose(task, fn, heardSoFar.turn);
    context.observe({ kind: "asked", task: task.key, attempt: ++attempt });
    const heard = await context.source.hear({ key: task.key, inputs }, attempt, request);
    const circumstances = { task, schema: fn.parameters, prompts: context.prompts, earlier, left: attempts - attempt };
    const judged: Judged = await judgeReply(circumstances, heardSoFar, heard.reply);
    const usage = usageOf(heard.reply, promptTokens);
    cost.tokens += usage.prompt + usage.completion;
    cost.milliseconds += heard.reply.milliseconds;
    if (heard.from !== "own") {
      const sent = digest({ messages: request.messages, function: request.function });
      await record({ task, inputs, attempt, sent, usage, heard, judged }, context);
    }
    context.observe({ kind: "answered", task: task.key, attempt, wrong: judged.diagnostics.length });
    heardSoFar = judged;
    if (judged.turn === null) break;
  }
  const { state, turn } = heardSoFar;
  const accepted = turn === null && state !== null;
  const { answer, dropped } = accepted
    ? { answer: state!.value, dropped: [] }
    : await settle(task, state?.value ?? earlier?.answer ?? null);
  const seen = earlier === null ? {} : { shown };
  await conclude(
    { kind: "accepted", task: task.key, inputs, ...seen, answer, dropped, attempts: attempt },
    context.journal,
  );
  return { answer, dropped, attempts: attempt, reused: false };
};

interface Attempted {
  task: Task;
  inputs: string;
  attempt: number;
  /** Digest of what was sent. */
  sent: string;
  usage: AttemptEntry["usage"];
  heard: Heard;
  judged: Judged;
}

const usageOf = (reply: ChatReply, promptTokens: number): AttemptEntry["usage"] =>
  reply.usage
    ? { ...reply.usage, source: "server" }
    : { prompt: promptTokens, completion: countReply(reply), cached: 0, source: "o200k" };

const record = async ({ task, inputs, attempt, sent, usage, heard, judged }: Attempted, context: AskContext) => {
  const { reply, model } = heard;
  const { calls, content, reasoning, finishReason, echo } = reply;
  context.budget.spend(usage.prompt + usage.completion);
  await context.journal.append({
    kind: "attempt",
    task: task.key,
    inputs,
    attempt,
    request: sent,
    reply: { calls, content, finishReason, ...(reasoning === "" ? {} : { reasoning }), ...(echo ? { echo } : {}) },
    diagnostics: judged.diagnostics,
    items: judged.items,
    usage,
    milliseconds: reply.milliseconds,
    model,
  });
};

/** The same end twice, after a resume, is written once. */
const conclude = async (entry: Omit<AcceptedEntry, "at">, journal: Journal): Promise<void> => {
  const last = acceptedOf(journal.entries, entry.task, entry.inputs);
  if (last !== null) {
    const { at: _, ...rest } = last;
    if (canonical(rest) === canonical(entry)) return;
  }
  await journal.append(entry);
};
