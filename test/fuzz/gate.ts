/** The whole gate over one printed project. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileTree } from "../../src/base/file-tree.js";
import type { Talk } from "../../src/base/talk.js";
import { explain } from "../../src/gate/explain.js";
import { judge, type Verification } from "../../src/gate/judge.js";
import { verifyProject } from "../../src/io/verify.js";
import { ruleId } from "../../src/phases/1-analyze/ast.js";
import { fillTemplate, migrationOf, type Project } from "./project.js";

export interface GateResult {
  verify: Verification;
  complaints: string[];
}

/** Writes the project into the folder, builds it, runs its tests and judges what was seen. */
export const runGate = async (folder: string, template: FileTree, project: Project): Promise<GateResult> => {
  const { analyze, document, files } = project;
  await rm(folder, { recursive: true, force: true });
  const all = { ...fillTemplate(template, project), ...files, ...(await migrationOf(project)) };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const evidence = await verifyProject(folder, SILENT);
  const verdict = judge(evidence, {
    operations: document.operations.map(({ method, path }) => ({ method, path })),
    requirements: analyze.modules
      .flatMap((module) => module.requirements)
      .filter((one) => one.priority === "must")
      .map((one) => one.id),
    rules: analyze.modules.flatMap((module) => module.rules).map(ruleId),
  });
  return { verify: verdict.verify, complaints: explain(evidence, verdict) };
};

const nothing = (): void => {};
const SILENT: Talk = { done: nothing, fail: nothing, warn: nothing, note: nothing, now: nothing };
