/** One damaged reply: what it was meant to be, what our harness hears, and what an adapter would hand to a rival. */
import type { ChatReply } from "../../src/base/endpoint.js";
import type { ModelFunction, Task } from "../../src/base/task.js";
import { Assembly, type Chunk } from "../../src/io/endpoint/assemble.js";
import type { Original } from "./originals.js";

export interface Case {
  /** `F16`, or several joined by a plus. */
  fault: string;
  original: Original;
  reply: ChatReply;
  /** Texts in the order in which an adapter would hand them over. */
  texts: string[];
}

type Heard = Pick<ChatReply, "calls" | "content"> & Partial<ChatReply>;

export const replyOf = (heard: Heard): ChatReply => ({
  reasoning: "",
  finishReason: heard.calls.length > 0 ? "tool_calls" : "stop",
  usage: null,
  milliseconds: 1,
  ...heard,
});

export const called = (text: string, name: string): ChatReply =>
  replyOf({ calls: [{ name, arguments: text }], content: "" });
export const said = (content: string): ChatReply => replyOf({ calls: [], content });

/** A task that has no other opinion than the validator of its function. */
export const bareTask = (fn: ModelFunction<object>): Task => ({
  key: fn.name,
  function: fn,
  enums: {},
  system: "",
  user: "",
  shown: null,
  lists: {},
  closing: null,
  check: () => [],
});

/** Arguments of each call, else the content. */
export const textsOf = (reply: ChatReply): string[] =>
  reply.calls.length > 0 ? reply.calls.map((one) => one.arguments) : [reply.content];

/** Pieces of a stream through our assembly. */
export const assembled = (chunks: readonly Chunk[]): ChatReply => {
  const assembly = new Assembly();
  for (const chunk of chunks) assembly.add(chunk);
  return { ...assembly.reply(), milliseconds: 1 };
};

/** The same pieces as common clients put them together: by index, everything appended. */
export const appended = (chunks: readonly Chunk[]): string[] => {
  const slots = new Map<unknown, string>();
  for (const chunk of chunks)
    for (const piece of chunk.choices?.[0]?.delta?.tool_calls ?? []) {
      const index = piece.index ?? 0;
      const more = piece.function?.arguments ?? "";
      slots.set(index, (slots.get(index) ?? "") + (typeof more === "string" ? more : JSON.stringify(more)));
    }
  return [...slots.values()];
};
