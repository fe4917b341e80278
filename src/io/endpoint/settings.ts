/** Which endpoint, which model, and which key may be sent there: flags before environment, a key only to the host it was given for. */
import { Failure } from "../../base/mishap.js";
import { PROVIDERS, type ProviderName } from "./providers.js";

export interface EndpointSettings {
  baseUrl: string;
  /** Null: no Authorization header is sent. */
  key: string | null;
  /** Environment variable the key came from, or would have come from. */
  keyVariable: string;
  /** Header the key is sent in; Authorization by default. */
  keyHeader?: "api-key";
  /** A key that lies in the environment and was not sent, because it belongs to another host. */
  withheld: string | null;
  /** Null: the only model that the endpoint lists. */
  model: string | null;
  provider: ProviderName | null;
}

export interface EndpointFlags {
  baseUrl?: string | undefined;
  provider?: string | undefined;
  model?: string | undefined;
}

export type Environment = Record<string, string | undefined>;

/** Throws a Failure where nothing names an endpoint. */
export const endpointSettings = (flags: EndpointFlags, environment: Environment): EndpointSettings => {
  const model = present(flags.model) ?? present(environment["AUTOBE_MODEL"]);
  const provider = providerOf(flags.provider);
  const fromEnvironment = present(environment["OPENAI_BASE_URL"]) ?? present(environment["OPENAI_API_BASE"]);
  const key = keyIn(environment, "OPENAI_API_KEY");
  if (provider !== null) return ofProvider(provider, present(flags.baseUrl), environment, model);
  const named = present(flags.baseUrl) ?? fromEnvironment ?? (key === null ? null : OPENAI);
  if (named === null) throw notConfigured();
  const baseUrl = checked(named);
  const home = fromEnvironment === null ? OPENAI : checked(fromEnvironment);
  const belongs = originOf(baseUrl) === originOf(home);
  return {
    baseUrl,
    key: belongs ? key : null,
    keyVariable: "OPENAI_API_KEY",
    withheld: belongs || key === null ? null : `OPENAI_API_KEY belongs to ${hostOf(home)} and was not sent.`,
    model,
    provider: null,
  };
};

const OPENAI = PROVIDERS.openai.baseUrl!;

/** Host and port, which is all of a URL that is ever written down. */
export const hostOf = (url: string): string => new URL(url).host;

const ofProvider = (
  name: ProviderName,
  baseUrl: string | null,
  environment: Environment,
  model: string | null,
): EndpointSettings => {
  const { key: keyVariable, keyHeader, local } = PROVIDERS[name];
  const home = homeOf(name, environment);
  const url = checked(baseUrl ?? home ?? missing(name));
  const key = keyIn(environment, keyVariable);
  const belongs = local || home === null || originOf(url) === originOf(home);
  if (!local && belongs && key === null)
    throw new Failure("ENDPOINT.NO_KEY", `${name} wants a key, and ${keyVariable} is not set.`, `Set ${keyVariable}.`);
  const withheld = belongs || key === null ? null : `${keyVariable} belongs to ${hostOf(home)} and was not sent.`;
  const header = keyHeader === undefined ? {} : { keyHeader };
  return { baseUrl: url, key: belongs ? key : null, keyVariable, ...header, withheld, model, provider: name };
};

/** Where a preset's key belongs; null where nobody but the user knows. */
const homeOf = (name: ProviderName, environment: Environment): string | null => {
  const { baseUrl, from } = PROVIDERS[name];
  if (from === undefined) return baseUrl;
  const given = present(environment[from.variable]);
  if (given === null) return null;
  const url = checked(given);
  return url.endsWith(from.path) ? url : url + from.path;
};

const missing = (name: ProviderName): never => {
  const variable = PROVIDERS[name].from?.variable;
  throw new Failure(
    "ENDPOINT.NOT_CONFIGURED",
    `${name} has an address of its own for everybody, and ${variable} is not set.`,
    `Set ${variable}, or give --base-url.`,
  );
};

const providerOf = (name: string | undefined): ProviderName | null => {
  if (present(name) === null) return null;
  if (Object.hasOwn(PROVIDERS, name!)) return name as ProviderName;
  throw new Failure(
    "ENDPOINT.UNKNOWN_PROVIDER",
    `There is no provider preset called ${name}.`,
    `Choose one of ${Object.keys(PROVIDERS).join(", ")}, or give --base-url.`,
  );
};

const checked = (url: string): string => {
  if (isPlain(url)) return url.replace(/\/+$/, "").replace(/\/chat\/completions$/, "");
  throw new Failure(
    "ENDPOINT.WRONG_URL",
    `This is no http or https URL of an endpoint: ${url.replace(/\/\/.*@/, "//…@").replace(/[?#].*/s, "?…")}.`,
    "Give --base-url like http://127.0.0.1:11434/v1, without a user name or a query in it.",
  );
};

/** User, password and query may hold a secret, and URLs are printed. */
const isPlain = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && username + password === "" && !/[?#]/.test(url);
};

/** A header cannot carry other letters, and what refuses them would print the key. */
const keyIn = (environment: Environment, variable: string): string | null => {
  const key = present(environment[variable]);
  if (key === null || /^[\x21-\x7e]+$/.test(key)) return key;
  throw new Failure(
    "ENDPOINT.UNREADABLE_KEY",
    `${variable} holds a blank, a line break or a letter that no key has.`,
    `Copy the key again into ${variable}, without quotes.`,
  );
};

const originOf = (url: string): string => new URL(url).origin;

/** Blank counts as absent: the SDK would fall back to api.openai.com. */
const present = (value: string | undefined): string | null => value?.trim() || null;

const notConfigured = (): Failure =>
  new Failure(
    "ENDPOINT.NOT_CONFIGURED",
    "No endpoint is configured.",
    "Name one with --base-url or --provider, or set OPENAI_BASE_URL and OPENAI_API_KEY.",
  );
