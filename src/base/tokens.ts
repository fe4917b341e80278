/** Tokens counted with o200k: near enough for every model, exact for none. */
import { countTokens as count } from "gpt-tokenizer/encoding/o200k_base";
import type { ChatFunction, ChatMessage, ChatReply } from "./endpoint.js";

export const countTokens = (text: string): number => count(text, { disallowedSpecial: new Set() });

/** Messages, function and a template's share round each message. */
export const countRequest = (messages: readonly ChatMessage[], fn: ChatFunction): number =>
  messages.reduce(
    (sum, message) =>
      sum +
      TEMPLATE +
      countTokens(message.content) +
      (message.toolCall === undefined ? 0 : countTokens(JSON.stringify(message.toolCall))),
    countTokens(JSON.stringify(fn)),
  );

export const countReply = (reply: Pick<ChatReply, "calls" | "content" | "reasoning">): number =>
  [...reply.calls.map((call) => call.arguments), reply.content, reply.reasoning].reduce(
    (sum, text) => sum + countTokens(text),
    0,
  );

const TEMPLATE = 4;
