/** `npm run chaos -- --seeds N --kills M`: runs through an endpoint in trouble, and runs that are killed and resumed. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pLimit from "p-limit";
import { chance } from "./chance.js";
import { kill } from "./kills.js";
import { type Recording, record } from "./recording.js";
import { weather } from "./seeds.js";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "0" },
    kills: { type: "string", default: "0" },
    /** The first seed. */
    from: { type: "string", default: "1" },
    /** Seeds that go through the gate as well. */
    gate: { type: "string", default: "1" },
    until: { type: "string", default: "realize" },
    /** Runs at once: most of their time is waiting. */
    together: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});

const main = async (): Promise<number> => {
  const [seeds, kills, from, gates] = [values.seeds, values.kills, values.from, values.gate].map(Number) as number[];
  const folder = await mkdtemp(join(tmpdir(), "autobe-chaos-"));
  try {
    const recording = await record(folder, values.until);
    say(`recorded: ${Object.keys(recording.files).length} files, ${Object.keys(recording.accepted).length} tasks`);
    const weathered = await survive(seeds!, from!, (seed, i) => weatherOne(recording, folder, seed, i < gates!));
    const survived = await survive(kills!, from!, (seed, i) =>
      killOne(recording, folder, seed, momentOf(seed, i, kills!)),
    );
    const lines = [
      ...(seeds! > 0 ? [`${weathered} of ${seeds} runs came through trouble with the same backend`] : []),
      ...(kills! > 0 ? [`${survived} of ${kills} killed runs went on to the same backend`] : []),
    ];
    for (const line of lines) say(line);
    if (values.json) process.stdout.write(`${JSON.stringify({ seeds, weathered, kills, survived })}\n`);
    return weathered === seeds && survived === kills ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Spread over the whole run, and at another place for each seed. */
const momentOf = (seed: number, index: number, count: number): number => (index + chance(seed, "moment")) / count;

/** How many of them had no complaints. */
const survive = async (
  count: number,
  from: number,
  one: (seed: number, index: number) => Promise<boolean>,
): Promise<number> => {
  const limit = pLimit(Number(values.together));
  const good = await Promise.all(Array.from({ length: count }, (_, i) => limit(one, from + i, i)));
  return good.filter(Boolean).length;
};

const weatherOne = async (recording: Recording, folder: string, seed: number, gate: boolean): Promise<boolean> => {
  const { complaints, questions, seconds } = await weather(recording, folder, seed, false);
  if (gate) complaints.push(...(await weather(recording, folder, seed, true)).complaints);
  const troubles = questions.flatMap(({ trouble }) => (trouble === null ? [] : [trouble]));
  const told = `${questions.length} questions, ${troubles.length} in trouble (${troubles.join(", ")})`;
  return tell(complaints, `seed ${seed}: ${told}${gate ? ", and through the gate" : ""}, ${seconds.toFixed(1)} s`);
};

const killOne = async (recording: Recording, folder: string, seed: number, moment: number): Promise<boolean> => {
  const { complaints, told } = await kill(recording, folder, seed, moment);
  return tell(complaints, `kill ${seed}: ${told}`);
};

const tell = (complaints: readonly string[], line: string): boolean => {
  say(`${complaints.length === 0 ? "✔" : "✖"} ${line}`);
  for (const complaint of complaints.slice(0, 20)) say(`  ${complaint}`);
  return complaints.length === 0;
};

const say = (text: string): void => void process.stderr.write(`${text}\n`);

process.exitCode = await main();
