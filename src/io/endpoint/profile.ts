/** What an endpoint accepts, learned from what it refused and remembered for the run. */
import type { ChatMessage, ChatRequest } from "../../base/endpoint.js";
import { descend, inWords, type Rung } from "./ladder.js";

export class Profile {
  private readonly refused = new Set<string>();
  private toolChoice: "required" | "auto" | null = "required";
  private tools = true;
  private rung: Rung = 0;
  /** Largest output cap the endpoint takes, once it has said so. */
  private most = Number.POSITIVE_INFINITY;

  public constructor(
    private readonly model: string,
    private cap: "max_tokens" | "max_completion_tokens" | null,
  ) {}

  public body(request: ChatRequest): Record<string, unknown> {
    const { name, description, parameters } = request.function;
    const told = this.rung === 2 || !this.tools ? inWords(name, parameters) : null;
    const body: Record<string, unknown> = { model: this.model, messages: this.messages(request.messages, told) };
    if (this.tools) {
      const tool = { name, description, parameters: descend(parameters, this.rung) };
      body["tools"] = [{ type: "function", function: tool }];
      if (this.toolChoice !== null) body["tool_choice"] = this.toolChoice;
      this.put(body, "parallel_tool_calls", false);
    }
    this.put(body, "stream", true);
    if (body["stream"] === true) this.put(body, "stream_options", { include_usage: true });
    if (this.cap !== null && request.maximumTokens !== null)
      body[this.cap] = Math.min(request.maximumTokens, this.most);
    return body;
  }

  /** Learns from a refusal of what was sent; true where the same turn is worth sending again. */
  public learn(said: string, sent: Record<string, unknown>): boolean {
    const text = said.toLowerCase();
    return (
      this.learnCap(text, sent) ||
      this.learnTools(text, sent) ||
      this.learnParameter(text, sent) ||
      this.learnSchema(text, sent)
    );
  }

  private put(body: Record<string, unknown>, name: string, value: unknown): void {
    if (!this.refused.has(name)) body[name] = value;
  }

  private messages(messages: readonly ChatMessage[], told: string | null): unknown[] {
    return messages.map((message) => {
      const { role, content, toolCall, toolCallId } = message;
      const text = role === "system" && told !== null ? `${content}\n\n${told}` : content;
      if (!this.tools && toolCall !== undefined) return { role, content: JSON.stringify(toolCall.arguments) };
      if (!this.tools && role === "tool") return { role: "user", content: text };
      if (toolCall !== undefined) {
        const call = { name: toolCall.name, arguments: JSON.stringify(toolCall.arguments) };
        return { role, content: text, tool_calls: [{ id: toolCall.id, type: "function", function: call }] };
      }
      return toolCallId === undefined ? { role, content: text } : { role, content: text, tool_call_id: toolCallId };
    });
  }

  private learnCap(text: string, sent: Record<string, unknown>): boolean {
    const name = ["max_completion_tokens", "max_tokens"].find((one) => one in sent);
    const speaks = text.includes("max_tokens") || text.includes("max_completion_tokens") || isOverflow(text);
    if (name === undefined || !speaks) return false;
    const limit = isOverflow(text) ? undefined : largestBelow(text, Number(sent[name]));
    if (limit !== undefined) {
      this.most = Math.min(this.most, limit);
      return true;
    }
    const other = name === "max_tokens" ? "max_completion_tokens" : "max_tokens";
    const swap = text.includes("use ") && text.includes(other) && !this.refused.has(other);
    this.refused.add(name);
    if (this.cap === name) this.cap = swap ? other : null;
    return true;
  }

  private learnTools(text: string, sent: Record<string, unknown>): boolean {
    if ("tool_choice" in sent && text.includes("tool_choice")) {
      if (this.toolChoice === sent["tool_choice"]) this.toolChoice = this.toolChoice === "required" ? "auto" : null;
      return true;
    }
    if (!("tools" in sent) || !/(does not|doesn't|not) support(ed)? (tools|tool|function)/.test(text)) return false;
    this.tools = false;
    return true;
  }

  private learnParameter(text: string, sent: Record<string, unknown>): boolean {
    const named = ["parallel_tool_calls", "stream_options"].find((name) => name in sent && text.includes(name));
    const streaming = "stream" in sent && /["'`.]stream["'`]|stream(ing)? (is )?not supported/.test(text);
    const name = named ?? (streaming ? "stream" : undefined);
    if (name === undefined) return false;
    this.refused.add(name);
    return true;
  }

  private learnSchema(text: string, sent: Record<string, unknown>): boolean {
    const tool = (sent["tools"] as { function: { parameters: unknown } }[] | undefined)?.[0];
    if (tool === undefined || !SCHEMA.some((pattern) => pattern.test(text))) return false;
    const rung = Object.keys(tool.function.parameters as object).length === 1 ? 2 : this.rung;
    if (rung === 2) return false;
    this.rung = (rung + 1) as Rung;
    return true;
  }
}

/** The number a refusal of a cap names: "at most 16384 completion tokens". */
const largestBelow = (text: string, cap: number): number | undefined =>
  (text.match(/\d{3,}/g) ?? [])
    .map(Number)
    .filter((one) => one >= 256 && one < cap)
    .sort((x, y) => y - x)[0];

/** The prompt, or prompt and cap together, are larger than the window. */
export const isOverflow = (text: string): boolean =>
  /exceed_context_size|context_length_exceeded|maximum context length|exceeds the available context|context window|prompt is too long/i.test(
    text,
  );

const SCHEMA = [
  /invalid schema/,
  /unknown name \\?"/,
  /not supported by xgrammar/,
  /parse grammar/,
  /json schema error/,
  /number of repetitions/,
  /function\.parameters/,
  /unable to generate parser/,
];
