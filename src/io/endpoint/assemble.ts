/** Puts the pieces of a streamed reply together, whatever liberties the server takes with them. */
import type { ChatReply, ChatUsage } from "../../base/endpoint.js";

interface CallPiece {
  index?: number | null;
  id?: string | null;
  function?: { name?: string | null; arguments?: unknown } | null;
}

interface Message {
  content?: unknown;
  refusal?: string | null;
  reasoning_content?: string | null;
  reasoning?: string | null;
  tool_calls?: CallPiece[] | null;
  function_call?: { name?: string; arguments?: unknown } | null;
}

/** A chunk of a stream, or a whole completion. */
export interface Chunk {
  choices?: { delta?: Message | null; message?: Message | null; finish_reason?: string | null }[] | null;
  usage?: Usage | null;
  x_groq?: { usage?: Usage } | null;
  error?: unknown;
}

interface Usage {
  prompt_tokens?: number;
  completion_tokens?: number;
  prompt_tokens_details?: { cached_tokens?: number } | null;
}

interface Slot {
  index: number | null;
  id: string | null;
  name: string;
  arguments: string;
}

export class Assembly {
  public finishReason: string | null = null;
  private readonly slots: Slot[] = [];
  private content = "";
  private reasoning = "";
  private usage: ChatUsage | null = null;

  public add(chunk: Chunk): void {
    this.usage = usageOf(chunk.usage ?? chunk.x_groq?.usage) ?? this.usage;
    const choice = chunk.choices?.[0];
    if (choice == null) return;
    const message = choice.delta ?? choice.message;
    if (message != null) this.addMessage(message);
    this.finishReason = choice.finish_reason ?? this.finishReason;
  }

  public reply(): Omit<ChatReply, "milliseconds"> {
    return {
      calls: this.slots.map(({ name, arguments: text }) => ({ name, arguments: text })),
      content: this.content,
      reasoning: this.reasoning,
      finishReason: this.finishReason,
      usage: this.usage,
    };
  }

  private addMessage(message: Message): void {
    this.content += contentOf(message.content) + (message.refusal ?? "");
    this.reasoning += message.reasoning_content ?? message.reasoning ?? "";
    for (const piece of message.tool_calls ?? []) this.addCall(piece);
    if (message.function_call != null) this.addCall({ index: 0, function: message.function_call });
  }

  private addCall(piece: CallPiece): void {
    const slot = this.slotFor(piece);
    slot.name ||= piece.function?.name ?? "";
    const more = piece.function?.arguments;
    if (more === undefined || more === null) return;
    const text = typeof more === "string" ? more : JSON.stringify(more);
    // some servers end with the whole arguments once more
    const again = text.length > 1 && isWhole(slot.arguments) && text.startsWith(slot.arguments);
    slot.arguments = again ? text : slot.arguments + text;
  }

  /** Equal indices with another id, missing indices and missing ids all occur. */
  private slotFor({ index = null, id = null, function: fn }: CallPiece): Slot {
    const known =
      index === null
        ? (this.slots.find((slot) => id && slot.id === id) ?? (id ? undefined : this.slots.at(-1)))
        : this.slots.findLast((slot) => slot.index === index);
    const other = known !== undefined && id && known.id && id !== known.id;
    const next = known !== undefined && !id && fn?.name && isWhole(known.arguments) && fn.name !== known.name;
    if (known !== undefined && !other && !next) {
      known.id ??= id;
      return known;
    }
    const slot: Slot = { index, id, name: "", arguments: "" };
    this.slots.push(slot);
    return slot;
  }
}

const contentOf = (content: unknown): string => {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: { text?: unknown }) => (typeof part?.text === "string" ? part.text : "")).join("");
};

const usageOf = (usage: Usage | null | undefined): ChatUsage | null =>
  usage?.prompt_tokens
    ? {
        prompt: usage.prompt_tokens,
        completion: usage.completion_tokens ?? 0,
        cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
      }
    : null;

const isWhole = (text: string): boolean => {
  if (!text.trimStart().startsWith("{")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
