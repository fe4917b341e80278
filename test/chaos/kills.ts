/** One run that is killed at some moment and resumed: it must come to the same backend and ask nothing twice. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { autobe, journalIn } from "./command.js";
import { recordedEndpoint } from "./endpoint.js";
import type { Recording } from "./recording.js";
import { comparison } from "./seeds.js";

export interface Killed {
  complaints: string[];
  /** When it was, and what was known by then. */
  told: string;
}

/** Seconds that a run takes from its start to its end, measured once a recording. */
const lengths = new WeakMap<Recording, Promise<number>>();

/** Longest time in milliseconds until an answer begins. */
const DELAY = 150;

/** `moment` from 0 to 1 is how far in the run it is killed. */
export const kill = async (recording: Recording, folder: string, seed: number, moment: number): Promise<Killed> => {
  if (!lengths.has(recording)) lengths.set(recording, lengthOf(recording, folder));
  const length = await lengths.get(recording)!;
  const server = await recordedEndpoint(recording, { seed, share: 0, delay: DELAY });
  const out = join(folder, `kill-${seed}`);
  const endpoint = ["--base-url", server.url, "--model", "toy", "--until", recording.until];
  const begin = ["generate", recording.request, "--out", out, ...endpoint];
  try {
    const first = autobe(begin, folder);
    await Promise.race([sleep(moment * length * 1000), first.ended]);
    first.child.kill("SIGKILL");
    await first.ended;
    const known = await journalIn(out);
    const answered = known.flatMap((entry) => (entry.kind === "attempt" ? [entry.task] : []));
    const before = server.questions.length;
    // a run without a first line of a journal never began
    const again = known.length === 0 ? begin : ["resume", out, ...endpoint];
    const { code, err } = await autobe(again, folder).ended;
    const twice = server.questions.slice(before).filter(({ task }) => answered.includes(task));
    const complaints = [
      ...server.unknown,
      ...(code === 0 ? await comparison(recording, out) : [`exit ${code}\n${err}`]),
      ...twice.map(({ task }) => `${task} was answered, and asked again`),
      ...(err.includes("edited by hand") ? [`a file of ours was taken for one of the user's\n${err}`] : []),
    ];
    const at = `${(moment * length).toFixed(1)} of ${length.toFixed(1)} s`;
    return { complaints, told: `at ${at}, ${answered.length} answered, ${before - answered.length} in flight` };
  } finally {
    await server.close();
    await rm(out, { recursive: true, force: true });
  }
};

const lengthOf = async (recording: Recording, folder: string): Promise<number> => {
  const server = await recordedEndpoint(recording, { seed: 0, share: 0, delay: DELAY });
  const out = join(folder, "unharmed");
  const endpoint = ["--base-url", server.url, "--model", "toy", "--until", recording.until];
  const { code, err, seconds } = await autobe(["generate", recording.request, "--out", out, ...endpoint], folder).ended;
  await server.close();
  if (code !== 0) throw new Error(`the run that nobody killed ended with ${code}\n${err}`);
  await rm(out, { recursive: true, force: true });
  return seconds;
};
