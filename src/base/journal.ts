/** The journal: what every attempt of every task asked, heard and cost. Append-only JSON Lines; the one memory of a run. */

import type { Diagnostic } from "./diagnostic.js";
import type { ChatEcho, ChatReply, ChatUsage } from "./endpoint.js";

/** First line. Holds no key and of the endpoint only its host. */
export interface RunEntry {
  kind: "run";
  /** Version of autobe that wrote the journal. */
  version: string;
  request: string;
  /** A Prisma schema that the run adopts instead of asking for an analysis and tables. */
  schema?: AdoptedText;
  model: string;
  /** Host and port only. */
  baseUrl: string;
  /** ISO 8601. */
  at: string;
}

export interface AdoptedText {
  /** The file as it was named. */
  file: string;
  text: string;
  /** What the service is called. */
  name: string;
  /** Whether nobody is asked anything: every draft is kept. */
  isSilent: boolean;
}

/** The user asked for a change of what the entries before this one made; what follows belongs to it. */
export interface ChangeEntry {
  kind: "change";
  request: string;
  at: string;
}

export interface AttemptEntry {
  kind: "attempt";
  task: string;
  /** SHA-256 of the values shown, and of the earlier answer where one was shown. */
  inputs: string;
  /** From one. */
  attempt: number;
  /** SHA-256 of messages and function as sent. */
  request: string;
  reply: Pick<ChatReply, "calls" | "content" | "finishReason"> & { reasoning?: string; echo?: ChatEcho };
  /** What was wrong with the answer as it stood after this reply. */
  diagnostics: Diagnostic[];
  /** Items as they stood after this reply, and how many of them were right. */
  items: { total: number; good: number };
  usage: ChatUsage & { source: "server" | "o200k" };
  milliseconds: number;
  model: string;
  at: string;
}

export interface DroppedItem {
  path: string;
  value: unknown;
  diagnostics: Diagnostic[];
}

/** How a task ended: with an answer, perhaps after dropping items, or with none. */
export interface AcceptedEntry {
  kind: "accepted";
  task: string;
  inputs: string;
  /** SHA-256 of the values shown alone, where an earlier answer was shown beside them. */
  shown?: string;
  /** The merged, judged value; null where no item survived the budget. */
  answer: object | null;
  dropped: DroppedItem[];
  /** Replies it took. */
  attempts: number;
  at: string;
}

export type JournalEntry = RunEntry | ChangeEntry | AttemptEntry | AcceptedEntry;

/** An entry before the clock of `io` stamps it. */
export type Unstamped = Omit<ChangeEntry, "at"> | Omit<AttemptEntry, "at"> | Omit<AcceptedEntry, "at">;

export interface Journal {
  /** Everything written so far, in order; grows with `append`. */
  readonly entries: readonly JournalEntry[];
  /** Resolves when the entry is safely on disk. */
  append(entry: Unstamped): Promise<void>;
}
