/** `npm run fuzz -- --count N --gate M --seed S`: N random services are derived, printed, judged and their tables made, M of them run, and changes between databases tried. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import fc from "fast-check";
import type { FileTree } from "../../src/base/file-tree.js";
import { readTemplate } from "../../src/io/package-folder.js";
import { MIGRATION } from "../../src/phases/2-database/sql.js";
import { type Blueprint, blueprint } from "./blueprint.js";
import { buildAnalysis } from "./build.js";
import { type Engine, judgeSql, openEngines } from "./engines.js";
import { judgeAnalysis, judgeDraft, judgeRun, TypeJudge } from "./judge.js";
import { fuzzMigrations } from "./migrations.js";
import { deriveProject, gapsOf, printProject } from "./project.js";

const { values } = parseArgs({
  options: {
    /** 30, or as many as are run. */
    count: { type: "string" },
    gate: { type: "string", default: "3" },
    seed: { type: "string" },
    /** Only this one of the services of the seed. */
    only: { type: "string" },
    /** Only as far as the tables: Prisma takes the schema, every engine makes it. */
    sql: { type: "boolean", default: false },
    /** Pairs of databases that migrations are made between, and no whole services; a tenth of the count beside those. */
    migrations: { type: "string" },
    /** A PostgreSQL that the gate runs on instead of PGlite, and that SQL is tried on instead of one that is started. */
    "database-url": { type: "string" },
    /** Seconds for making a failing service smaller. */
    shrink: { type: "string", default: "60" },
    /** Goes on after a failure, and makes nothing smaller. */
    all: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

interface Bench {
  template: FileTree;
  types: TypeJudge;
  engines: readonly Engine[];
  /** Where projects are written to. */
  folder: string;
}

interface Finding {
  step: "analysis" | "derive" | "sql" | "types" | "gate" | "crash";
  complaints: string[];
}

interface Tally {
  services: number;
  /** Left out, because their permissions and rules contradict each other so that something can never be called. */
  contradictory: number;
  gated: number;
  failed: number;
  tables: number;
  operations: number;
  tests: number;
}

const main = async (): Promise<number> => {
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
  say(`seed ${seed}`);
  const { all, close } = await openEngines(values["database-url"], say);
  try {
    if (values.migrations !== undefined) return await runMigrations(seed, all, Number(values.migrations));
    const code = await runServices(seed, all);
    const isWhole = code === 0 && !values.sql && values.only === undefined;
    return isWhole ? await runMigrations(seed, all, Math.ceil(countOf() / 10)) : code;
  } finally {
    await close();
  }
};

const countOf = (): number => Number(values.count ?? Math.max(30, Number(values.gate)));

const runMigrations = async (seed: number, engines: readonly Engine[], count: number): Promise<number> => {
  const only = values.only === undefined ? null : Number(values.only);
  const tally = await fuzzMigrations(engines, count, seed, only, say);
  if (values.json) process.stdout.write(`${JSON.stringify({ seed, ...tally })}\n`);
  const { pairs, none, kept, stopped, failed } = tally;
  const where = engines.map((one) => one.name).join(" and ");
  say(
    `${pairs - failed} of ${pairs} migrations lead to what a fresh database would be, on ${where}: ${kept} over rows, ${stopped} once what stopped them was gone, ${none} with nothing to do`,
  );
  return failed === 0 ? 0 : 1;
};

const runServices = async (seed: number, engines: readonly Engine[]): Promise<number> => {
  const [count, gate] = [countOf(), values.sql ? 0 : Number(values.gate)];
  const folder = await mkdtemp(join(tmpdir(), "autobe-fuzz-"));
  const bench: Bench = { template: await readTemplate(), types: new TypeJudge(join(folder, "types")), engines, folder };
  const tally: Tally = { services: 0, contradictory: 0, gated: 0, failed: 0, tables: 0, operations: 0, tests: 0 };
  for (let index = Number(values.only ?? 0); tally.services < count; ++index) {
    const found = await tryOne(bench, tally, serviceOf(seed, index), tally.gated < gate, index);
    if (found !== null && !values.all) return await fail(bench, seed, index, found);
    if (found !== null) tell(index, found, tally);
    if (values.only !== undefined) break;
  }
  await rm(folder, { recursive: true, force: true });
  const { contradictory, services } = tally;
  const isTooMany = contradictory > 2 && contradictory > MOST_CONTRADICTORY * (services + contradictory);
  if (values.json) process.stdout.write(`${JSON.stringify({ seed, ...tally })}\n`);
  const sound = tally.services - tally.failed;
  const engined = engines.map((one) => one.name).join(" and ");
  say(
    `${sound} of ${services} services: taken by Prisma, their SQL by ${engined}, their OpenAPI by its validator${values.sql ? "" : ", DTOs, controllers, providers and tests by TypeScript"} (${tally.tables} tables, ${tally.operations} operations, ${tally.tests} tests); ${tally.gated} went through the gate`,
  );
  if (contradictory > 0) say(`${contradictory} more were left out: nobody can ever do all that they permit`);
  if (isTooMany) say("✖ those are too many: tests are not found, rather than not there");
  return isTooMany || tally.failed > 0 ? 1 : 0;
};

