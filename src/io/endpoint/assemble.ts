/** Puts the pieces of a streamed reply together, whatever liberties the server takes with them. */
import type { ChatEcho, ChatReply, ChatUsage } from "../../base/endpoint.js";

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

/** As it is meant to be; what came is looked at. */
interface Usage {
  prompt_tokens?: unknown;
  completion_tokens?: unknown;
  prompt_tokens_details?: { cached_tokens?: unknown } | null;
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
  private written = "";
  private readonly echo: Required<ChatEcho> = { message: {}, call: {} };

  /** Returns what the model has written in it. */
  public add(chunk: Chunk): string {
    this.written = "";
    this.take(chunk);
    return this.written;
  }

  private take(chunk: Chunk): void {
    this.usage = usageOf(chunk.usage) ?? usageOf(chunk.x_groq?.usage) ?? this.usage;
    const choice = chunk.choices?.[0];
    if (choice == null) return;
    const message = choice.delta ?? choice.message;
    if (message != null) this.addMessage(message);
    this.finishReason = choice.finish_reason ?? this.finishReason;
  }

  public reply(): Omit<ChatReply, "milliseconds"> {
    const echo = Object.entries(this.echo).filter(([, members]) => Object.keys(members).length > 0);
    return {
      ...(echo.length === 0 ? {} : { echo: Object.fromEntries(echo) }),
      calls: this.slots.map(({ name, arguments: text }) => ({ name, arguments: text })),
      content: this.content,
      reasoning: this.reasoning,
      finishReason: this.finishReason,
      usage: this.usage,
    };
  }

  private addMessage(message: Message): void {
    const content = contentOf(message.content) + (message.refusal ?? "");
    const reasoning = message.reasoning_content ?? message.reasoning ?? "";
    this.content += content;
    this.reasoning += reasoning;
    this.written += reasoning + content;
    keepUnknown(message, MESSAGE, this.echo.message);
    for (const piece of message.tool_calls ?? []) this.addCall(piece);
    if (message.function_call != null) this.addCall({ index: 0, function: message.function_call });
  }

  private addCall(piece: CallPiece): void {
    const slot = this.slotFor(piece);
    if (slot === this.slots[0]) keepUnknown(piece, CALL, this.echo.call);
    slot.name ||= piece.function?.name ?? "";
    const more = piece.function?.arguments;
    if (more === undefined || more === null) return;
    const text = typeof more === "string" ? more : JSON.stringify(more);
    // some servers end with the whole arguments once more
    const again = text.length > 1 && isWhole(slot.arguments) && text.startsWith(slot.arguments);
    slot.arguments = again ? text : slot.arguments + text;
    this.written += text;
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

/** A signature of thinking, say, without which the server does not take its own reply back. */
const keepUnknown = (from: object, known: ReadonlySet<string>, kept: Record<string, unknown>): void => {
  for (const [key, value] of Object.entries(from)) {
    if (known.has(key) || value === null || value === "" || (Array.isArray(value) && value.length === 0)) continue;
    const before = kept[key];
    kept[key] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
  }
};

const MESSAGE: ReadonlySet<string> = new Set([
  ...["role", "content", "refusal", "reasoning_content", "reasoning", "tool_calls", "function_call"],
]);
const CALL: ReadonlySet<string> = new Set(["index", "id", "type", "function"]);

const usageOf = (usage: Usage | null | undefined): ChatUsage | null => {
  const prompt = countOf(usage?.prompt_tokens);
  if (prompt === 0) return null;
  return {
    prompt,
    completion: countOf(usage?.completion_tokens),
    cached: Math.min(countOf(usage?.prompt_tokens_details?.cached_tokens), prompt),
  };
};

/** Zero for what is no count. */
const countOf = (value: unknown): number =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;

const isWhole = (text: string): boolean => {
  if (!text.trimStart().startsWith("{")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
