/** `npm run bench:repair -- --count N --seed S --only NAME --base-url URL --model M --json`: faults put into accepted answers, and how many the repair gets through the gate. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Talk } from "../../src/base/talk.js";
import { FAULTS, type Fault, KINDS } from "./repair/faults.js";
import { playedEndpoint } from "./repair/model.js";
import { type Known, lending, recorded } from "./repair/projects.js";
import { type Ended, runWithFault } from "./repair/run.js";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: String(FAULTS.length) },
    /** Another order of the faults; without it as they are listed. */
    seed: { type: "string" },
    /** Only faults whose place or name holds this. */
    only: { type: "string" },
    /** Faults passed over at the beginning. */
    skip: { type: "string", default: "0" },
    /** How often the model that is played says what is right; 1 knows everything. */
    talent: { type: "string", default: "0.75" },
    /** Who answers the repair; without it a model that is played. */
    "base-url": { type: "string" },
    model: { type: "string", default: "played" },
    /** The projects without a fault first, to see that they pass. */
    sound: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const PROJECTS: Record<Fault["project"], () => Known> = {
  todo: () => recorded("todo"),
  "todo-labels": () => recorded("todo-labels"),
  lending,
};

const main = async (): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), "autobe-repair-"));
  const chosen = FAULTS.filter((one) => values.only === undefined || titleOf(one).includes(values.only));
  const faults = (values.seed === undefined ? chosen : shuffled(chosen, Number(values.seed))).slice(
    Number(values.skip),
    Number(values.skip) + Number(values.count),
  );
  if (values.sound)
    for (const project of new Set(faults.map((one) => one.project))) {
      const { report } = await run(PROJECTS[project](), null, { ...faults[0]!, project }, folder);
      say(`${report.passed ? "✔" : "✖"} ${project} without a fault`);
    }
  const results: Result[] = [];
  for (const fault of faults) {
    const started = performance.now();
    const ended = await run(PROJECTS[fault.project](), fault, fault, folder);
    const seconds = Math.round((performance.now() - started) / 1000);
    results.push({ kind: fault.kind, fault: titleOf(fault), seconds, ...ended });
    // A fault that no test notices is a fault of the tests, and nothing was repaired.
    const mark = ended.repair === null ? "–" : ended.report.passed ? "✔" : "✖";
    say(
      `${mark} ${titleOf(fault)}: ${ended.gates} gates, ${ended.asked.length} replies (${ended.asked.join(", ")}), ${seconds} s`,
    );
    for (const { what, why } of ended.repair?.left ?? []) say(`    left: ${what}: ${why}`);
  }
  await rm(folder, { recursive: true, force: true });
  say(`\n${tableOf(results)}\n`);
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

interface Result extends Ended {
  kind: Fault["kind"];
  fault: string;
  seconds: number;
}

const tableOf = (results: readonly Result[]): string => {
  const row = (kind: string, some: readonly Result[]): string => {
    const noticed = some.filter((one) => one.repair !== null);
    const sum = (of: (one: Result) => number): number => noticed.reduce((total, one) => total + of(one), 0);
    const mean = (of: (one: Result) => number): string => (sum(of) / Math.max(1, noticed.length)).toFixed(1);
    const passed = noticed.filter((one) => one.report.passed).length;
    const undone = sum((one) => one.repair!.undone.length);
    return `| ${kind} | ${some.length} | ${noticed.length} | ${passed} | ${undone} | ${mean((one) => one.gates)} | ${mean((one) => one.asked.length)} |`;
  };
  return [
    "| faults | put in | noticed | gate passed | changes undone | gates | replies |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...KINDS.flatMap((kind) => {
      const some = results.filter((one) => one.kind === kind);
      return some.length === 0 ? [] : [row(kind, some)];
    }),
    row("all", results),
  ].join("\n");
};

const run = async (known: Known, fault: Fault | null, about: Fault, folder: string): Promise<Ended> => {
  let right: object = {};
  const player = { fault: about, original: () => right, talent: Number(values.talent), seed: Number(values.seed ?? 1) };
  const played = values["base-url"] === undefined ? await playedEndpoint(player) : null;
  const baseUrl = values["base-url"] ?? played!.url;
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
    await played?.close();
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
