/** A small function of its own, and what the harness needs round it. */
import { LlmJson } from "@typia/utils";
import type { ChatReply, ChatRequest, Endpoint } from "../../src/base/endpoint.js";
import type { Journal, JournalEntry } from "../../src/base/journal.js";
import type { ModelFunction, Task } from "../../src/base/task.js";
import type { HarnessOptions } from "../../src/harness/harness.js";
import { readPrompts } from "../../src/io/package-folder.js";

export interface Answer {
  plan: string;
  columns: { table: string; name: string; kind: "text" | "number"; size: number; note?: string | null }[];
  unserved: { id: string; reason: string }[];
}

const PARAMETERS = {
  type: "object",
  properties: {
    plan: { type: "string", maxLength: 60 },
    columns: { type: "array", maxItems: 9, items: { $ref: "#/$defs/Column" } },
    unserved: { type: "array", maxItems: 9, items: { $ref: "#/$defs/Unserved" } },
  },
  required: ["plan", "columns", "unserved"],
  additionalProperties: false,
  $defs: {
    Column: {
      type: "object",
      properties: {
        table: { type: "string", description: "Table it belongs to." },
        name: { type: "string", maxLength: 20 },
        kind: { type: "string", enum: ["text", "number"] },
        size: { type: "integer" },
        note: { anyOf: [{ type: "null" }, { type: "string", maxLength: 40 }] },
      },
      required: ["table", "name", "kind", "size"],
    },
    Unserved: {
      type: "object",
      properties: { id: { type: "string" }, reason: { type: "string", maxLength: 40 } },
      required: ["id", "reason"],
    },
  },
};

export const emit = {
  name: "emit",
  description: "Hands in columns.",
  parameters: PARAMETERS,
  ...(LlmJson.structuredOutput<Answer>(PARAMETERS as never) as object),
} as unknown as ModelFunction<Answer>;

/** Columns called `bad…` are wrong; obligation R1 is a column called `owner`, or unserved. */
export const sample = (changes: Partial<Task<Answer>> = {}): Task<Answer> => ({
  key: "sample",
  function: emit,
  enums: { "columns[].table": ["orders", "order_items", "customers"] },
  system: "You design tables.",
  user: "Design the shop.",
  shown: { tables: ["orders"] },
  lists: {
    columns: ((one: Answer["columns"][number]) => `${one.table}.${one.name}`) as never,
    unserved: ((one: Answer["unserved"][number]) => one.id) as never,
  },
  closing: "unserved",
  check: (answer) => [
    ...answer.columns.flatMap(({ name }, i) =>
      name.startsWith("bad")
        ? [{ code: "SAMPLE.BAD_NAME", path: `$input.columns[${i}].name`, message: "do not begin with bad" }]
        : [],
    ),
    ...(answer.columns.some(({ name }) => name === "owner") || answer.unserved.some(({ id }) => id === "R1")
      ? []
      : [{ code: "SAMPLE.UNSERVED", path: "$input.unserved", message: "R1 is served nowhere" }]),
  ],
  ...changes,
});

export const column = (name: string, changes: object = {}) => ({
  table: "orders",
  name,
  kind: "text",
  size: 1,
  ...changes,
});

export const owner = column("owner");

export const answerOf = (columns: unknown[], changes: object = {}) => ({
  plan: "p",
  columns,
  unserved: [],
  ...changes,
});

export const prompts = await readPrompts();

/** A journal in memory, with a clock that stands still. */
export const memory = (entries: JournalEntry[] = []): Journal & { entries: JournalEntry[] } => ({
  entries,
  append: async (entry) => void entries.push({ ...entry, at: "2026-01-01T00:00:00.000Z" }),
});

export const replyOf = (given: unknown): ChatReply => ({
  calls: [{ name: "emit", arguments: typeof given === "string" ? given : JSON.stringify(given) }],
  content: "",
  reasoning: "",
  finishReason: "tool_calls",
  usage: null,
  milliseconds: 5,
});

/** An endpoint that says these replies in turn and remembers what it was asked. */
export const scripted = (...replies: (ChatReply | unknown)[]): Endpoint & { asked: ChatRequest[] } => {
  const asked: ChatRequest[] = [];
  return {
    model: "toy",
    asked,
    complete: async (request) => {
      asked.push(structuredClone(request));
      const next = replies[asked.length - 1];
      if (next === undefined) throw new TypeError("the script is over");
      return next !== null && typeof next === "object" && "calls" in next ? (next as ChatReply) : replyOf(next);
    },
  };
};

export const options = (changes: Partial<HarnessOptions> = {}): HarnessOptions => ({
  journal: memory(),
  replay: null,
  refresh: false,
  connect: null,
  prompts,
  concurrency: 2,
  limits: { attempts: 5, tokens: null },
  signal: new AbortController().signal,
  observe: () => {},
  ...changes,
});
