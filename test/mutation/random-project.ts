/** A random service as a project on disk that went through its own tests, so that faults can be put into it. */
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import type { Evidence } from "../../src/base/evidence.js";
import type { Mutant } from "../../src/base/mutation.js";
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

export const randomProject = async (seed: number): Promise<{ folder: string; sound: Evidence }> => {
  const folder = await mkdtemp(join(tmpdir(), "autobe-random-"));
  const template = await readTemplate();
  const [drawn] = fc.sample(blueprint, { seed, numRuns: 1 });
  const project = deriveProject(buildAnalysis(drawn!), drawn!);
  for (const [path, text] of Object.entries(await formatFiles(await printProject(project, template), template))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return { folder, sound: await verifyProject(folder, SILENT) };
};

/** The faults of a kind that no test of the project notices, after how many there are. */
export const survivorsOf = async (
  folder: string,
  isChosen: (mutant: Mutant) => boolean,
): Promise<{ chosen: Mutant[]; survivors: string[] }> => {
  const chosen = mutantsOf(await readSources(folder)).filter(isChosen);
  const fates = await tryMutants(folder, chosen, SILENT);
  return {
    chosen,
    survivors: chosen
      .filter((_, index) => !["killed", "unfit"].includes(fates[index]!.end))
      .map(({ file, line, description }) => `${file}:${line} ${description}`),
  };
};
