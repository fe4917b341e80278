/** An OpenAI-compatible endpoint: one function asked, one whole reply, with the world's silence outlived. */
import pRetry from "p-retry";
import type { ChatReply, ChatRequest, Endpoint } from "../../base/endpoint.js";
import { Outage } from "../../base/mishap.js";
import { bare, hasHistory, type Sent } from "./body.js";
import { classify, isUnknownModel, type Refusal, someOf, unknownModel, wrongUrl } from "./classify.js";
import { type ExchangeOptions, exchange, REPEATED } from "./exchange.js";
import { firstTurn, type Turn } from "./form.js";
import { Gate } from "./gate.js";
import { isOverflow, isPoisoned } from "./learn.js";
import type { Profile } from "./profile.js";
import { POLL, patiently, type Retries } from "./retry.js";
import { memberOf, saying } from "./saying.js";
import { requireUncut } from "./silent-cut.js";
import type { Wire } from "./wire.js";

export interface EndpointOptions extends ExchangeOptions {
  model: string;
  profile: Profile;
  /** Ids that `/models` listed, for the message about an unknown one. */
  models: readonly string[] | null;
  /** Whether the server's counts are used, or ours. */
  tokens: "server" | "o200k";
  retries: Retries;
  /** Told of every wait. */
  notice: (text: string) => void;
  /** Where the endpoint is, if not under the URL that was given; null if nowhere near. */
  elsewhere: (signal: AbortSignal) => Promise<string | null>;
}

export const createEndpoint = (options: EndpointOptions): Endpoint => {
  const { model, settings, retries, notice } = options;
  const gate = new Gate(retries.first, retries.poll ?? POLL);
  let isProven = false;
  return {
    model,
    complete: (request, signal) => {
      const turn = firstTurn();
      const once = async (): Promise<ChatReply> => {
        const send = (wire: Wire) => converse(request, turn, { ...options, wire }, signal);
        const reply = await gate.pass(options.wire, send, signal);
        isProven = true;
        return reply;
      };
      return pRetry(once, patiently(retries, signal, notice)).catch((error: unknown) => {
        const isPage = error instanceof Outage && error.code === "ENDPOINT.WEB_PAGE";
        throw isPage && !isProven ? wrongUrl(settings, "it answered with a web page") : error;
      });
    },
  };
};

/** Sends a turn, again in a form the endpoint accepts where it refuses one. */
const converse = async (
  request: ChatRequest,
  turn: Turn,
  options: EndpointOptions,
  signal: AbortSignal,
): Promise<ChatReply> => {
  const { profile, settings } = options;
  for (let forms = 0; ; ++forms) {
    const sent = profile.compose(request, turn);
    const answer = await exchange(sent.body, options, signal, () => {
      turn.hung = true;
    });
    if (!("status" in answer)) {
      if (answer.finishReason === REPEATED && turn.shaken < MOST_SHAKEN) ++turn.shaken;
      else return accepted(answer, sent, request, options);
    } else {
      const spoilt = spoiltReply(answer, settings.key);
      if (spoilt !== null) return spoilt;
      const again = forms < FORMS && isAdaptable(answer) && (await profile.refuse(answer.text, sent, request));
      if (!again && !eased(answer, request, turn))
        return unreadable(answer, settings.key) ?? (await refuse(answer, options, signal));
    }
  }
};

/** Most forms tried for one turn. */
const FORMS = 24;
const MOST_SHAKEN = 2;

const isAdaptable = ({ status, text }: Refusal): boolean =>
  [400, 422, 500, 501].includes(status) || (status === 404 && /no endpoints found/i.test(text));

const accepted = async (
  reply: ChatReply,
  sent: Sent,
  request: ChatRequest,
  { profile, tokens }: EndpointOptions,
): Promise<ChatReply> => {
  await profile.hear(reply, sent, request);
  if (tokens !== "server") return { ...reply, usage: null };
  requireUncut(reply, sent.body);
  return reply;
};

/** A server that judges arguments itself refuses what the model said: that is the model's mistake, and its words are judged here. */
const spoiltReply = ({ text }: Refusal, key: string | null): ChatReply | null => {
  const failed = memberOf(text, "failed_generation");
  const isModels = /tool_use_failed|did not match schema/.test(text);
  if (!isModels) return null;
  return replyOf(typeof failed === "string" && failed.trim() !== "" ? failed : saying(text, key), "tool_use_failed");
};

/** The same where a server gives up on reading the model's call, once the history is not to blame. */
const unreadable = ({ status, text }: Refusal, key: string | null): ChatReply | null =>
  status >= 500 && isPoisoned(text) ? replyOf(saying(text, key), "error") : null;

const replyOf = (content: string, finishReason: string): ChatReply => ({
  calls: [],
  content,
  reasoning: "",
  finishReason,
  usage: null,
  milliseconds: 0,
});

/** What does not fit, or chokes the server, goes once more in fewer words; the next turn begins afresh. */
const eased = ({ status, text }: Refusal, request: ChatRequest, turn: Turn): boolean => {
  const overflows = status === 413 || isOverflow(text);
  if (!turn.folded && hasHistory(request) && (overflows || isPoisoned(text))) {
    turn.folded = true;
    return true;
  }
  if (!overflows || turn.bare || !hasDescriptions(request)) return false;
  turn.bare = true;
  return true;
};

const hasDescriptions = ({ function: { parameters } }: ChatRequest): boolean =>
  JSON.stringify(bare(parameters)) !== JSON.stringify(parameters);

const refuse = async (
  refusal: Refusal,
  { model, models, settings, elsewhere }: EndpointOptions,
  signal: AbortSignal,
): Promise<never> => {
  if (isUnknownModel(refusal)) throw unknownModel(model, models, settings);
  if (refusal.status !== 404 && refusal.status !== 405) throw classify(refusal, settings);
  const place = models === null ? await elsewhere(signal) : null;
  const said = saying(refusal.text, settings.key);
  const lists = models === null || models.length === 0 ? "" : `, and lists ${someOf(models)}`;
  const hint = place !== null ? `, but ${place} answers` : `${said === "" ? "" : ` (${said})`}${lists}`;
  throw wrongUrl(settings, `it answered ${refusal.status} to /chat/completions${hint}`);
};
