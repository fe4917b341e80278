/** `autobe doctor`: does this endpoint answer, list models, call a tool, stream? */
import type { Endpoint } from "../base/endpoint.js";
import { Failure, Outage } from "../base/mishap.js";
import type { Talk } from "../base/talk.js";
import { connect } from "../io/endpoint/connect.js";
import { type EndpointSettings, endpointSettings, hostOf } from "../io/endpoint/settings.js";
import { cacheFolder, fileStore } from "../io/endpoint/store.js";
import { onInterruption } from "../io/interruption.js";
import { environment } from "../io/surroundings.js";
import { writeData } from "../io/talk.js";
import { EXIT, tell } from "./exit.js";
import { readOptions } from "./options.js";

interface Finding {
  question: string;
  answer: "yes" | "no" | "unknown";
  detail: string;
}

export const doctorCommand = async (flags: Record<string, unknown>, talk: Talk): Promise<number> => {
  const { signal, release } = onInterruption(talk, EXIT.interrupted);
  try {
    const options = readOptions(flags);
    const settings = endpointSettings(options, environment());
    const patience = { firstByte: options.firstByteTimeout * 1000, idle: options.idleTimeout * 1000 };
    talk.now(`reaching ${hostOf(settings.baseUrl)}`);
    const connection = await connect(settings, {
      signal,
      notice: (text) => talk.note(text),
      patience,
      profiles: fileStore(cacheFolder(environment())),
    });
    try {
      const { models, model, host } = connection;
      const findings: Finding[] = [
        { question: "reachable", answer: "yes", detail: host },
        {
          question: "lists models",
          answer: models === null ? "no" : "yes",
          detail:
            models === null ? "" : `${models.length}, ${models.includes(model) ? "among them" : "but not"} ${model}`,
        },
      ];
      talk.now(`asking ${model} to call a function`);
      findings.push(...(await probe(connection, signal)));
      talk.now(null);
      await show(findings, settings, model, options.json, talk);
      return findings.every((one) => one.answer !== "no" || one.question === "lists models") ? EXIT.done : EXIT.failure;
    } finally {
      await connection.close();
    }
  } catch (mishap) {
    return tell(mishap, talk, signal, null);
  } finally {
    release();
  }
};

/** One small call: it is streamed where the endpoint can. */
const probe = async (endpoint: Endpoint, signal: AbortSignal): Promise<Finding[]> => {
  try {
    const reply = await endpoint.complete(PROBE, signal);
    const [call] = reply.calls;
    const right = call !== undefined && SUM.test(call.arguments);
    return [
      { question: "answers", answer: "yes", detail: `${(reply.milliseconds / 1000).toFixed(1)} s` },
      {
        question: "calls a tool",
        answer: call === undefined ? "no" : "yes",
        detail: call === undefined ? `it said: ${reply.content.slice(0, 60)}` : call.name,
      },
      { question: "fills it rightly", answer: right ? "yes" : "no", detail: (call?.arguments ?? "").slice(0, 60) },
      {
        question: "streams",
        answer: reply.streamed === undefined ? "unknown" : reply.streamed ? "yes" : "no",
        detail: "",
      },
      { question: "counts tokens", answer: reply.usage === null ? "unknown" : "yes", detail: usageOf(reply.usage) },
    ];
  } catch (mishap) {
    if (signal.aborted || !(mishap instanceof Failure || mishap instanceof Outage)) throw mishap;
    return [{ question: "answers", answer: "no", detail: `${mishap.message} ${mishap.next}` }];
  }
};

const SUM = /"sum"\s*:\s*"?42/;

const PROBE = {
  task: "doctor",
  messages: [
    { role: "system" as const, content: "You answer by calling the one function you are given." },
    { role: "user" as const, content: "Add 19 and 23 and hand in the sum." },
  ],
  function: {
    name: "handIn",
    description: "Hands in the sum.",
    parameters: {
      type: "object",
      properties: { sum: { type: "integer", description: "The sum." } },
      required: ["sum"],
      additionalProperties: false,
    },
  },
  maximumTokens: null,
};

const usageOf = (usage: { prompt: number; completion: number } | null): string =>
  usage === null ? "they are counted here, with o200k" : `${usage.prompt} + ${usage.completion}`;

const show = async (
  findings: readonly Finding[],
  settings: EndpointSettings,
  model: string,
  json: boolean,
  talk: Talk,
): Promise<void> => {
  if (json) return writeData(JSON.stringify({ host: hostOf(settings.baseUrl), model, findings }));
  for (const { question, answer, detail } of findings) {
    const line = `${question.padEnd(18)}${answer.padEnd(9)}${detail}`.trimEnd();
    if (answer === "yes") talk.done(line);
    else if (answer === "no") talk.fail(line);
    else talk.warn(line);
  }
};
