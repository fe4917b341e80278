/** An OpenAI-compatible endpoint: one function asked, one whole reply, with the world's silence outlived. */
import pRetry from "p-retry";
import type { ChatReply, ChatRequest, Endpoint } from "../../base/endpoint.js";
import { Failure, Outage } from "../../base/mishap.js";
import { Assembly, type Chunk } from "./assemble.js";
import { classify, isUnknownModel, type Refusal, saying, unknownModel, unreachable, wrongUrl } from "./classify.js";
import { dataOf, textOf, wholeText } from "./events.js";
import { Gate } from "./gate.js";
import { Profile } from "./profile.js";
import { patiently, type Retries } from "./retry.js";
import type { EndpointSettings } from "./settings.js";
import { type Patience, Watch } from "./watch.js";
import type { Wire, WireReply } from "./wire.js";

export interface EndpointOptions {
  wire: Wire;
  settings: EndpointSettings;
  model: string;
  /** Ids that `/models` listed, for the message about an unknown one. */
  models: readonly string[] | null;
  /** Whether the server's counts are used, or ours. */
  tokens: "server" | "o200k";
  patience: Patience;
  retries: Retries;
  /** Told of every wait. */
  notice: (text: string) => void;
}

export const createEndpoint = (options: EndpointOptions): Endpoint => {
  const { settings, model, tokens, retries, notice } = options;
  const modern = settings.provider === "openai" || settings.baseUrl.includes("api.openai.com");
  const profile = new Profile(model, modern ? "max_completion_tokens" : "max_tokens");
  const gate = new Gate(retries.first);
  let isProven = false;
  return {
    model,
    complete: (request, signal) =>
      pRetry(
        async () => {
          const send = (wire: Wire) => converse(request, profile, { ...options, wire }, signal);
          const reply = await gate.pass(options.wire, send, signal);
          isProven = true;
          return tokens === "server" ? reply : { ...reply, usage: null };
        },
        patiently(retries, signal, notice),
      ).catch((error: unknown) => {
        const isPage = error instanceof Outage && error.code === "ENDPOINT.WEB_PAGE";
        throw isPage && !isProven ? wrongUrl(settings, "it answered with a web page") : error;
      }),
  };
};

/** Sends a turn, again in a form the endpoint accepts where it refuses one. */
const converse = async (
  request: ChatRequest,
  profile: Profile,
  options: EndpointOptions,
  signal: AbortSignal,
): Promise<ChatReply> => {
  for (let form = 0; ; ++form) {
    const body = profile.body(request);
    const answer = await exchange(body, options, signal);
    if (!("status" in answer)) return answer;
    if (isUnknownModel(answer)) throw unknownModel(options.model, options.models, options.settings);
    const adaptable = answer.status === 400 || answer.status === 422 || answer.status === 500 || answer.status === 501;
    if (adaptable && form < FORMS && profile.learn(answer.text, body)) continue;
    if (answer.status === 404 || answer.status === 405)
      throw wrongUrl(options.settings, `it answered ${answer.status} to /chat/completions (${saying(answer.text)})`);
    throw classify(answer, options.settings);
  }
};

/** Most forms tried for one turn. */
const FORMS = 8;

const exchange = async (
  body: Record<string, unknown>,
  { wire, settings, patience }: EndpointOptions,
  signal: AbortSignal,
): Promise<ChatReply | Refusal> => {
  const started = performance.now();
  const watch = new Watch(patience, signal);
  try {
    const reply = await wire.post("/chat/completions", body, watch.signal);
    if (reply.status < 200 || reply.status >= 300) return await refusalOf(reply, watch);
    const assembled = await read(reply, watch);
    if ("status" in assembled) return assembled;
    return { ...assembled, milliseconds: Math.round(performance.now() - started) };
  } catch (error) {
    const cause = watch.cause(error);
    if (cause instanceof Failure || cause instanceof Outage || signal.aborted) throw cause;
    throw unreachable(cause, settings);
  } finally {
    watch.stop();
    watch.hangUp();
  }
};

const refusalOf = async (reply: WireReply, watch: Watch): Promise<Refusal> => ({
  status: reply.status,
  headers: reply.headers,
  text: await wholeText(textOf(reply.body, () => watch.alive())),
});

/** A stream, or the whole reply that some servers send although a stream was asked. */
const read = async (reply: WireReply, watch: Watch): Promise<Omit<ChatReply, "milliseconds"> | Refusal> => {
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
  assembly.add(chunk);
  return { ...ended(assembly), streamed: false };
};

const readStream = async (
  texts: AsyncIterable<string> | string[],
  headers: Headers,
): Promise<Omit<ChatReply, "milliseconds"> | Refusal> => {
  const assembly = new Assembly();
  let done = false;
  for await (const data of dataOf(texts as AsyncIterable<string>)) {
    if (data.trim() === "[DONE]") {
      done = true;
      break;
    }
    const chunk = parseChunk(data);
    if (chunk === null) throw cutOff("A piece of the stream was not JSON.");
    if (chunk.error != null) return innerError(chunk.error, headers);
    assembly.add(chunk);
  }
  if (!done && assembly.finishReason === null) throw cutOff("The stream ended before the reply did.");
  return { ...ended(assembly), streamed: true };
};

const ended = (assembly: Assembly): Omit<ChatReply, "milliseconds"> => {
  if (assembly.finishReason === "error") throw cutOff("The provider broke off the reply.");
  if (assembly.finishReason === "content_filter")
    throw new Failure("ENDPOINT.FILTERED", "The endpoint filtered the answer.", "Reword the request.");
  return assembly.reply();
};

/** An error inside a reply of status 200 is classified by the code inside. */
const innerError = (error: unknown, headers: Headers): Refusal => {
  const code = Number((error as { code?: unknown }).code);
  const status = code >= 400 && code < 600 ? code : 502;
  return { status, headers, text: JSON.stringify({ error }) };
};

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
