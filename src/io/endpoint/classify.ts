/** What a refusal of the endpoint means, by who must act: the user (Failure) or the world (Outage). */
import { Failure, Outage } from "../../base/mishap.js";
import { isOverflow } from "./profile.js";
import { type EndpointSettings, hostOf } from "./settings.js";

export interface Refusal {
  status: number;
  headers: Headers;
  text: string;
}

export const classify = ({ status, headers, text }: Refusal, settings: EndpointSettings): Failure | Outage => {
  const said = saying(text);
  const told = said === "" ? "" : `: ${said}`;
  const host = hostOf(settings.baseUrl);
  if (status === 401 || status === 403) return wrongKey(status, told, settings);
  if (status === 402 || /insufficient_quota|credit balance/.test(text))
    return new Failure("ENDPOINT.NO_CREDIT", `${host} wants payment (${status})${told}`, "Top up, or choose another.");
  if (/content_filter/.test(text))
    return new Failure("ENDPOINT.FILTERED", `${host} refused the content${told}`, "Reword the request.");
  if (isOverflow(text) || status === 413)
    return new Failure(
      "ENDPOINT.WINDOW_TOO_SMALL",
      `The prompt does not fit the window of the model${told}`,
      "Start the server with a context of 16,384 tokens or more per slot.",
    );
  if (status >= 300 && status < 400)
    return wrongUrl(settings, `it redirects to ${headers.get("location") ?? "elsewhere"}`);
  if (isLoading(status, text))
    return new Outage("ENDPOINT.LOADING", `${host} is loading the model`, "Try again in a minute.", true, 2_000);
  if (status === 408 || status === 409 || status === 425 || status === 429 || status >= 500)
    return new Outage(
      status === 429 ? "ENDPOINT.RATE_LIMITED" : "ENDPOINT.DOWN",
      `${host} answered ${status}${told}`,
      "Run `autobe resume DIR` later; nothing already answered is asked again.",
      true,
      retryAfter(headers),
    );
  return new Failure(
    "ENDPOINT.REFUSED",
    `${host} refused the request (${status})${told}`,
    "Run `autobe doctor` to see what this endpoint accepts.",
  );
};

/** Whether the refusal speaks of the model's name. */
export const isUnknownModel = ({ status, text }: Refusal): boolean =>
  (status === 404 || status === 400 || status === 422) &&
  /model_not_found|model.{0,120}(not found|does not exist|not exist|unknown|invalid|not available)|(unknown|invalid|no such) model|not a valid model/i.test(
    text,
  );

export const unknownModel = (model: string, ids: readonly string[] | null, settings: EndpointSettings): Failure =>
  new Failure(
    "ENDPOINT.UNKNOWN_MODEL",
    `${hostOf(settings.baseUrl)} has no model called ${model}.`,
    ids === null || ids.length === 0
      ? "Name another with --model or AUTOBE_MODEL."
      : `Name one with --model: ${someOf(ids)}.`,
  );

export const someOf = (ids: readonly string[]): string =>
  ids.slice(0, 10).join(", ") + (ids.length > 10 ? ` and ${ids.length - 10} more` : "");

export const wrongUrl = (settings: EndpointSettings, why: string): Failure =>
  new Failure(
    "ENDPOINT.WRONG_URL",
    `${settings.baseUrl} is not the base URL of an OpenAI-compatible endpoint: ${why}.`,
    "Give --base-url up to and with /v1, without /chat/completions.",
  );

/** No reply at all: refused, reset, no such host. */
export const unreachable = (error: unknown, settings: EndpointSettings): Outage => {
  const { code, message } = deepest(error);
  const why = WORDS[code] ?? `${message}${code === "" ? "" : ` (${code})`}.`;
  return new Outage(
    "ENDPOINT.UNREACHABLE",
    `${settings.baseUrl} cannot be reached: ${why}`,
    "See whether the server runs there and --base-url names it rightly; `autobe doctor` tries it.",
    true,
    null,
    { cause: error },
  );
};

const WORDS: Record<string, string> = {
  ECONNREFUSED: "nothing listens there (ECONNREFUSED).",
  ENOTFOUND: "there is no such host (ENOTFOUND).",
  EAI_AGAIN: "the name cannot be looked up now (EAI_AGAIN).",
  ECONNRESET: "it hung up (ECONNRESET).",
  UND_ERR_SOCKET: "it hung up (UND_ERR_SOCKET).",
  UND_ERR_CONNECT_TIMEOUT: "it does not answer (connect timeout).",
};

/** The innermost cause tells most; the client's own words tell nothing. */
const deepest = (error: unknown): { code: string; message: string } => {
  let at = error;
  for (let hops = 0; hops < 8 && at instanceof Error; ++hops) {
    const inner: unknown = at instanceof AggregateError ? at.errors[0] : at.cause;
    if (!(inner instanceof Error)) break;
    at = inner;
  }
  const { code, message } = at as NodeJS.ErrnoException;
  return { code: typeof code === "string" ? code : "", message: message ?? String(at) };
};

const wrongKey = (status: number, told: string, settings: EndpointSettings): Failure => {
  const { key, keyVariable, withheld } = settings;
  const host = hostOf(settings.baseUrl);
  const message =
    key === null ? `${host} wants a key (${status})` : `${host} refused the key of ${keyVariable} (${status})`;
  const next =
    withheld !== null
      ? `${withheld} To send it, set OPENAI_BASE_URL=${settings.baseUrl} beside it.`
      : `Put the right key into ${keyVariable}.`;
  return new Failure("ENDPOINT.WRONG_KEY", message + redacted(told, key), next);
};

/** Servers like to repeat the key. */
const redacted = (text: string, key: string | null): string => (key === null ? text : text.replaceAll(key, "…"));

const isLoading = (status: number, text: string): boolean =>
  status === 503 && /loading model|unavailable_error/i.test(text);

/** Seconds, a date, or milliseconds; at most two minutes are waited. */
const retryAfter = (headers: Headers): number | null => {
  const milliseconds = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return clamp(milliseconds);
  const said = headers.get("retry-after");
  if (said === null) return null;
  const seconds = Number(said);
  return clamp(Number.isFinite(seconds) ? seconds * 1000 : Date.parse(said) - Date.now());
};

const clamp = (milliseconds: number): number | null =>
  Number.isFinite(milliseconds) ? Math.min(Math.max(milliseconds, 0), 120_000) : null;

/** The words of an error body, in whichever of its forms. */
export const saying = (text: string): string => {
  const body = parsed(text);
  const first = Array.isArray(body) ? body[0] : body;
  const error = (first as { error?: unknown } | null)?.error ?? first;
  const said = typeof error === "string" ? error : wordsOf(error);
  return (said ?? (/^\s*</.test(text) ? "a web page" : text)).replace(/\s+/g, " ").trim().slice(0, 300);
};

const wordsOf = (error: unknown): string | null => {
  if (error === null || typeof error !== "object") return null;
  const { message, detail, metadata } = error as { message?: unknown; detail?: unknown; metadata?: { raw?: unknown } };
  const more = typeof metadata?.raw === "string" ? ` (${metadata.raw})` : "";
  if (typeof message === "string") return message + more;
  return detail === undefined ? null : typeof detail === "string" ? detail : JSON.stringify(detail);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
