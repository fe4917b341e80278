/** Builds a generated project, runs it on a real database and gathers what was seen; the judgement is the gate's. */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Evidence, GateStep } from "../base/evidence.js";
import type { Talk } from "../base/talk.js";
import { buildProject, processesFor } from "./build.js";
import { findModules, linkModules } from "./node-modules.js";
import { prismaCompiler } from "./prisma.js";
import { generatePrismaClient, readSchema } from "./prisma-client.js";
import { makeSdk } from "./sdk.js";
import { runTests, type TestOptions } from "./test-runner.js";

/** Each step needs the one before, so the first that goes wrong is the last. Nothing of the user's is changed. */
export const verifyProject = async (directory: string, talk: Talk, options: TestOptions = {}): Promise<Evidence> => {
  const folder = resolve(directory);
  const build = buildFolder(folder);
  const evidence = emptyEvidence();
  const { signal } = options;
  const step = stepper(evidence, talk, signal);
  try {
    const schema = await readSchema(folder);
    evidence.schemaComplaints = await step("schema", async () => prismaCompiler.lint(schema));
    if (evidence.schemaComplaints.length > 0) return stop(evidence, "schema", "Prisma refuses the schema.");
    await step("client", () => generatePrismaClient(folder, schema));

    await clear(build);
    await linkModules(await findModules(folder), build);
    evidence.typeComplaints = await step("build", () => buildProject(folder, "source", build, { signal }));
    if (evidence.typeComplaints.length > 0) return stop(evidence, "build", "The application does not type-check.");

    const made = await step("sdk", () => makeSdk(folder, build, signal));
    if ("why" in made) return stop(evidence, "sdk", made.why);
    evidence.sdk = made.sdk.files;
    evidence.swagger = made.sdk.swagger;
    const processes = processesFor(await countFeatures(folder));
    evidence.typeComplaints = await step("build tests", () =>
      buildProject(folder, "rest", build, { overlay: made.sdk.files, shares: processes, signal }),
    );
    if (evidence.typeComplaints.length > 0) return stop(evidence, "build tests", "The tests do not type-check.");

    const { booted, report, why } = await step("tests", () => runTests(folder, build, { ...options, processes }));
    Object.assign(evidence, { booted, report });
    return why === null ? evidence : stop(evidence, "tests", why);
  } finally {
    talk.now(null);
  }
};

/** Where a project is compiled to for its gate. */
export const buildFolder = (folder: string): string => join(folder, ".autobe", "build");

/** What was built for the gate is of no use afterwards; the project builds itself into `lib/`. */
export const removeBuild = (directory: string): Promise<void> =>
  rm(buildFolder(resolve(directory)), { recursive: true, force: true });

/** Files of tests about operations: what is large has many. */
const countFeatures = async (folder: string): Promise<number> =>
  (await readdir(join(folder, "test", "features")).catch(() => [])).length;

/** An empty folder that git passes over. */
const clear = async (build: string): Promise<void> => {
  await rm(build, { recursive: true, force: true });
  await mkdir(build, { recursive: true });
  await writeFile(join(build, ".gitignore"), "*\n");
};

const NOW: Record<GateStep, string> = {
  schema: "validating the Prisma schema",
  client: "generating the database client",
  build: "type-checking and building the application",
  sdk: "making the SDK from the controllers",
  "build tests": "type-checking and building the tests",
  tests: "starting the application and running its tests",
};

/** Says what is being done and keeps how long it took. */
const stepper =
  (evidence: Evidence, talk: Talk, signal: AbortSignal | undefined) =>
  async <T>(step: GateStep, task: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    talk.now(NOW[step]);
    const started = performance.now();
    try {
      return await task();
    } finally {
      evidence.steps.push({ step, milliseconds: Math.round(performance.now() - started) });
    }
  };

const stop = (evidence: Evidence, step: GateStep, why: string): Evidence => ({ ...evidence, stopped: { step, why } });

const emptyEvidence = (): Evidence => ({
  schemaComplaints: [],
  typeComplaints: [],
  sdk: null,
  swagger: null,
  booted: false,
  report: null,
  stopped: null,
  steps: [],
});
