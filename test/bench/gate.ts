/** `npm run bench:gate`: what the gate of a large random service costs, by step: time, processors, memory. */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { readTemplate } from "../../src/io/package-folder.js";
import { blueprintOf } from "../fuzz/blueprint.js";
import { buildAnalysis } from "../fuzz/build.js";
import { judgeRun } from "../fuzz/judge.js";
import { deriveProject, gapsOf, type Project, printProject } from "../fuzz/project.js";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    /** At least so many tables, and so many operations. */
    tables: { type: "string", default: "40" },
    operations: { type: "string", default: "150" },
    json: { type: "boolean", default: false },
    /** In the process that is measured. */
    measured: { type: "boolean", default: false },
  },
});

const MEGABYTE = 1024 * 1024;

interface Steps {
  tables: number;
  operations: number;
  tests: number;
  complaints: string[];
  steps: { step: string; milliseconds: number }[];
}

/** Of twenty random services with enough entities the one with the fewest operations that has enough of both. */
const draw = (): Project => {
  const [tables, operations] = [Number(values.tables), Number(values.operations)];
  for (let entities = Math.max(2, tables - 4); ; ++entities) {
    const drawn = fc.sample(
      blueprintOf({ modules: { min: 6, max: 8 }, entities: { minLength: entities, maxLength: entities } }),
      { seed: Number(values.seed), numRuns: 20 },
    );
    let least: Project | null = null; // one at a time: what the others hold would count as the gate's
    for (const one of drawn) {
      const project = deriveProject(buildAnalysis(one), one);
      const isLarge = tablesOf(project) >= tables && operationsOf(project) >= operations;
      if (!isLarge || gapsOf(project).length > 0) continue;
      if (least === null || operationsOf(project) < operationsOf(least)) least = project;
    }
    if (least !== null) return least;
  }
};

const operationsOf = (project: Project): number => project.document.operations.length;
const tablesOf = (project: Project): number => project.database.files.flatMap((file) => file.models).length;

const measure = async (): Promise<Steps> => {
  const folder = await mkdtemp(join(tmpdir(), "autobe-gate-"));
  try {
    const template = await readTemplate();
    const project = draw();
    const printing = performance.now();
    const files = await printProject(project, template);
    const steps = [{ step: "print", milliseconds: Math.round(performance.now() - printing) }];
    const { tests, complaints, evidence } = await judgeRun(folder, project, files, template);
    return {
      tables: tablesOf(project),
      operations: operationsOf(project),
      tests,
      complaints,
      steps: [...steps, ...evidence.steps],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Resident bytes of a process and of all that it started, as Linux tells them. */
const residentBytes = async (root: number): Promise<number> => {
  const all = await Promise.all(
    (await readdir("/proc"))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const text = await readFile(`/proc/${name}/status`, "utf8").catch(() => "");
        const of = (member: string): number => Number(new RegExp(`^${member}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);
        return { id: Number(name), parent: of("PPid"), bytes: of("VmRSS") * 1024 };
      }),
  );
  const sum = (id: number): number =>
    all.filter((one) => one.parent === id).reduce((total, one) => total + sum(one.id), 0) +
    (all.find((one) => one.id === id)?.bytes ?? 0);
  return sum(root);
};

const main = async (): Promise<number> => {
  if (values.measured) {
    process.stdout.write(JSON.stringify(await measure()));
    return 0;
  }
  const child = spawn(
    process.execPath,
    [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2), "--measured"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let [said, peak] = ["", 0];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let isRunning = true;
  void ended.then(() => (isRunning = false));
  while (isRunning) {
    peak = Math.max(peak, await residentBytes(child.pid!));
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  if (said === "") return 1;
  const { tables, operations, tests, complaints, steps } = JSON.parse(said) as Steps;
  const seconds = steps.filter((one) => one.step !== "print").reduce((sum, one) => sum + one.milliseconds, 0) / 1000;
  const peakMegabytes = Math.round(peak / MEGABYTE);
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ tables, operations, tests, steps, gateSeconds: seconds, peakMegabytes, complaints })}\n`,
    );
  else {
    console.log(`${tables} tables, ${operations} operations, ${tests} tests\n`);
    console.log("| step | s |\n| --- | ---: |");
    for (const one of steps) console.log(`| ${one.step} | ${(one.milliseconds / 1000).toFixed(1)} |`);
    console.log(`| the gate | ${seconds.toFixed(1)} |\n\npeak memory of all its processes: ${peakMegabytes} MB`);
    for (const line of complaints.slice(0, 20)) console.log(line);
  }
  return complaints.length === 0 ? 0 : 1;
};

process.exitCode = await main();
