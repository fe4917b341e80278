/** Judges random services: what a machine can say of one, from its names to its running tests. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Evidence } from "../../src/base/evidence.js";
import type { FileTree } from "../../src/base/file-tree.js";
import type { Talk } from "../../src/base/talk.js";
import { explain } from "../../src/gate/explain.js";
import { judge } from "../../src/gate/judge.js";
import { formatFiles } from "../../src/io/format.js";
import { prismaCompiler } from "../../src/io/prisma.js";
import { generatePrismaClient } from "../../src/io/prisma-client.js";
import { createProjectCompiler, type ProjectCompiler } from "../../src/io/project-compiler.js";
import { verifyProject } from "../../src/io/verify.js";
import { type AutoBeAnalyze, validateAnalyze } from "../../src/phases/1-analyze/ast.js";
import { checkAnalyze } from "../../src/phases/1-analyze/check/application.js";
import { validateDatabase } from "../../src/phases/2-database/ast.js";
import { checkDatabase } from "../../src/phases/2-database/check/database.js";
import { validateOpenApi } from "../../src/phases/3-interface/ast.js";
import { validateTest } from "../../src/phases/4-test/ast.js";
import { promisesOf } from "../../src/pipeline/gate.js";
import { judgeOpenApi } from "./openapi.js";
import type { Project } from "./project.js";
import { declareSdk } from "./sdk.js";

/** What is wrong with the analysis itself: then the generator is. */
export const judgeAnalysis = (analyze: AutoBeAnalyze.IApplication): string[] => {
  const valid = validateAnalyze(analyze);
  if (!valid.success) return valid.errors.map(({ path, expected }) => `${path} is not ${expected}`);
  return checkAnalyze(analyze).map(({ code, path, message }) => `${code} ${path}: ${message}`);
};

/** What is wrong with what was derived, short of compiling it. */
export const judgeDraft = async (project: Project, files: FileTree): Promise<string[]> => [
  ...[validateDatabase(project.database), validateOpenApi(project.document), validateTest(project.test)].flatMap(
    (valid) => (valid.success ? [] : valid.errors.map(({ path, expected }) => `${path} is not ${expected}`)),
  ),
  ...checkDatabase(project.database).map(({ code, path, message }) => `${code} ${path}: ${message}`),
  ...prismaCompiler.lint(files).map(({ file, text }) => `${file}: ${text}`),
  ...(await judgeOpenApi(files["openapi.json"]!)),
];

/** Type errors of one project after another, in one folder, so that libraries and the template are read once. */
export class TypeJudge {
  private compiler: ProjectCompiler | null = null;
  private judged = 0;

  public constructor(private readonly folder: string) {}

  /** Tests are checked against the SDK as the contract declares it; the gate makes nestia's own. */
  public async judge({ document }: Project, files: FileTree): Promise<string[]> {
    await mkdir(this.folder, { recursive: true });
    await writeFile(join(this.folder, "package.json"), files["package.json"]!);
    await generatePrismaClient(this.folder, files);
    // A compiler keeps the files it has parsed, and each service has others.
    if (++this.judged % MOST_JUDGED === 0) this.compiler = null;
    this.compiler ??= await createProjectCompiler(this.folder);
    const complaints = this.compiler.checkProject({ ...files, ...declareSdk(document) });
    return complaints.map(({ file, line, code, message }) => `${file}:${line} ${code}: ${message}`);
  }
}

/** Services after which memory is worth more than the time to parse all libraries again. */
const MOST_JUDGED = 25;

/** What the whole gate says: built, started, every test passed, every operation answered, every must and rule exercised. */
export const judgeRun = async (
  folder: string,
  project: Project,
  files: FileTree,
  template: FileTree,
  databaseUrl?: string,
): Promise<{ tests: number; complaints: string[]; evidence: Evidence }> => {
  await rm(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(await formatFiles(files, template))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const evidence = await verifyProject(folder, SILENT, { databaseUrl });
  const verdict = judge(evidence, promisesOf(project));
  const complaints = explain(evidence, verdict);
  return {
    evidence,
    tests: verdict.verify.tests.total,
    complaints: verdict.passed || complaints.length > 0 ? complaints : ["The gate is not passed, and says not why."],
  };
};

const nothing = (): void => {};
const SILENT: Talk = { done: nothing, fail: nothing, warn: nothing, note: nothing, now: nothing };
