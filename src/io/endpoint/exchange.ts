/** One request and what came of it: a whole reply, streamed or not, or a refusal, even one inside a reply of status 200. */
import type { ChatReply } from "../../base/endpoint.js";
import { Failure, Outage } from "../../base/mishap.js";
import { Assembly, type Chunk } from "./assemble.js";
import { Circles } from "./circles.js";
import { type Refusal, unreachable } from "./classify.js";
import { dataOf, textOf, wholeText } from "./events.js";
import type { EndpointSettings } from "./settings.js";
import { type Patience, Watch } from "./watch.js";
import type { Wire, WireReply } from "./wire.js";

export interface ExchangeOptions {
  wire: Wire;
  settings: EndpointSettings;
  patience: Patience;
}

/** The reason given for a reply that was broken off because it said the same again and again. */
export const REPEATED = "repetition";

/** `hung` is told where not even a first byte came. */
export const exchange = async (
  body: Record<string, unknown>,
  { wire, settings, patience }: ExchangeOptions,
  signal: AbortSignal,
  hung: () => void,
): Promise<ChatReply | Refusal> => {
  const started = performance.now();
  const watch = new Watch(patience, signal);
  try {
    const reply = await wire.post("/chat/completions", body, watch.signal);
    if (reply.status < 200 || reply.status >= 300) return await refusalOf(reply, watch);
    const read = await readReply(reply, watch);
    if ("status" in read) return read;
    return { ...read, milliseconds: Math.round(performance.now() - started) };
  } catch (error) {
    const cause = watch.cause(error);
    if (watch.isHung()) hung();
    if (cause instanceof Failure || cause instanceof Outage || signal.aborted) throw cause;
    throw unreachable(cause, settings);
  } finally {
    watch.stop();
    watch.hangUp();
  }
};

type Read = Omit<ChatReply, "milliseconds"> | Refusal;

const refusalOf = async (reply: WireReply, watch: Watch): Promise<Refusal> => ({
  status: reply.status,
  headers: reply.headers,
  text: await wholeText(textOf(reply.body, () => watch.alive())),
});

/** A stream, or the whole reply that some servers send although a stream was asked; the other way round too. */
const readReply = async (reply: WireReply, watch: Watch): Promise<Read> => {
  const texts = textOf(reply.body, () => watch.alive());
  if (reply.headers.get("content-type")?.includes("event-stream")) return readStream(texts, reply.headers);
  const text = await wholeText(texts);
  if (/^\s*(data:|event:|:)/.test(text)) return readStream([text], reply.headers);
  if (text.trim() === "") throw cutOff("The reply was empty.");
  const chunk = parseChunk(text);
  if (chunk === null) {
    if (/^\s*</.test(text)) throw webPage();
    throw cutOff("The reply was not whole JSON.");
  }
  if (chunk.error != null) return innerError(chunk.error, reply.headers);
  const assembly = new Assembly();
  const circles = new Circles().add(assembly.add(chunk));
  return { ...ended(assembly), streamed: false, ...(circles ? BROKEN_OFF : {}) };
};

const readStream = async (texts: AsyncIterable<string> | string[], headers: Headers): Promise<Read> => {
  const assembly = new Assembly();
  const circles = new Circles();
  let done = false;
  for await (const data of dataOf(texts as AsyncIterable<string>)) {
    if (data.trim() === "[DONE]") {
      done = true;
      break;
    }
    const chunk = parseChunk(data);
    if (chunk === null) throw cutOff("A piece of the stream was not JSON.");
    if (chunk.error != null) return innerError(chunk.error, headers);
    if (circles.add(assembly.add(chunk))) return { ...assembly.reply(), streamed: true, ...BROKEN_OFF };
  }
  if (!done && assembly.finishReason === null) throw cutOff("The stream ended before the reply did.");
  return { ...ended(assembly), streamed: true };
};

const BROKEN_OFF = { finishReason: REPEATED };

const ended = (assembly: Assembly): Omit<ChatReply, "milliseconds"> => {
  if (assembly.finishReason === "error") throw cutOff("The provider broke off the reply.");
  if (assembly.finishReason === "content_filter")
    throw new Failure("ENDPOINT.FILTERED", "The endpoint filtered the answer.", "Reword the request.");
  return assembly.reply();
};

/** An error inside a reply of status 200 is classified by the code inside, be it a number or a word. */
const innerError = (error: unknown, headers: Headers): Refusal => {
  const { code, type, status } = (typeof error === "object" ? error : {}) as Record<string, unknown>;
  const numbers = [code, status].map(Number).filter((one) => one >= 400 && one < 600);
  const words = [code, type, error].filter((one) => typeof one === "string").join(" ");
  const [, known] = WORDS.find(([pattern]) => pattern.test(words)) ?? [];
  return { status: numbers[0] ?? known ?? 502, headers, text: JSON.stringify({ error }) };
};

const WORDS: [RegExp, number][] = [
  [/insufficient_quota/, 402],
  [/rate_limit/, 429],
  [/authentication|invalid_api_key|permission/, 401],
  [/invalid_request|invalid_tool|Invalid tool_choice|bad_request|tool_use_failed|not support/i, 400],
  [/overloaded/, 529],
];

const cutOff = (message: string): Outage =>
  new Outage("ENDPOINT.CUT", message, "Run `autobe resume DIR` later; nothing already answered is asked again.", true);

/** From a proxy in between it passes; where nothing else ever came, the URL is wrong. */
const webPage = (): Outage =>
  new Outage(
    "ENDPOINT.WEB_PAGE",
    "The reply was a web page.",
    "See what stands between here and the endpoint, then `autobe resume DIR`; nothing already answered is asked again.",
    true,
  );

const parseChunk = (text: string): Chunk | null => {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? (value as Chunk) : null;
  } catch {
    return null;
  }
};
