/** Where replies come from: first from the run's own journal, then from a replayed one, then from the endpoint. */
import type { ChatReply, ChatRequest, Endpoint } from "../base/endpoint.js";
import type { AttemptEntry, Journal, JournalEntry } from "../base/journal.js";
import { attemptsOf, knowsTask } from "../base/journal-index.js";
import { Failure } from "../base/mishap.js";
import type { Budget } from "./budget.js";

export interface Heard {
  reply: ChatReply;
  model: string;
  /** `own`: already in this run's journal and not written again. */
  from: "own" | "replay" | "endpoint";
}

export interface Source {
  hear(task: { key: string; inputs: string }, attempt: number, request: ChatRequest): Promise<Heard>;
}

export interface SourceOptions {
  journal: Journal;
  /** Entries of the journal to replay, or null. */
  replay: readonly JournalEntry[] | null;
  /** Whether the endpoint is asked for what the replayed journal does not know. */
  refresh: boolean;
  /** Connects on first use; null where there is no endpoint. */
  connect: (() => Promise<Endpoint>) | null;
  budget: Budget;
  signal: AbortSignal;
}

export const createSource = ({ journal, replay, refresh, connect, budget, signal }: SourceOptions): Source => ({
  hear: async (task, attempt, request) => {
    const own = attemptsOf(journal.entries, task.key, task.inputs)[attempt - 1];
    if (own !== undefined) return { reply: replyOf(own), model: own.model, from: "own" };
    if (replay !== null) {
      const recorded = attemptsOf(replay, task.key, task.inputs)[attempt - 1];
      if (recorded !== undefined) return { reply: replyOf(recorded), model: recorded.model, from: "replay" };
      if (!refresh) throw unknown(task, attempt, replay);
    }
    if (connect === null) throw notConfigured();
    budget.require(task.key);
    const endpoint = await connect();
    return { reply: await endpoint.complete(request, signal), model: endpoint.model, from: "endpoint" };
  },
});

/** Counts of o200k are not replayed but counted again, on the prompt as it would be sent now. */
const replyOf = (entry: AttemptEntry): ChatReply => {
  const { source, ...usage } = entry.usage;
  return {
    calls: entry.reply.calls,
    content: entry.reply.content,
    reasoning: entry.reply.reasoning ?? "",
    finishReason: entry.reply.finishReason,
    ...(entry.reply.echo === undefined ? {} : { echo: entry.reply.echo }),
    usage: source === "server" ? usage : null,
    milliseconds: entry.milliseconds,
  };
};

const unknown = (task: { key: string; inputs: string }, attempt: number, replay: readonly JournalEntry[]): Failure => {
  const found = attemptsOf(replay, task.key, task.inputs).length;
  const message =
    found > 0
      ? `The replayed journal has ${found} replies for ${task.key}, and reply ${attempt} is needed.`
      : knowsTask(replay, task.key)
        ? `The replayed journal answered ${task.key} for other inputs than it has now.`
        : `The replayed journal has no reply for ${task.key}.`;
  const code =
    found > 0 ? "REPLAY.RAN_OUT" : knowsTask(replay, task.key) ? "REPLAY.INPUTS_DIFFER" : "REPLAY.UNKNOWN_TASK";
  return new Failure(code, message, "Add --refresh, with an endpoint, to ask what the journal does not answer.");
};

const notConfigured = (): Failure =>
  new Failure(
    "ENDPOINT.NOT_CONFIGURED",
    "No endpoint is configured.",
    "Name one with --base-url or --provider, or set OPENAI_BASE_URL and OPENAI_API_KEY.",
  );
