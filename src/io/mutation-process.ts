/** A process with one application in it that tries mutants one after another; see mutation-runner.ts. */
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Modules } from "./mutation-modules.js";
import type { Answer, Plan, PlannedMutant, Reached } from "./mutation-plan.js";

interface Scenario {
  name: string;
  run(bed: object): Promise<void>;
}
interface Application {
  listen(port: number, host: string): Promise<void>;
  getUrl(): Promise<string>;
}
type BedClass = { new (host: string): object; counts: Map<string, number> };

const plan = JSON.parse(readFileSync(process.argv[2]!, "utf8")) as Plan;
const modules = new Modules(plan.build);
const tell = (answer: Answer): void => appendFileSync(plan.answers, `${JSON.stringify(answer)}\n`);

const main = async (): Promise<void> => {
  modules.load("test/environment.js");
  const { database } = modules.load<{ database: { connect(): Promise<void> } }>("src/database.js");
  const { createApplication } = modules.load<{ createApplication(): Promise<Application> }>("src/application.js");
  const scenarios = listScenarios();
  await database.connect();
  const application = await createApplication();
  await application.listen(0, "127.0.0.1");
  const run = runnerOf((await application.getUrl()).replace(/\/$/, ""));
  const reached = plan.reached ?? (await findReached(scenarios, run));
  for (const mutant of plan.mutants) {
    tell({ kind: "begun", id: mutant.id });
    const answer = await tryMutant(mutant, relevant(mutant, reached, scenarios), run);
    tell(answer);
    // What hangs may still hold the database.
    if (answer.kind === "spoilt" || answer.isHanging) break;
  }
  await dropSchema();
};

/** PostgreSQL is the user's; the tests made a schema there. */
const dropSchema = async (): Promise<void> => {
  const { config } = modules.load<{ config: { database: { url: string | null; schema: string } } }>("src/config.js");
  const { database } = modules.load<{ database: { client: { $executeRawUnsafe(sql: string): Promise<unknown> } } }>(
    "src/database.js",
  );
  const { url, schema } = config.database;
  if (url !== null) await database.client.$executeRawUnsafe(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
};

/** As test/main.ts of the project lists them. */
const listScenarios = (): Scenario[] => {
  const { enterFile, scenarios } = modules.load<{ enterFile(file: string): void; scenarios: Scenario[] }>(
    "test/scenario.js",
  );
  for (const folder of ["features", "template"].filter((name) => existsSync(join(plan.build, "test", name))))
    for (const name of readdirSync(join(plan.build, "test", folder)).sort())
      if (name.endsWith(".js")) {
        enterFile(`test/${folder}/${name.replace(/\.js$/, ".ts")}`);
        modules.load(`test/${folder}/${name}`);
      }
  return scenarios;
};

type Run = (scenario: Scenario, milliseconds: number) => Promise<{ error: string | null; isHanging: boolean }>;

/** Every test begins with nothing, so that it ends the same in whatever order. */
const runnerOf = (host: string): Run => {
  const { Bed } = modules.load<{ Bed: BedClass }>("test/bed.js");
  const { emptyDatabase } = modules.load<{ emptyDatabase(): Promise<void> }>("test/empty.js");
  const { clock } = modules.load<{ clock: { reset(): void } }>("src/clock.js");
  return async (scenario, milliseconds) => {
    let isHanging = false;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        isHanging = true;
        reject(`no end after ${milliseconds / 1000} seconds`);
      }, milliseconds);
    });
    try {
      Bed.counts?.clear();
      // A new bed mends what a test before it broke and left so.
      const bed = new Bed(host);
      await Promise.race([emptyDatabase().then(() => scenario.run(bed)), patience]);
      return { error: null, isHanging };
    } catch (error) {
      return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error), isHanging };
    } finally {
      clearTimeout(timer);
      clock.reset();
    }
  };
};

/** Without a fault a test may take its time, as in test/main.ts: what is taken to hang here is lost for all mutants. */
const SOUND_PATIENCE = 60_000;

/** One run of the sound project. A test that fails in it alone says nothing of a mutant. */
const findReached = async (scenarios: readonly Scenario[], run: Run): Promise<Reached[]> => {
  for (const path of ["providers", "scopes", "collectors", "transformers"].flatMap(modulesIn)) modules.watch(path);
  const reached: Reached[] = [];
  const failed: string[] = [];
  for (const scenario of scenarios) {
    modules.taken();
    const started = performance.now();
    const { error, isHanging } = await run(scenario, SOUND_PATIENCE);
    const milliseconds = Math.round(performance.now() - started);
    if (error === null) reached.push({ test: scenario.name, members: modules.taken(), milliseconds });
    else failed.push(scenario.name);
    if (isHanging) break;
  }
  tell({ kind: "reached", reached, failed });
  return reached;
};

const modulesIn = (folder: string): string[] =>
  !existsSync(join(plan.build, "src", folder))
    ? []
    : readdirSync(join(plan.build, "src", folder))
        .filter((name) => name.endsWith(".js"))
        .map((name) => `src/${folder}/${name}`);

/** Tests that run what the mutant lies in: those to be first, then those that are about little else, then the quick. */
const relevant = (mutant: PlannedMutant, reached: readonly Reached[], scenarios: readonly Scenario[]): Timed[] => {
  const wanted = mutant.members.length > 0 ? mutant.members : mutant.swaps.map((swap) => swap.module);
  const concerns = (member: string): boolean => wanted.includes(member);
  const rank = ({ test }: Reached): number => (plan.first.includes(test) ? 0 : 1);
  return reached
    .filter(({ members }) => members.some(concerns))
    .sort((a, b) => rank(a) - rank(b) || a.members.length - b.members.length || a.milliseconds - b.milliseconds)
    .flatMap(({ test, milliseconds }) => {
      const scenario = scenarios.find(({ name }) => name === test);
      return scenario === undefined ? [] : [{ scenario, patience: Math.max(plan.patience, SLOWEST * milliseconds) }];
    });
};

interface Timed {
  scenario: Scenario;
  patience: number;
}

/** So many times as long as without the fault. */
const SLOWEST = 5;

const tryMutant = async (
  { id, swaps }: PlannedMutant,
  tests: readonly Timed[],
  run: Run,
): Promise<Answer & { kind: "tried" | "spoilt" }> => {
  let ran = 0;
  for (const { scenario, patience } of tests) {
    const restore = modules.swap(swaps);
    const { error, isHanging } = await run(scenario, patience).finally(restore);
    ++ran;
    if (error === null) continue;
    // Only what passes without the fault has seen the fault.
    if (isHanging || (await run(scenario, patience)).error === null)
      return { kind: "tried", id, by: { test: scenario.name, error }, ran, isHanging };
    return { kind: "spoilt", id, test: scenario.name };
  }
  return { kind: "tried", id, by: null, ran, isHanging: false };
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
