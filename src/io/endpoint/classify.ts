/** What a refusal of the endpoint means, by who must act: the user (Failure) or the world (Outage). */
import { Failure, Outage } from "../../base/mishap.js";
import { isOverflow, isPoisoned } from "./learn.js";
import { memberOf, redacted, saying } from "./saying.js";
import { type EndpointSettings, hostOf } from "./settings.js";
import { waitOf } from "./waits.js";

export interface Refusal {
  status: number;
  headers: Headers;
  text: string;
}

export const classify = ({ status, headers, text }: Refusal, settings: EndpointSettings): Failure | Outage => {
  const said = saying(text, settings.key);
  const told = said === "" ? "" : `: ${said}`;
  const host = hostOf(settings.baseUrl);
  if (status === 401 || status === 403) return wrongKey(status, told, settings);
  if (status === 402 || /insufficient_quota|credit balance|insufficient balance/i.test(text))
    return new Failure("ENDPOINT.NO_CREDIT", `${host} wants payment (${status})${told}`, "Top up, or choose another.");
  if (/content_filter/.test(text))
    return new Failure("ENDPOINT.FILTERED", `${host} refused the content${told}`, "Reword the request.");
  if (isOverflow(text) || status === 413)
    return new Failure(
      "ENDPOINT.WINDOW_TOO_SMALL",
      `The prompt does not fit the window of the model${numbers(text)}${told}`,
      "Start the server with a context of 16,384 tokens or more per slot.",
    );
  if (status >= 300 && status < 400)
    return wrongUrl(settings, `it redirects to ${redacted(headers.get("location") ?? "elsewhere", settings.key)}`);
  if (isLoading(status, text))
    return new Outage("ENDPOINT.LOADING", `${host} is loading the model`, "Try again in a minute.", true);
  const limited = status === 429 || /rate_limit_exceeded/.test(text);
  if (limited || [408, 409, 425].includes(status) || (status >= 500 && !isPoisoned(text)))
    return new Outage(
      limited ? "ENDPOINT.RATE_LIMITED" : "ENDPOINT.DOWN",
      `${host} answered ${status}${told}`,
      "Run `autobe resume DIR` later; nothing already answered is asked again.",
      true,
      waitOf(headers, text),
    );
  return new Failure(
    "ENDPOINT.REFUSED",
    `${host} refused the request (${status})${told}`,
    "Run `autobe doctor` to see what this endpoint accepts.",
  );
};

/** Tokens of prompt and window, where the server tells them apart from its words. */
const numbers = (text: string): string => {
  const [prompt, window] = [memberOf(text, "n_prompt_tokens"), memberOf(text, "n_ctx")];
  return typeof prompt === "number" && typeof window === "number" ? ` (${prompt} tokens, window ${window})` : "";
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
  return new Failure("ENDPOINT.WRONG_KEY", message + told, next);
};

const isLoading = (status: number, text: string): boolean =>
  (status === 503 && /unavailable_error/i.test(text)) ||
  ((status === 503 || status === 500) && /(is |still )?loading( the)? model|model is (still )?loading/i.test(text));
