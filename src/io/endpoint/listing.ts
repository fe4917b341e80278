/** What an endpoint says of itself before it is asked anything: whether it is there, and its models. */
import { Failure, Outage } from "../../base/mishap.js";
import { classify, unreachable, wrongUrl } from "./classify.js";
import { textOf, wholeText } from "./events.js";
import type { EndpointSettings } from "./settings.js";
import { type Patience, Watch } from "./watch.js";
import type { Listed } from "./window.js";
import type { Wire } from "./wire.js";

/** Longest wait for the list of models: it costs no thinking. */
const LISTING: Patience = { firstByte: 30_000, idle: 30_000 };

/** Null where the endpoint keeps no list. */
export const listModels = async (
  wire: Wire,
  settings: EndpointSettings,
  signal: AbortSignal,
): Promise<Listed[] | null> => {
  const { status, headers, text } = await fetchText(wire, "/models", settings, signal);
  if (status === 200 && /^\s*</.test(text)) throw wrongUrl(settings, "it answers with web pages");
  if (status === 200) return idsIn(text);
  if (status === 404 || status === 405 || status === 501) {
    const place = await elsewhere(wire, settings, signal);
    if (place !== null) throw wrongUrl(settings, `it answered ${status}, but ${place} answers`);
    return null;
  }
  if (status === 400 || status === 422) return null;
  throw classify({ status, headers, text }, settings);
};

/** The same URL with `/v1`, or without it, if an endpoint answers there; null if none does. */
export const elsewhere = async (
  wire: Wire,
  settings: EndpointSettings,
  signal: AbortSignal,
): Promise<string | null> => {
  const { baseUrl } = settings;
  const other = /\/v\d+[a-z]*$/.test(baseUrl) ? baseUrl.replace(/\/v\d+[a-z]*$/, "") : `${baseUrl}/v1`;
  const answer = await fetchText(wire, `${other}/models`, settings, signal).catch(() => null);
  const answers = answer?.status === 401 || (answer?.status === 200 && idsIn(answer.text) !== null);
  return answers ? other : null;
};

const fetchText = async (wire: Wire, path: string, settings: EndpointSettings, signal: AbortSignal) => {
  const watch = new Watch(LISTING, signal);
  try {
    const { status, headers, body } = await wire.get(path, watch.signal);
    return { status, headers, text: await wholeText(textOf(body, () => watch.alive())) };
  } catch (error) {
    const cause = watch.cause(error);
    if (cause instanceof Failure || cause instanceof Outage || signal.aborted) throw cause;
    throw unreachable(cause, settings);
  } finally {
    watch.stop();
  }
};

const idsIn = (text: string): Listed[] | null => {
  try {
    const body = JSON.parse(text) as { data?: unknown } | unknown[];
    const data = Array.isArray(body) ? body : body.data;
    return Array.isArray(data) ? data.filter((one): one is Listed => typeof one?.id === "string") : null;
  } catch {
    return null;
  }
};
