/** How many tokens a request has: by the server's own tokenizer where it offers one, else by ours, corrected by what it said before. */
import type { ChatMessage, ChatRequest } from "../../base/endpoint.js";
import { countRequest } from "../../base/tokens.js";
import type { Look, ServerKind } from "./window.js";

export interface Count {
  tokens: number;
  by: "server" | "o200k";
}

export class Counter {
  /** Tokens of the server for one of ours, as high as it has been seen. */
  private ratio = 1;

  public constructor(
    private readonly server: ServerKind,
    private readonly model: string,
    private readonly look: Look,
  ) {}

  public async count(request: ChatRequest): Promise<Count> {
    const counted = await this.atServer(request);
    return counted === null ? { tokens: this.estimate(request), by: "o200k" } : { tokens: counted, by: "server" };
  }

  /** By us; at least what the server would say, as far as is known. */
  public estimate({ messages, function: fn }: ChatRequest): number {
    return Math.ceil(countRequest(messages, fn) * this.ratio);
  }

  /** Takes in what the server says a request had. */
  public learn({ messages, function: fn }: ChatRequest, prompt: number): void {
    this.ratio = Math.min(Math.max(this.ratio, prompt / countRequest(messages, fn)), LARGEST_RATIO);
  }

  private async atServer(request: ChatRequest): Promise<number | null> {
    const body = { model: this.model, ...wired(request) };
    const said =
      this.server === "llamacpp"
        ? (await this.look("/v1/chat/completions/input_tokens", body))?.input_tokens
        : this.server === "vllm"
          ? (await this.look("/tokenize", { ...body, add_generation_prompt: true }))?.count
          : null;
    return typeof said === "number" && said > 0 ? said : null;
  }
}

/** Beyond it, something else than the prompt was counted. */
const LARGEST_RATIO = 2;

/** No tokenizer makes more tokens than there are bytes; a template adds some round each message. */
export const mostTokens = (request: ChatRequest): number => {
  const { messages, tools } = wired(request);
  return Buffer.byteLength(JSON.stringify({ messages, tools })) + 400;
};

const wired = ({ messages, function: fn }: ChatRequest) => ({
  messages: messages.map(wiredMessage),
  tools: [{ type: "function", function: fn }],
});

const wiredMessage = ({ role, content, toolCall, toolCallId }: ChatMessage): Record<string, unknown> => {
  if (toolCall === undefined)
    return toolCallId === undefined ? { role, content } : { role, content, tool_call_id: toolCallId };
  const { id, name, arguments: values } = toolCall;
  return {
    role,
    content,
    tool_calls: [{ id, type: "function", function: { name, arguments: JSON.stringify(values) } }],
  };
};