const tell = (index: number, { step, complaints }: Finding, tally: Tally): void => {
  say(`✖ ${index}: ${step}`);
  for (const line of complaints.slice(0, 20)) say(`  ${line}`);
  ++tally.services;
  ++tally.failed;
  if (step === "gate") ++tally.gated;
};

/** More than that would say that tests are not found, rather than that there are none. */
const MOST_CONTRADICTORY = 0.05;

const serviceOf = (seed: number, index: number): Blueprint =>
  fc.sample(blueprint, { seed: seedOf(seed, index), numRuns: 1 })[0]!;

const seedOf = (seed: number, index: number): number => (Math.imul(seed, 1_000_003) + Math.imul(index, 7919)) | 0;

const tryOne = async (
  bench: Bench,
  tally: Tally,
  drawn: Blueprint,
  isGated: boolean,
  index: number,
): Promise<Finding | null> => {
  const started = Date.now();
  const { finding, size } = await examine(bench, drawn, isGated);
  if (finding !== null) return finding;
  if (size === null) {
    ++tally.contradictory;
    return null;
  }
  ++tally.services;
  if (isGated) ++tally.gated;
  tally.tables += size.tables;
  tally.operations += size.operations;
  tally.tests += size.tests;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(
    `✔ ${index}: ${size.tables} tables, ${size.operations} operations, ${size.tests} tests${isGated ? ", all passed" : ""} (${seconds} s)`,
  );
  return null;
};

interface Examined {
  finding: Finding | null;
  /** Null for a service that is left out. */
  size: { tables: number; operations: number; tests: number } | null;
}

const examine = async (
  { template, types, engines, folder }: Bench,
  drawn: Blueprint,
  isGated: boolean,
): Promise<Examined> => {
  const found = (step: Finding["step"], complaints: string[]): Examined => ({
    finding: { step, complaints },
    size: null,
  });
  try {
    const analyze = buildAnalysis(drawn);
    const wrong = judgeAnalysis(analyze);
    if (wrong.length > 0) return found("analysis", wrong);
    const project = deriveProject(analyze, drawn);
    const files = await printProject(project, template);
    const draft = await judgeDraft(project, files);
    if (draft.length > 0) return found("derive", draft);
    if (gapsOf(project).length > 0) return { finding: null, size: null };
    const refused = await judgeSql(engines, files[MIGRATION]!);
    if (refused.length > 0) return found("sql", refused);
    const errors = values.sql ? [] : await types.judge(project, files);
    if (errors.length > 0) return found("types", errors);
    if (isGated) {
      const { complaints } = await judgeRun(join(folder, "run"), project, files, template, values["database-url"]);
      if (complaints.length > 0) return found("gate", complaints);
    }
    const size = {
      tables: project.database.files.flatMap((file) => file.models).length,
      operations: project.document.operations.length,
      tests: project.test.functions.length,
    };
    return { finding: null, size };
  } catch (error) {
    return found("crash", [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  }
};

/** Makes the service smaller as long as it fails at the same step, then says where it lies and what broke. */
const fail = async (bench: Bench, seed: number, index: number, first: Finding): Promise<number> => {
  say(`✖ ${index}: ${first.step}`);
  for (const line of first.complaints.slice(0, 20)) say(`  ${line}`);
  say(`making it smaller for ${values.shrink} seconds at most`);
  let last = first;
  let smallest = serviceOf(seed, index);
  const fails = async (drawn: Blueprint): Promise<boolean> => {
    const { finding } = await examine(bench, drawn, first.step === "gate");
    if (finding?.step !== first.step) return false;
    [last, smallest] = [finding, drawn];
    return true;
  };
  await fc.check(
    fc.asyncProperty(blueprint, async (drawn) => !(await fails(drawn))),
    { seed: seedOf(seed, index), numRuns: 1, unbiased: true, interruptAfterTimeLimit: Number(values.shrink) * 1000 },
  );
  const path = join(bench.folder, "analyze.json");
  await writeFile(path, JSON.stringify(buildAnalysis(smallest), null, 2));
  const complaints = last.complaints.slice(0, 20);
  if (values.json) process.stdout.write(`${JSON.stringify({ seed, index, step: first.step, path, complaints })}\n`);
  say(`✖ seed ${seed}, service ${index} fails at ${first.step}; made smaller it is ${path}`);
  for (const line of complaints) say(`  ${line}`);
  say(`again: npm run fuzz -- --seed ${seed} --only ${index} --count 1 --gate ${first.step === "gate" ? 1 : 0}`);
  return 1;
};

const say = (text: string): void => void process.stderr.write(`${text}\n`);

process.exitCode = await main();
