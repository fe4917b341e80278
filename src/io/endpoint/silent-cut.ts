/** A server that cuts a prompt which does not fit says so nowhere but in its counts. */
import type { ChatReply } from "../../base/endpoint.js";
import { Failure } from "../../base/mishap.js";
import { countTokens } from "../../base/tokens.js";

/** Throws where the counts of the reply show that the model did not see, or could not say, all of it. */
export const requireUncut = (reply: ChatReply, body: Record<string, unknown>): void => {
  if (reply.usage === null) return;
  const { prompt, completion, cached } = reply.usage;
  const total = prompt + completion;
  if (WINDOWS.includes(total) && isBroken(reply))
    throw cut(`The reply ended at ${total} tokens, which is all the window the model was given.`);
  const sent = estimate(body);
  // some servers do not count what they had cached
  if (sent >= SMALLEST && prompt + cached < SHARE * sent)
    throw cut(`Of a prompt of about ${sent} tokens the server read ${prompt}: it cuts what does not fit.`);
};

/** Exactly these are no chance. */
const WINDOWS = [2_048, 4_096, 8_192, 16_384, 32_768, 65_536];

/** Smaller prompts fit every window. */
const SMALLEST = 1_000;
const SHARE = 0.7;

const isBroken = ({ calls, finishReason }: ChatReply): boolean =>
  finishReason === "length" || (calls.length > 0 && !calls.some((call) => isWhole(call.arguments)));

const isWhole = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Of the messages alone: nobody renders a function as the JSON that was sent, and some leave most of it out. */
const estimate = (body: Record<string, unknown>): number => {
  const messages = body["messages"] as { content: string; tool_calls?: unknown }[];
  const texts = messages.flatMap(({ content, tool_calls: calls }) => [
    content,
    calls === undefined ? "" : JSON.stringify(calls),
  ]);
  return texts.reduce((sum, text) => sum + countTokens(text), 0);
};

const cut = (message: string): Failure =>
  new Failure(
    "ENDPOINT.PROMPT_CUT",
    message,
    "Start the server with a window of 16,384 tokens or more; Ollama: `OLLAMA_CONTEXT_LENGTH=16384 ollama serve`.",
  );
