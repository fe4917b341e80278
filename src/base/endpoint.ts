/** The one thing the harness needs of a model: a chat completion with a single function. */

export interface ChatMessage {
  role: "system" | "user" | "assistant" | "tool";
  content: string;
  /** The call an assistant made, replayed from its parsed arguments. */
  toolCall?: { id: string; name: string; arguments: Record<string, unknown> };
  /** The call a tool message replies to. */
  toolCallId?: string;
}

export interface ChatFunction {
  name: string;
  description: string;
  /** JSON Schema of the one object parameter. */
  parameters: Record<string, unknown>;
}

export interface ChatRequest {
  /** Task key, for display and logs only. */
  task: string;
  messages: ChatMessage[];
  function: ChatFunction;
  /** Cap on completion tokens, where the endpoint takes one. */
  maximumTokens: number | null;
  /** Wanted only where a model repeats itself; an endpoint that refuses it may leave it out. */
  temperature?: number;
}

/** Token counts as the server reports them. */
export interface ChatUsage {
  prompt: number;
  completion: number;
  cached: number;
}

export interface ChatReply {
  /** Calls in the order they came; arguments are the raw text, unparsed. */
  calls: { name: string; arguments: string }[];
  content: string;
  /** Thinking that the endpoint sent apart from the content. */
  reasoning: string;
  finishReason: string | null;
  usage: ChatUsage | null;
  /** Wall time of the successful request in milliseconds. */
  milliseconds: number;
  /** Whether it came as a stream; absent where that is not known. */
  streamed?: boolean;
}

export interface Endpoint {
  /** Model name as sent on the wire. */
  model: string;
  /** Resolves with a whole reply; rejects with Failure or Outage once the world's silence outlived its retries. */
  complete(request: ChatRequest, signal: AbortSignal): Promise<ChatReply>;
}
