/** `npm run bench:repair -- --count N --seed S --only NAME --base-url URL --model M --json`: faults put into accepted answers, and how many the repair gets through the gate. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Talk } from "../../src/base/talk.js";
import { FAULTS, type Fault } from "./repair/faults.js";
import { type Known, lending, recorded } from "./repair/projects.js";
import { type Ended, runWithFault } from "./repair/run.js";
import { truthfulEndpoint } from "./repair/truth.js";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: String(FAULTS.length) },
    /** Another order of the faults; without it as they are listed. */
    seed: { type: "string" },
    /** Only faults whose place or name holds this. */
    only: { type: "string" },
    /** Who answers the repair; without it an endpoint that knows the fault. */
    "base-url": { type: "string" },
    model: { type: "string", default: "truth" },
    /** The projects without a fault first, to see that they pass. */
    sound: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const PROJECTS: Record<Fault["project"], () => Known> = { todo: () => recorded("todo"), lending };

const main = async (): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), "autobe-repair-"));
  const chosen = FAULTS.filter((one) => values.only === undefined || titleOf(one).includes(values.only));
  const faults = (values.seed === undefined ? chosen : shuffled(chosen, Number(values.seed))).slice(
    0,
    Number(values.count),
  );
  if (values.sound)
    for (const project of new Set(faults.map((one) => one.project))) {
      const { report } = await run(PROJECTS[project](), null, { ...faults[0]!, project }, folder);
      say(`${report.passed ? "✔" : "✖"} ${project} without a fault`);
    }
  const results: (Ended & { fault: string; seconds: number })[] = [];
  for (const fault of faults) {
    const started = performance.now();
    const ended = await run(PROJECTS[fault.project](), fault, fault, folder);
    const seconds = Math.round((performance.now() - started) / 1000);
    results.push({ fault: titleOf(fault), seconds, ...ended });
    // A fault that no test notices is a fault of the tests, and nothing was repaired.
    const mark = ended.repair === null ? "–" : ended.report.passed ? "✔" : "✖";
    say(
      `${mark} ${titleOf(fault)}: ${ended.gates} gates, ${ended.asked.length} replies (${ended.asked.join(", ")}), ${seconds} s`,
    );
    for (const { what, why } of ended.repair?.left ?? []) say(`    left: ${what}: ${why}`);
  }
  await rm(folder, { recursive: true, force: true });
  const noticed = results.filter((one) => one.repair !== null);
  const passed = noticed.filter((one) => one.report.passed).length;
  const named = noticed.filter((one) => !one.report.passed && one.repair!.left.length > 0).length;
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ faults: results.length, noticed: noticed.length, passed, named, results })}\n`,
    );
  say(
    `${passed} of ${results.length} faults end with the gate passed, ${results.length - noticed.length} were noticed by no test, ${named} are named in the report`,
  );
  return passed + named === noticed.length ? 0 : 1;
};

const run = async (known: Known, fault: Fault | null, about: Fault, folder: string): Promise<Ended> => {
  let right: object = {};
  const truth = values["base-url"] === undefined ? await truthfulEndpoint(about, () => right) : null;
  const baseUrl = values["base-url"] ?? truth!.url;
  try {
    const place = {
      folder: join(folder, about.project),
      talk: TALK,
      baseUrl,
      model: values.model,
      onFault: (answer: object): void => {
        right = answer;
      },
    };
    return await runWithFault(known, fault, place);
  } finally {
    await truth?.close();
  }
};

const titleOf = ({ project, part, name }: Fault): string => `${project} ${part}: ${name}`;

/** The same order for the same seed. */
const shuffled = (faults: readonly Fault[], seed: number): Fault[] => {
  let state = seed | 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  return faults
    .map((fault) => ({ fault, place: next() }))
    .sort((x, y) => x.place - y.place)
    .map(({ fault }) => fault);
};

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const tell = (text: string | null): void => void (values.verbose && text !== null && say(`    ${text}`));
const TALK: Talk = { done: tell, fail: tell, warn: tell, note: tell, now: () => {} };

process.exitCode = await main();
