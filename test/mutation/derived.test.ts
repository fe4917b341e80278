/** What only the derived tests of limits, calls at once, pages and references would notice, in a random service that has them all. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Evidence } from "../../src/base/evidence.js";
import type { Talk } from "../../src/base/talk.js";
import { mutantsOf } from "../../src/gate/mutation/mutants.js";
import { formatFiles } from "../../src/io/format.js";
import { tryMutants } from "../../src/io/mutation-runner.js";
import { readTemplate } from "../../src/io/package-folder.js";
import { readSources } from "../../src/io/sources.js";
import { verifyProject } from "../../src/io/verify.js";
import { blueprint } from "../fuzz/blueprint.js";
import { buildAnalysis } from "../fuzz/build.js";
import { deriveProject, printProject } from "../fuzz/project.js";

const SILENT: Talk = { done: () => {}, warn: () => {}, fail: () => {}, note: () => {}, now: () => {} };
/** 18 operations, two of them under a limit. */
const SEED = 3023757;

let folder: string;
let sound: Evidence;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-derived-"));
  const template = await readTemplate();
  const [drawn] = fc.sample(blueprint, { seed: SEED, numRuns: 1 });
  const project = deriveProject(buildAnalysis(drawn!), drawn!);
  for (const [path, text] of Object.entries(await formatFiles(await printProject(project, template), template))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  sound = await verifyProject(folder, SILENT);
}, 240_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

it("passes its own tests", () => {
  expect(sound.stopped).toBeNull();
  expect(sound.report!.tests.filter((one) => !one.passed)).toEqual([]);
  expect(sound.report!.tests.map(({ name }) => name).filter((name) => /\.race$/.test(name)).length).toBe(2);
});

it("notices limits that are off by one or count outside of a transaction, pages that count wrongly, and references that are not looked up", async () => {
  const mutants = mutantsOf(await readSources(folder)).filter(
    ({ operator, description }) =>
      ["shift boundary", "drop paging", "drop transaction"].includes(operator) ||
      (operator === "drop guard" && /\w+Row === null/.test(description)),
  );
  expect(new Set(mutants.map((one) => one.operator)).size).toBe(4);
  const fates = await tryMutants(folder, mutants, SILENT);
  const survivors = mutants.filter((_, index) => !["killed", "unfit"].includes(fates[index]!.end));
  expect(survivors.map(({ file, line, description }) => `${file}:${line} ${description}`)).toEqual([]);
}, 240_000);
