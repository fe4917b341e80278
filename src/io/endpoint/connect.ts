/** Makes first contact: is it there, does it take the key, which models does it list; then an endpoint is made of it. */
import pRetry from "p-retry";
import type { Endpoint } from "../../base/endpoint.js";
import { Failure, Outage } from "../../base/mishap.js";
import { classify, someOf, unreachable, wrongUrl } from "./classify.js";
import { createEndpoint } from "./endpoint.js";
import { textOf, wholeText } from "./events.js";
import { fitting } from "./fit.js";
import { sharing } from "./pool.js";
import { HOUSE_RETRIES, patiently, type Retries } from "./retry.js";
import { measureRoom, type Room } from "./room.js";
import { type EndpointSettings, hostOf } from "./settings.js";
import { type Patience, Watch } from "./watch.js";
import type { Listed } from "./window.js";
import { openWire, type Wire } from "./wire.js";

export const HOUSE_PATIENCE: Patience = { firstByte: 3_600_000, idle: 120_000 };

export interface ConnectOptions {
  signal: AbortSignal;
  notice: (text: string) => void;
  patience?: Patience;
  retries?: Retries;
}

export interface Connection extends Endpoint, Room {
  /** Host and port. */
  host: string;
  /** Null where the endpoint does not list its models. */
  models: string[] | null;
  /** Rung of the ladder of schemas on which functions are asked for by now; absent where it is not told. */
  rung?: () => number;
  close(): Promise<void>;
}

/** Throws Failure for a wrong URL, key or missing model name, Outage where nobody answers. */
export const connect = async (settings: EndpointSettings, options: ConnectOptions): Promise<Connection> => {
  const { signal, notice, patience = HOUSE_PATIENCE, retries = HOUSE_RETRIES } = options;
  const wire = openWire(settings);
  try {
    const listed = await pRetry(() => list(wire, settings, signal), patiently({ ...retries, most: 2 }, signal, notice));
    const models = listed?.map((one) => one.id) ?? null;
    const model = settings.model ?? onlyOne(models, settings);
    const own = listed?.find((one) => one.id === model);
    const tokens = own?.owned_by === "bridge" ? "o200k" : "server"; // its own count is a rough one
    const room = await measureRoom(wire, settings, model, own, signal);
    const shared = sharing(wire, room);
    const endpoint = createEndpoint({ wire: shared, settings, model, models, tokens, patience, retries, notice });
    const host = hostOf(settings.baseUrl);
    return { ...fitting(endpoint, { ...room, host }), ...room, host, models, close: () => wire.close() };
  } catch (error) {
    await wire.close();
    throw error;
  }
};

/** Longest wait for the list of models: it costs no thinking. */
const LISTING: Patience = { firstByte: 30_000, idle: 30_000 };

const list = async (wire: Wire, settings: EndpointSettings, signal: AbortSignal): Promise<Listed[] | null> => {
  const { status, headers, text } = await fetchText(wire, "/models", settings, signal);
  if (status === 200 && /^\s*</.test(text)) throw wrongUrl(settings, "it answers with web pages");
  if (status === 200) return idsIn(text);
  if (status === 404 || status === 405 || status === 501) {
    if (!/\/v\d+[a-z]*$/.test(settings.baseUrl) && (await isThere(wire, "/v1/models", settings, signal)))
      throw wrongUrl(settings, `it answered ${status}, but ${settings.baseUrl}/v1 answers`);
    return null;
  }
  if (status === 400 || status === 422) return null;
  throw classify({ status, headers, text }, settings);
};

const isThere = async (wire: Wire, path: string, settings: EndpointSettings, signal: AbortSignal): Promise<boolean> => {
  const { status, text } = await fetchText(wire, path, settings, signal);
  return status === 401 || (status === 200 && idsIn(text) !== null);
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

const onlyOne = (models: readonly string[] | null, settings: EndpointSettings): string => {
  if (models?.length === 1) return models[0]!;
  throw new Failure(
    "ENDPOINT.NO_MODEL",
    `No model is named, and ${hostOf(settings.baseUrl)} ${models === null ? "lists none" : `lists ${models.length}`}.`,
    models === null || models.length === 0 ? "Name one with --model." : `Name one with --model: ${someOf(models)}.`,
  );
};
