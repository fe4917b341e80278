/** Which endpoint, which model, and which key may be sent there: flags before environment, a key only to the host it was given for. */
import { Failure } from "../../base/mishap.js";

export interface EndpointSettings {
  baseUrl: string;
  /** Null: no Authorization header is sent. */
  key: string | null;
  /** Environment variable the key came from, or would have come from. */
  keyVariable: string;
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

export type ProviderName = keyof typeof PROVIDERS;

interface Provider {
  baseUrl: string;
  key: string;
  /** Whether the server runs where the user says, so that its key may go there. */
  local: boolean;
}

export const PROVIDERS = {
  openai: { baseUrl: "https://api.openai.com/v1", key: "OPENAI_API_KEY", local: false },
  openrouter: { baseUrl: "https://openrouter.ai/api/v1", key: "OPENROUTER_API_KEY", local: false },
  ollama: { baseUrl: "http://127.0.0.1:11434/v1", key: "OLLAMA_API_KEY", local: true },
  llamacpp: { baseUrl: "http://127.0.0.1:9931/v1", key: "LLAMA_API_KEY", local: true },
  lmstudio: { baseUrl: "http://127.0.0.1:1234/v1", key: "LM_API_TOKEN", local: true },
  vllm: { baseUrl: "http://127.0.0.1:8000/v1", key: "VLLM_API_KEY", local: true },
} satisfies Record<string, Provider>;

export type Environment = Record<string, string | undefined>;

/** Throws a Failure where nothing names an endpoint. */
export const endpointSettings = (flags: EndpointFlags, environment: Environment): EndpointSettings => {
  const model = present(flags.model) ?? present(environment["AUTOBE_MODEL"]);
  const provider = providerOf(flags.provider);
  const fromEnvironment = present(environment["OPENAI_BASE_URL"]) ?? present(environment["OPENAI_API_BASE"]);
  const key = keyIn(environment, "OPENAI_API_KEY");
  if (provider !== null) return ofProvider(provider, present(flags.baseUrl), environment, model);
  const named = present(flags.baseUrl) ?? fromEnvironment ?? (key === null ? null : PROVIDERS.openai.baseUrl);
  if (named === null) throw notConfigured();
  const baseUrl = checked(named);
  const home = fromEnvironment === null ? PROVIDERS.openai.baseUrl : checked(fromEnvironment);
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

/** Host and port, which is all of a URL that is ever written down. */
export const hostOf = (url: string): string => new URL(url).host;

const ofProvider = (
  name: ProviderName,
  baseUrl: string | null,
  environment: Environment,
  model: string | null,
): EndpointSettings => {
  const preset: Provider = PROVIDERS[name];
  const url = checked(baseUrl ?? preset.baseUrl);
  const key = keyIn(environment, preset.key);
  const belongs = preset.local || originOf(url) === originOf(preset.baseUrl);
  if (!preset.local && belongs && key === null)
    throw new Failure("ENDPOINT.NO_KEY", `${name} wants a key, and ${preset.key} is not set.`, `Set ${preset.key}.`);
  const withheld =
    belongs || key === null ? null : `${preset.key} belongs to ${hostOf(preset.baseUrl)} and was not sent.`;
  return { baseUrl: url, key: belongs ? key : null, keyVariable: preset.key, withheld, model, provider: name };
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
