/** The context window that one request really gets at an endpoint, as far as its server says: each kind of server says it elsewhere. */
import type { EndpointSettings } from "./settings.js";

export type ServerKind = "llamacpp" | "ollama" | "lmstudio" | "vllm" | "sglang" | "other";

export interface Window {
  server: ServerKind;
  /** Tokens of one request, prompt and answer together; null where nobody says. */
  tokens: number | null;
  /** The most the model could be given; null where nobody says. */
  largest: number | null;
  /** Requests that are answered at the same time; null where nobody says. */
  slots: number | null;
  /** Whether the model's chat template has a place for tools; null where nobody says. */
  knowsTools: boolean | null;
}

/** One model as `/models` lists it, with whatever the server adds. */
export interface Listed {
  id: string;
  owned_by?: string;
}

/** Reads JSON at a path below the server's root, by POST where there is a body; null for whatever else comes. */
export type Look = (path: string, body?: Record<string, unknown>) => Promise<Json>;

// biome-ignore lint/suspicious/noExplicitAny: what servers say is looked at member by member
type Json = any;

/** A model that is not loaded yet may have no window: ask again after its first reply. */
export const lookForWindow = async (
  settings: EndpointSettings,
  model: string,
  listed: Listed | undefined,
  look: Look,
): Promise<Window> => {
  const server = kindOf(settings, listed);
  const { tokens, largest } = inListing(listed);
  const more = await LOOKS[server]?.(look, model);
  return { server, tokens, largest, slots: null, knowsTools: null, ...more };
};

const kindOf = ({ provider, baseUrl }: EndpointSettings, listed: Listed | undefined): ServerKind => {
  if (provider === "llamacpp" || provider === "ollama" || provider === "lmstudio" || provider === "vllm")
    return provider;
  return OWNERS[listed?.owned_by ?? ""] ?? PORTS[new URL(baseUrl).port] ?? "other";
};

/** Whom servers name as the owner of their models. */
const OWNERS: Record<string, ServerKind> = {
  llamacpp: "llamacpp",
  library: "ollama",
  organization_owner: "lmstudio",
  vllm: "vllm",
  sglang: "sglang",
};

/** Models that were not made by Ollama are signed there by whoever made them. */
const PORTS: Record<string, ServerKind> = { 11434: "ollama", 1234: "lmstudio" };

/** vLLM and SGLang, OpenRouter and Together, Groq, Mistral, llama.cpp. */
const inListing = (listed: Listed | undefined): Pick<Window, "tokens" | "largest"> => {
  const one: Json = listed ?? {};
  const said = [one.max_model_len, one.context_length, one.top_provider?.context_length, one.context_window];
  const tokens = [...said, one.max_context_length, one.meta?.n_ctx].map(whole).filter((number) => number !== null);
  return { tokens: tokens.length === 0 ? null : Math.min(...tokens), largest: whole(one.meta?.n_ctx_train) };
};

const LOOKS: Partial<Record<ServerKind, (look: Look, model: string) => Promise<Partial<Window>>>> = {
  llamacpp: async (look) => {
    const props = await look("/props");
    const tokens = whole(props?.default_generation_settings?.n_ctx);
    if (tokens === null) return {};
    const knowsTools: unknown = props.chat_template_caps?.supports_tools;
    return {
      tokens,
      slots: whole(props.total_slots),
      knowsTools: typeof knowsTools === "boolean" ? knowsTools : null,
    };
  },
  ollama: async (look, model) => {
    const [running, shown] = await Promise.all([look("/api/ps"), look("/api/show", { model })]);
    const loaded = listOf(running?.models).find((one) => [one.name, one.model].some((name) => isSame(name, model)));
    const written = /^num_ctx\s+(\d+)/m.exec(String(shown?.parameters ?? ""))?.[1];
    const most = Object.entries(shown?.model_info ?? {}).find(([key]) => key.endsWith(".context_length"))?.[1];
    return { tokens: whole(loaded?.context_length) ?? whole(Number(written)), largest: whole(most) };
  },
  lmstudio: async (look, model) => {
    const one = listOf((await look("/api/v0/models"))?.data).find(({ id }) => id === model);
    return { tokens: whole(one?.loaded_context_length), largest: whole(one?.max_context_length) };
  },
};

const whole = (value: unknown): number | null =>
  typeof value === "number" && Number.isInteger(value) && value > 0 ? value : null;

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter((one) => one !== null) : []);

const isSame = (name: unknown, model: string): boolean => name === model || name === `${model}:latest`;
