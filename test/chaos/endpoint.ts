/** A loopback endpoint that knows the recorded answers, and gives them slowly, or not at once. */
import { setTimeout as sleep } from "node:timers/promises";
import { delta, type FakeEndpoint, fakeEndpoint, type Scene, stream } from "../fake-endpoint.js";
import { chance, pick } from "./chance.js";
import type { Recogniser } from "./recording.js";
import { TROUBLES } from "./troubles.js";

/** What the model should say. */
export interface Told {
  name: string;
  arguments: string;
}

export interface Question {
  task: string;
  /** Performance clock, when the question had come. */
  at: number;
  /** What was done to it; null: it was answered. */
  trouble: string | null;
}

export interface Manner {
  seed: number;
  /** Share of the requests that something happens to. */
  share: number;
  /** Longest time in milliseconds until an answer begins. */
  delay: number;
  /** From this question on nothing is said; the first is 1. */
  silentFrom?: number | null;
  /** Played one before each answer, as long as there are some. */
  before?: Scene[];
  models?: Scene;
}

export interface RecordedEndpoint extends Pick<FakeEndpoint, "url" | "close"> {
  /** May be changed while it runs. */
  manner: Manner & { before: Scene[] };
  questions: Question[];
  /** Questions that nothing was recorded for. */
  unknown: string[];
}

export const recordedEndpoint = async (
  recording: { recognise: Recogniser },
  manner: Manner,
): Promise<RecordedEndpoint> => {
  const { seed, share, delay } = manner;
  const own = { ...manner, before: [...(manner.before ?? [])] };
  const questions: Question[] = [];
  const unknown: string[] = [];
  let turns = 0;
  const scene: Scene = async (response, heard) => {
    const other = turns++ % 2 === 0 ? own.before.shift() : undefined;
    if (other !== undefined) return other(response, heard);
    const entry = recognised(recording, heard.body, unknown);
    if (entry === null) return void response.writeHead(418).end();
    const { task, reply } = entry;
    const turn = questions.filter((one) => one.task === task).length;
    const isTroubled = chance(seed, task, turn) < share;
    const trouble = isTroubled ? pick(Object.keys(TROUBLES), seed, task, turn, "trouble") : null;
    questions.push({ task, at: performance.now(), trouble });
    if (questions.length >= (own.silentFrom ?? Number.POSITIVE_INFINITY)) return;
    await sleep(delay * chance(seed, task, turn, "delay"));
    const [call] = reply.calls;
    const told: Told = { name: call?.name ?? "", arguments: call?.arguments ?? "" };
    await (trouble === null ? answer(reply) : TROUBLES[trouble]!(told))(response, heard);
  };
  const { url, close } = await fakeEndpoint([scene], manner.models);
  return { url, close, manner: own, questions, unknown };
};

const recognised = (
  { recognise }: { recognise: Recogniser },
  body: object,
  unknown: string[],
): ReturnType<Recogniser> | null => {
  try {
    return recognise(body);
  } catch (error) {
    unknown.push((error as Error).message);
    return null;
  }
};

const PIECE = 400;

/** A recorded reply as a stream. */
const answer = ({ calls, content, finishReason }: ReturnType<Recogniser>["reply"]): Scene =>
  stream(
    delta({ role: "assistant", content }),
    ...calls.flatMap(({ name, arguments: whole }, index) => [
      delta({ tool_calls: [{ index, id: `call${index}`, type: "function", function: { name, arguments: "" } }] }),
      ...Array.from({ length: Math.ceil(whole.length / PIECE) }, (_, i) =>
        delta({ tool_calls: [{ index, function: { arguments: whole.slice(i * PIECE, (i + 1) * PIECE) } }] }),
      ),
    ]),
    delta({}, finishReason),
    "data: [DONE]",
  );
