/** Presets: where a provider is, whose key it takes, and the form of the first request. Learning goes on from there. */
import type { Form } from "./form.js";

export interface Provider {
  /** Null: named by an environment variable. */
  baseUrl: string | null;
  /** Environment variable that names the base URL, and what is appended to it. */
  from?: { variable: string; path: string };
  /** Environment variable of the key. */
  key: string;
  /** Header of the key; a bearer token by default. */
  keyHeader?: "api-key";
  /** Whether the server runs where the user says, so that its key may go there. */
  local: boolean;
  /** What is different from the first form everybody gets. */
  form?: Partial<Form>;
  /** Members every request carries. */
  always?: Record<string, unknown>;
  /** Members that switch thinking off. */
  quiet?: Record<string, unknown>;
}

const MODERN: Partial<Form> = { cap: "max_completion_tokens" };
/** Sent with tools, `reasoning_effort` is refused by some models of OpenAI. */
const NOTHING = {};

const ALL = {
  openai: { baseUrl: "https://api.openai.com/v1", key: "OPENAI_API_KEY", local: false, form: MODERN, quiet: NOTHING },
  azure: {
    baseUrl: null,
    from: { variable: "AZURE_OPENAI_ENDPOINT", path: "/openai/v1" },
    key: "AZURE_OPENAI_API_KEY",
    keyHeader: "api-key",
    local: false,
    form: MODERN,
    quiet: NOTHING,
  },
  openrouter: {
    baseUrl: "https://openrouter.ai/api/v1",
    key: "OPENROUTER_API_KEY",
    local: false,
    // providers behind one model differ: only those that heed all of the request are asked
    always: { provider: { require_parameters: true } },
    quiet: { reasoning: { enabled: false } },
  },
  groq: {
    baseUrl: "https://api.groq.com/openai/v1",
    key: "GROQ_API_KEY",
    local: false,
    form: MODERN,
    quiet: { reasoning_effort: "none" },
  },
  gemini: {
    baseUrl: "https://generativelanguage.googleapis.com/v1beta/openai",
    key: "GEMINI_API_KEY",
    local: false,
    // follows references on some ways in and refuses them on others
    form: { rung: 3 },
    quiet: { reasoning_effort: "none" },
  },
  deepseek: {
    baseUrl: "https://api.deepseek.com/v1",
    key: "DEEPSEEK_API_KEY",
    local: false,
    form: { echo: "all" },
    quiet: { thinking: { type: "disabled" } },
  },
  mistral: {
    baseUrl: "https://api.mistral.ai/v1",
    key: "MISTRAL_API_KEY",
    local: false,
    // counts are always sent, and what it does not know is refused
    form: { refused: ["stream_options", "seed"] },
    quiet: NOTHING,
  },
  together: { baseUrl: "https://api.together.xyz/v1", key: "TOGETHER_API_KEY", local: false },
  ollama: {
    baseUrl: "http://127.0.0.1:11434/v1",
    key: "OLLAMA_API_KEY",
    local: true,
    // its structs lose `anyOf`, `const` and what they do not know of a schema
    form: { told: true },
    quiet: { reasoning_effort: "none" },
  },
  llamacpp: { baseUrl: "http://127.0.0.1:9931/v1", key: "LLAMA_API_KEY", local: true },
  lmstudio: { baseUrl: "http://127.0.0.1:1234/v1", key: "LM_API_TOKEN", local: true },
  // a schema is enforced only where it is strict, and xgrammar takes no pattern with a length
  vllm: { baseUrl: "http://127.0.0.1:8000/v1", key: "VLLM_API_KEY", local: true, form: { strict: true, rung: 1 } },
} satisfies Record<string, Provider>;

export type ProviderName = keyof typeof ALL;

export const PROVIDERS: Record<ProviderName, Provider> = ALL;

/** The preset meant: the one named, the hosted one whose host the URL has, or the one whose list of models is signed so. */
export const presetOf = (
  { baseUrl, provider }: { baseUrl: string; provider: ProviderName | null },
  owner?: string,
): Provider | null => {
  if (provider !== null) return PROVIDERS[provider];
  if (owner === "library") return PROVIDERS.ollama;
  const { origin } = new URL(baseUrl);
  const hosted = Object.values(PROVIDERS).filter((one) => !one.local && one.baseUrl !== null);
  return hosted.find((one) => new URL(one.baseUrl!).origin === origin) ?? null;
};

/** Most servers that are neither hosted nor known run a chat template, which takes this. */
export const QUIET = { chat_template_kwargs: { enable_thinking: false } };
