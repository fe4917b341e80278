/** Sees before sending that prompt and answer fit the window: lowers the cap of the answer, or says what to do where there is no room for one. */
import type { ChatRequest, Endpoint } from "../../base/endpoint.js";
import { Failure } from "../../base/mishap.js";
import { mostTokens } from "./count.js";
import type { Room } from "./room.js";
import type { Window } from "./window.js";

export interface Fitting extends Room {
  host: string;
}

/** With less room than this an answer is not worth asking for. */
export const LEAST_ANSWER = 2_048;

/** What every server should give one request. */
export const HOUSE_WINDOW = 16_384;

/** Rejects with a Failure `ENDPOINT.WINDOW_TOO_SMALL` instead of sending what cannot be answered. */
export const fitting = (endpoint: Endpoint, options: Fitting): Endpoint => {
  const { window, again, counter } = options;
  let asked = false;
  return {
    ...endpoint,
    complete: async (request, signal) => {
      const known = window().tokens !== null || !LOADING.includes(window().server);
      const reply = await endpoint.complete(await fitted(request, options, endpoint.model), signal);
      if (reply.usage !== null) counter.learn(request, reply.usage.prompt);
      if (!known && !asked) {
        asked = true;
        await again();
        await fitted(request, options, endpoint.model); // a server that said nothing may have cut the prompt
      }
      return reply;
    },
  };
};

/** They load a model when it is asked first. */
const LOADING: readonly Window["server"][] = ["ollama", "lmstudio"];

const fitted = async (
  request: ChatRequest,
  { window, counter, host }: Fitting,
  model: string,
): Promise<ChatRequest> => {
  const { tokens } = window();
  const { maximumTokens } = request;
  if (tokens === null || mostTokens(request) + (maximumTokens ?? LEAST_ANSWER) <= tokens) return request;
  const { tokens: prompt, by } = await counter.count(request);
  const left = tokens - prompt - (by === "server" ? 0 : Math.ceil(prompt * DOUBT));
  const least = Math.min(maximumTokens ?? LEAST_ANSWER, LEAST_ANSWER);
  if (left < least) throw tooSmall({ host, model, window: window(), prompt, least, by });
  return maximumTokens === null || maximumTokens <= left ? request : { ...request, maximumTokens: left };
};

/** Share of a prompt by which our own count may be wrong. */
const DOUBT = 0.05;

interface Overflow {
  host: string;
  model: string;
  window: Window;
  prompt: number;
  least: number;
  by: "server" | "o200k";
}

const tooSmall = ({ host, model, window, prompt, least, by }: Overflow): Failure =>
  new Failure(
    "ENDPOINT.WINDOW_TOO_SMALL",
    `${host} gives a request ${said(window.tokens!)} tokens${shareOf(window)}, and this one needs ${said(prompt + least)}: ` +
      `${said(prompt)} of prompt${by === "server" ? "" : " (counted with o200k)"} and ${said(least)} for an answer.`,
    widen(window, model, prompt + least),
  );

const shareOf = ({ slots }: Window): string => (slots === null || slots < 2 ? "" : ` in each of ${slots} slots`);

/** How a window of at least `needed` tokens is had from this server, in a sentence. */
export const widen = ({ server, slots, largest }: Window, model: string, needed = HOUSE_WINDOW): string => {
  const size = 2 ** Math.ceil(Math.log2(Math.max(needed, HOUSE_WINDOW)));
  if (largest !== null && largest < Math.min(size, needed))
    return `${model} takes ${said(largest)} tokens at most: choose a model with a window of ${said(size)}.`;
  const more = slots !== null && slots > 1 ? `, or -c ${size * slots} -np ${slots} to keep its slots` : "";
  const ways: Record<Window["server"], string> = {
    llamacpp: `Start llama-server with -c ${size} -np 1${more}.`,
    ollama:
      `Start Ollama as OLLAMA_CONTEXT_LENGTH=${size} ollama serve, ` +
      `or make a model of a Modelfile with FROM ${model} and PARAMETER num_ctx ${size}.`,
    lmstudio: `Load the model with Context Length ${size}: the slider in LM Studio, or lms load --context-length ${size}.`,
    vllm: `Start vLLM with --max-model-len ${size}.`,
    sglang: `Start SGLang with --context-length ${size}.`,
    other: `Choose a model, or start the server, with a window of ${said(size)} tokens.`,
  };
  return ways[server];
};

/** 16384 as 16,384. */
export const said = (count: number): string => count.toLocaleString("en-US");
