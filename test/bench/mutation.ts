/** `npm run bench:mutation`: how many faults the derived tests notice, on the example and on random services; prints the tables of mutation.md. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import fc from "fast-check";
import type { FileTree } from "../../src/base/file-tree.js";
import type { Fate, Mutant } from "../../src/base/mutation.js";
import type { Talk } from "../../src/base/talk.js";
import type { MutationScore } from "../../src/gate/mutation/score.js";
import { formatFiles } from "../../src/io/format.js";
import { tryMutants } from "../../src/io/mutation-runner.js";
import { readTemplate } from "../../src/io/package-folder.js";
import { prismaCompiler } from "../../src/io/prisma.js";
import { readSources } from "../../src/io/sources.js";
import { verifyProject } from "../../src/io/verify.js";
import type { Design } from "../../src/pipeline/design.js";
import { filesOf } from "../../src/pipeline/files.js";
import { checkMutants, type Mutation } from "../../src/pipeline/mutation.js";
import { blueprint } from "../fuzz/blueprint.js";
import { buildAnalysis } from "../fuzz/build.js";
import { deriveProject, gapsOf } from "../fuzz/project.js";

const { values } = parseArgs({
  options: {
    /** Random services, by the seeds they are drawn with. */
    seeds: { type: "string", default: "6314565,9791006" },
    /** Leaves the examples out. */
    "only-seeds": { type: "boolean", default: false },
    /** Of each operator so many mutants in each project, drawn evenly, where all would take too long. */
    "at-most": { type: "string" },
    json: { type: "boolean", default: false },
  },
});

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));

interface Measured extends Mutation {
  name: string;
  seconds: number;
}

const main = async (): Promise<void> => {
  const template = await readTemplate();
  const measured: Measured[] = [];
  for (const [name, design] of await designs()) measured.push(await measure(name, design, template));
  if (values.json) process.stdout.write(`${JSON.stringify(measured)}\n`);
  else process.stdout.write(`${table(measured)}\n`);
};

const designs = async (): Promise<[string, Design][]> => {
  const examples = values["only-seeds"] ? [] : await wholeExamples();
  const seeds = values.seeds === "" ? [] : values.seeds.split(",").map(Number);
  return [
    ...(await Promise.all(examples.map(async (name): Promise<[string, Design]> => [name, await readDesign(name)]))),
    ...seeds.flatMap((seed): [string, Design][] => {
      const design = drawn(seed);
      if (gapsOf(design).length === 0) return [[`random service ${seed}`, design]];
      say(`random service ${seed} is left out: nobody can ever do all that it permits`);
      return [];
    }),
  ];
};

/** Those of which all ASTs are kept: one that continues another keeps what differs. */
const wholeExamples = async (): Promise<string[]> => {
  const names = await readdir(EXAMPLES);
  const kept = await Promise.all(names.map((name) => readdir(join(EXAMPLES, name, "ast")).catch((): string[] => [])));
  return names.filter((_, index) => RECORDS.every((record) => kept[index]!.includes(`${record}.json`)));
};

const RECORDS = ["analyze", "database", "document", "test", "realize"];

const readDesign = async (example: string): Promise<Design> => {
  const texts = await Promise.all(
    RECORDS.map((name) => readFile(join(EXAMPLES, example, "ast", `${name}.json`), "utf8")),
  );
  return Object.assign({ losses: [] }, ...texts.map((text, index) => ({ [RECORDS[index]!]: JSON.parse(text) })));
};

const drawn = (seed: number): ReturnType<typeof deriveProject> => {
  const [service] = fc.sample(blueprint, { seed, numRuns: 1 });
  return deriveProject(buildAnalysis(service!), service!);
};

const measure = async (name: string, design: Design, template: FileTree): Promise<Measured> => {
  const folder = await mkdtemp(join(tmpdir(), "autobe-mutation-"));
  try {
    const files = await formatFiles(await filesOf(design, template, prismaCompiler), template);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const evidence = await verifyProject(folder, SILENT);
    const failed = (evidence.report?.tests ?? []).filter((test) => !test.passed);
    for (const { name: test, error } of failed) say(`${name}: ${test} fails without any fault: ${error}`);
    if (evidence.report === null) say(`${name} does not run: ${evidence.stopped?.why}`);
    const started = performance.now();
    const mutation = await checkMutants({
      talk: { ...SILENT, note: say, done: (text) => say(`${name}: ${text}`) },
      sources: () => readSources(folder),
      recall: async (path) => {
        // The faults of the ASTs are held against scenarios, which a random service has none of.
        if (!hasScenarios(design)) return null;
        const record = design[path.replace(/\.json$/, "") as keyof Design];
        return record === undefined ? null : JSON.stringify(record);
      },
      tryMutants: async (mutants, first) => {
        const drawn = draw(mutants);
        const fates = await tryMutants(folder, drawn, SILENT, { first });
        return mutants.map((one) => fates[drawn.indexOf(one)] ?? UNTRIED);
      },
    });
    return { name, seconds: Math.round((performance.now() - started) / 1000), ...mutation };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const hasScenarios = (design: Design): boolean =>
  design.test?.functions.some(({ origin }) => origin === "scenario") === true;

/** Of a kind with more mutants than wanted every so-many-th. */
const draw = (mutants: readonly Mutant[]): Mutant[] => {
  const most = Number(values["at-most"] ?? mutants.length);
  return [...new Set(mutants.map(({ operator }) => operator))].flatMap((operator) => {
    const alike = mutants.filter((one) => one.operator === operator);
    return alike.filter(
      (_, index) => Math.floor((index * most) / alike.length) !== Math.floor(((index - 1) * most) / alike.length),
    );
  });
};

/** As one that does not compile, it does not count. */
const UNTRIED: Fate = { end: "unfit", by: null, ran: 0 };

const table = (measured: readonly Measured[]): string =>
  [
    row(["", ...measured.map(({ name }) => name), "all"]),
    row(["---", ...measured.map(() => "---:"), "---:"]),
    row(["**killed**", ...measured.map(share), share(sum(measured))]),
    ...operators(measured).map((operator) =>
      row([operator, ...[...measured, sum(measured)].map((one) => share(one.operators[operator] ?? NONE))]),
    ),
    row(["**ASTs, killed**", ...measured.map(({ asts }) => share(asts)), share(sum(measured.map(({ asts }) => asts)))]),
    row(["of them by scenarios", ...measured.map(({ asts }) => String(asts.scenarios)), ""]),
    row(["seconds", ...measured.map(({ seconds }) => String(seconds)), ""]),
  ].join("\n");

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

interface Counts {
  total: number;
  killed: number;
}

const NONE: Counts = { total: 0, killed: 0 };

const share = ({ total, killed }: Counts): string =>
  total === 0 ? "" : `${killed}/${total} (${Math.round((100 * killed) / total)} %)`;

const operators = (scores: readonly MutationScore[]): string[] =>
  [...new Set(scores.flatMap((one) => Object.keys(one.operators)))].sort();

const sum = (scores: readonly MutationScore[]): Counts & { operators: Record<string, Counts> } => {
  const add = (counts: readonly Counts[]): Counts => ({
    total: counts.reduce((all, one) => all + one.total, 0),
    killed: counts.reduce((all, one) => all + one.killed, 0),
  });
  const byOperator = operators(scores).map((name) => [name, add(scores.map((one) => one.operators[name] ?? NONE))]);
  return { ...add(scores), operators: Object.fromEntries(byOperator) };
};

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const nothing = (): void => {};
const SILENT: Talk = { done: nothing, fail: nothing, warn: nothing, note: nothing, now: nothing };

await main();
