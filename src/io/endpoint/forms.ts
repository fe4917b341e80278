/** Tries both ways of demanding a call on an endpoint as it is, without what was learned of it, and takes the time meanwhile. */
import { Assembly, type Chunk } from "./assemble.js";
import { dataOf, textOf, wholeText } from "./events.js";
import { saying } from "./saying.js";
import type { EndpointSettings } from "./settings.js";
import { type Patience, Watch } from "./watch.js";
import { openWire, type Wire } from "./wire.js";

export interface Form {
  /** Whether a call came although the message asks for plain text. */
  outcome: "heeded" | "ignored" | "refused";
  /** What the endpoint said to refuse it. */
  said: string;
  speed: Speed | null;
}

/** Tokens a second, by the server's own counts. */
export interface Speed {
  prompt: number | null;
  generation: number;
}

export interface FormsOptions {
  settings: EndpointSettings;
  model: string;
  patience: Patience;
  signal: AbortSignal;
}

export const tryForms = async (options: FormsOptions): Promise<{ required: Form; named: Form }> => {
  const wire = openWire(options.settings);
  try {
    const required = await tryForm("required", wire, options);
    return { required, named: await tryForm({ type: "function", function: { name: NAME } }, wire, options) };
  } finally {
    await wire.close();
  }
};

const NAME = "handIn";

/** Long enough an answer to take its time, and one that nobody would call a function for. */
const MESSAGES = [{ role: "user", content: "Count from one to thirty, in words, as plain text." }];

const TOOL = {
  type: "function",
  function: {
    name: NAME,
    description: "Hands in a text.",
    parameters: {
      type: "object",
      properties: { text: { type: "string", maxLength: 400 } },
      required: ["text"],
      additionalProperties: false,
    },
  },
};

const LARGEST_REPLY = 400;

/** In full first, then with as little as can be refused. */
const tryForm = async (choice: unknown, wire: Wire, options: FormsOptions): Promise<Form> => {
  const least = { model: options.model, messages: MESSAGES, tools: [TOOL], tool_choice: choice, stream: true };
  const full = { ...least, stream_options: { include_usage: true }, max_tokens: LARGEST_REPLY };
  const first = await send(full, wire, options);
  return first.outcome === "refused" ? send({ ...least, max_completion_tokens: LARGEST_REPLY }, wire, options) : first;
};

const send = async (body: Record<string, unknown>, wire: Wire, options: FormsOptions): Promise<Form> => {
  const watch = new Watch(options.patience, options.signal);
  const started = performance.now();
  try {
    const reply = await wire.post("/chat/completions", body, watch.signal);
    const texts = textOf(reply.body, () => watch.alive());
    if (reply.status !== 200) return refused(saying(await wholeText(texts), options.settings.key));
    const assembly = new Assembly();
    let began: number | null = null;
    if (!reply.headers.get("content-type")?.includes("event-stream")) {
      assembly.add(JSON.parse(await wholeText(texts)) as Chunk);
      return { outcome: assembly.reply().calls.length > 0 ? "heeded" : "ignored", said: "", speed: null };
    }
    for await (const data of dataOf(texts)) {
      if (data.trim() === "[DONE]") break;
      const chunk = JSON.parse(data) as Chunk;
      if (chunk.error != null) return refused(saying(data, options.settings.key));
      assembly.add(chunk);
      if (began === null && isContent(chunk)) began = performance.now();
    }
    const { calls, usage } = assembly.reply();
    const speed = usage === null ? null : speedOf(usage, started, began, performance.now());
    return { outcome: calls.length > 0 ? "heeded" : "ignored", said: "", speed };
  } catch (error) {
    if (options.signal.aborted) throw watch.cause(error);
    return refused("the reply could not be read");
  } finally {
    watch.stop();
    watch.hangUp();
  }
};

const refused = (said: string): Form => ({ outcome: "refused", said, speed: null });

const isContent = ({ choices }: Chunk): boolean => {
  const delta = choices?.[0]?.delta;
  return Boolean(delta?.content || delta?.reasoning_content || delta?.reasoning || delta?.tool_calls?.length);
};

const speedOf = (
  usage: { prompt: number; completion: number; cached: number },
  started: number,
  began: number | null,
  ended: number,
): Speed => {
  const from = began !== null && ended - began > SHORTEST ? began : started; // it came in one piece
  const read = usage.prompt - usage.cached;
  const prompt = from === began && from - started > SHORTEST && read > 0 ? (read / (from - started)) * 1000 : null;
  return { prompt, generation: (usage.completion / Math.max(ended - from, 1)) * 1000 };
};

/** Milliseconds below which a speed is chance. */
const SHORTEST = 20;
