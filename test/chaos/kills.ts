/** One run that is killed at some moment and resumed: it must come to the same backend and ask nothing twice. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { autobe, type Command, journalIn } from "./command.js";
import { type RecordedEndpoint, recordedEndpoint } from "./endpoint.js";
import { type Course, DELAY, type Recording } from "./recording.js";
import { comparison } from "./seeds.js";

export interface Killed {
  complaints: string[];
  /** When it was, and what was known by then. */
  told: string;
}

/** `moment` from 0 to 1 is how far in the run it is killed. */
export const kill = async (recording: Recording, folder: string, seed: number, moment: number): Promise<Killed> => {
  const server = await recordedEndpoint(recording, { seed, share: 0, delay: DELAY });
  const out = join(folder, `kill-${seed}`);
  const endpoint = ["--base-url", server.url, "--model", "toy", "--until", recording.until];
  const begin = ["generate", recording.request, "--out", out, ...endpoint];
  try {
    const first = autobe(begin, folder);
    await comesTo(moment, recording.course, server, first);
    first.child.kill("SIGKILL");
    const isKilled = (await first.ended).code === null;
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
    const at = isKilled ? `at ${Math.round(moment * 100)} %` : "too late";
    return { complaints, told: `${at}, ${answered.length} answered, ${before - answered.length} in flight` };
  } finally {
    await server.close();
    await rm(out, { recursive: true, force: true });
  }
};

/** Waits until a run has come as far as that; a machine that is busy now takes longer for it. */
const comesTo = async (
  moment: number,
  { questions, end }: Course,
  server: RecordedEndpoint,
  { child }: Command,
): Promise<void> => {
  const isOver = (): boolean => child.exitCode !== null;
  const started = performance.now();
  const target = moment * end;
  const last = questions.filter((at) => at <= target).length;
  while (server.questions.length < last && !isOver()) await sleep(5);
  const [wanted, taken] = [questions[last - 1] ?? 0, performance.now() - started];
  const wait = performance.now() + (target - wanted) * (wanted === 0 ? 1 : taken / wanted);
  // the next question says that it has come further than meant
  while (performance.now() < wait && server.questions.length <= last && !isOver()) await sleep(5);
};
