/** Asks an endpoint what a run would ask it, from the smallest thing to a real one, and stops where more would tell nothing. */
import type { Asker } from "../../base/asker.js";
import type { ChatReply, Endpoint } from "../../base/endpoint.js";
import type { AttemptEntry, Journal, JournalEntry } from "../../base/journal.js";
import { Failure, Outage } from "../../base/mishap.js";
import type { Task } from "../../base/task.js";
import { createHarness } from "../../harness/harness.js";
import type { Connection } from "../../io/endpoint/connect.js";
import { type FormsOptions, tryForms } from "../../io/endpoint/forms.js";
import { readPrompts } from "../../io/package-folder.js";
import { trialTask } from "../../pipeline/trial.js";
import { formulaTask, sumTask } from "./tasks.js";

/** How a model did at a task. */
export interface Trial {
  right: boolean;
  /** Replies it took. */
  replies: number;
  called: boolean;
  /** The last thing it said: the arguments of its call, or its words. */
  said: string;
  /** What was wrong with it in the end. */
  wrong: string;
  seconds: number;
}

export interface Examination {
  sum: Trial | null;
  forms: Awaited<ReturnType<typeof tryForms>> | null;
  formula: Trial | null;
  real: Trial | null;
  streamed: boolean | null;
  counts: "server" | "o200k";
  /** What ended the examination before its time. */
  mishap: Failure | Outage | null;
}

export interface Patient {
  connection: Connection;
  forms: FormsOptions;
  /** Told what is tried now. */
  now: (text: string) => void;
}

export const examine = async ({ connection, forms, now }: Patient): Promise<Examination> => {
  const { signal } = forms;
  const replies: ChatReply[] = [];
  const endpoint: Endpoint = {
    model: connection.model,
    complete: async (request, during) => {
      const most = request.function.name === SMALLEST ? { maximumTokens: ROOM_FOR_A_SUM } : {};
      const reply = await connection.complete({ ...request, ...most }, during);
      replies.push(reply);
      return reply;
    },
  };
  const prompts = await readPrompts();
  const ask = askerOf(endpoint, prompts, signal);
  const found: Examination = {
    sum: null,
    forms: null,
    formula: null,
    real: null,
    streamed: null,
    counts: "o200k",
    mishap: null,
  };
  try {
    now("asking for a sum");
    found.sum = await ask(sumTask, 2);
    if (found.sum.right) {
      now("demanding calls");
      found.forms = await tryForms(forms);
      now("asking for a formula");
      found.formula = await ask(formulaTask, 2);
      now("asking for the outline of a service");
      found.real = await ask(trialTask, 3);
    }
  } catch (mishap) {
    if (signal.aborted || !(mishap instanceof Failure || mishap instanceof Outage)) throw mishap;
    found.mishap = mishap;
  }
  found.streamed = replies.at(-1)?.streamed ?? null;
  found.counts = replies.some((reply) => reply.usage !== null) ? "server" : "o200k";
  return found;
};

const SMALLEST = "handInSum";

/** Thoughts included: a model that babbles is not waited for. */
const ROOM_FOR_A_SUM = 1_024;

const askerOf = (endpoint: Endpoint, prompts: Record<string, string>, signal: AbortSignal) => {
  return async <Answer extends object>(make: (asker: Asker) => Task<Answer>, attempts: number): Promise<Trial> => {
    const journal = inMemory();
    const harness = createHarness({
      journal,
      replay: null,
      refresh: false,
      connect: async () => endpoint,
      prompts,
      concurrency: 1,
      limits: { attempts, tokens: null },
      signal,
      observe: () => {},
    });
    await harness.ask(make(harness));
    return trialOf(journal.entries.filter((entry): entry is AttemptEntry => entry.kind === "attempt"));
  };
};

const inMemory = (): Journal & { entries: JournalEntry[] } => {
  const entries: JournalEntry[] = [];
  return { entries, append: async (entry) => void entries.push({ ...entry, at: "" }) };
};

const trialOf = (attempts: readonly AttemptEntry[]): Trial => {
  const { reply, diagnostics } = attempts.at(-1)!;
  const [call] = reply.calls;
  const [first] = diagnostics;
  return {
    right: first === undefined,
    replies: attempts.length,
    called: call !== undefined,
    said: (call?.arguments || reply.content || (reply.reasoning ? `only thoughts, ${reply.reasoning}` : ""))
      .replace(/\s+/g, " ")
      .trim(),
    wrong: first === undefined ? "" : `${first.path.replace("$input.", "")}: ${first.message}`,
    seconds: attempts.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000,
  };
};
