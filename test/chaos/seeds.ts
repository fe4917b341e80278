/** One run through an endpoint in trouble: it must come to the same backend as the replay. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { autobe, differences, journalIn, printed } from "./command.js";
import { type Question, recordedEndpoint } from "./endpoint.js";
import { acceptedIn, type Recording } from "./recording.js";

export interface Weathered {
  /** What is not as it should be; empty where all is. */
  complaints: string[];
  questions: Question[];
  seconds: number;
}

/** Of all requests. */
const SHARE = 0.3;

/** Patience in seconds: the endpoint answers at once or never. */
const PATIENCE = ["--first-byte-timeout", "2", "--idle-timeout", "2"];

/** `gate` runs to the very end instead of the phase that the recording stopped after. */
export const weather = async (recording: Recording, folder: string, seed: number, gate = false): Promise<Weathered> => {
  const server = await recordedEndpoint(recording, { seed, share: SHARE, delay: 20 });
  const out = join(folder, `seed-${seed}${gate ? "-gate" : ""}`);
  try {
    const until = gate ? [] : ["--until", recording.until];
    const run = ["generate", recording.request, "--base-url", server.url, "--model", "toy", "--out", out];
    const { code, err, seconds } = await autobe([...run, ...until, ...PATIENCE], folder).ended;
    const complaints = [...server.unknown, ...(code === 0 ? [] : [`exit ${code}\n${err}`])];
    if (code === 0) complaints.push(...(await comparison(recording, out, gate)));
    return { complaints, questions: server.questions, seconds };
  } finally {
    await server.close();
    await rm(out, { recursive: true, force: true });
  }
};

/** A gate adds its SDK to what was printed. */
export const comparison = async (recording: Recording, out: string, gate = false): Promise<string[]> => {
  const files = await printed(out);
  const accepted = acceptedIn(await journalIn(out));
  const isAddition = (path: string): boolean => gate && !(path in recording.files);
  return [
    ...differences(files, recording.files)
      .filter((path) => !isAddition(path))
      .map((path) => `${path} is another`),
    ...differences(accepted, recording.accepted).map((task) => `the accepted answer of ${task} is another`),
  ];
};
