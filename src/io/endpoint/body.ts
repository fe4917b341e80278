/** A chat request as it goes over the wire, in the form the endpoint takes. */
import type { ChatMessage, ChatRequest } from "../../base/endpoint.js";
import type { Form, Turn } from "./form.js";
import { rebuild, type Schema } from "./ladder/walk.js";
import { inWords } from "./ladder/words.js";
import { below, descend, isTold, JSON_MEMBER, type Rung } from "./ladder.js";

export interface Sent {
  body: Record<string, unknown>;
  /** The rung it stands on. */
  rung: Rung;
}

/** Members that a preset adds: always, and to switch thinking off. */
export interface Additions {
  always: Record<string, unknown>;
  quiet: Record<string, unknown>;
}

export const bodyOf = (request: ChatRequest, model: string, form: Form, turn: Turn, additions: Additions): Sent => {
  const { name, description } = request.function;
  const schema = turn.bare ? bare(request.function.parameters) : request.function.parameters;
  const rung = turn.hung ? (below(schema, form.rung) ?? form.rung) : form.rung;
  const told = form.told || isTold(rung) ? inWords(name, schema, rung) : null;
  const body: Record<string, unknown> = { model, messages: messagesOf(request.messages, form, turn, rung, told) };
  const put = (key: string, value: unknown): void => {
    if (!form.refused.includes(key)) body[key] = value;
  };
  const parameters = descend(schema, rung);
  if (parameters !== null) {
    const strict = (parameters.strict || (form.strict && rung < 5)) && !form.refused.includes("strict");
    const tool = { name, description, parameters: parameters.schema, ...(strict ? { strict } : {}) };
    body["tools"] = [{ type: "function", function: tool }];
    if (form.toolChoice !== null) body["tool_choice"] = form.toolChoice;
    put("parallel_tool_calls", false);
  }
  put("stream", true);
  if (body["stream"] === true) put("stream_options", { include_usage: true });
  const most = form.most ?? Number.POSITIVE_INFINITY;
  if (form.cap !== null && request.maximumTokens !== null)
    put(form.cap, Math.min(request.maximumTokens * form.room, most));
  for (const [key, value] of Object.entries(additions.always)) put(key, value);
  if (!form.thinking) for (const [key, value] of Object.entries(additions.quiet)) put(key, value);
  if (request.temperature !== undefined) put("temperature", request.temperature);
  if (turn.shaken > 0) {
    put("temperature", turn.shaken === 1 ? 0.7 : 1);
    put("seed", turn.shaken);
  }
  return { body, rung };
};

/** Descriptions are most of a schema, and the least of it. */
export const bare = (schema: Schema): Schema => rebuild(schema, ({ description: _, ...rest }) => rest);

const messagesOf = (
  messages: readonly ChatMessage[],
  form: Form,
  turn: Turn,
  rung: Rung,
  told: string | null,
): unknown[] =>
  (turn.folded ? folded(messages) : messages).map((message) => {
    const { role, content, toolCall, toolCallId } = message;
    const text = role === "system" && told !== null ? `${content}\n\n${told}` : content;
    if (rung === 7 && role === "tool") return { role: "user", content: text };
    const echoed = role === "assistant" ? echoOf(message, form) : {};
    if (rung === 7 && toolCall !== undefined)
      return { role, content: `\`\`\`json\n${JSON.stringify(toolCall.arguments)}\n\`\`\``, ...echoed };
    if (toolCall !== undefined) return { role, content: text, ...echoed, tool_calls: [callOf(message, form, rung)] };
    return toolCallId === undefined
      ? { role, content: text, ...echoed }
      : { role, content: text, tool_call_id: toolCallId };
  });

const callOf = ({ toolCall, echo }: ChatMessage, form: Form, rung: Rung): unknown => {
  const { id, name, arguments: value } = toolCall!;
  const text = JSON.stringify(value);
  const call = { name, arguments: rung === 6 ? JSON.stringify({ [JSON_MEMBER]: text }) : text };
  return { id, type: "function", function: call, ...(form.echo === "none" ? {} : echo?.call) };
};

const echoOf = ({ echo }: ChatMessage, form: Form): Record<string, unknown> => {
  if (echo === undefined || form.echo === "none") return {};
  const thinking = form.echo === "all" && echo.reasoning ? { reasoning_content: echo.reasoning } : {};
  return { ...echo.message, ...thinking };
};

/** A history that the server chokes on, or that does not fit, told as one question. */
const folded = (messages: readonly ChatMessage[]): ChatMessage[] => {
  const at = messages.findIndex(({ role }) => role === "assistant");
  const feedback = messages.slice(at + 1).map(({ content }) => content);
  const before = messages.slice(0, Math.max(at, 0));
  const question = before.at(-1);
  if (at < 0 || question === undefined) return [...messages];
  return [...before.slice(0, -1), { ...question, content: [question.content, ...feedback].join("\n\n---\n\n") }];
};

export const hasHistory = ({ messages }: ChatRequest): boolean => messages.some(({ role }) => role === "assistant");
