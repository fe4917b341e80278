/** The silent run: what becomes of an analysis when a model keeps every draft unchanged. */
import type { FileTree } from "../../src/base/file-tree.js";
import { prismaCompiler } from "../../src/io/prisma.js";
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import type { AutoBeDatabase } from "../../src/phases/2-database/ast.js";
import { deriveDatabase } from "../../src/phases/2-database/derive.js";
import type { AutoBeOpenApi } from "../../src/phases/3-interface/ast.js";
import { deriveInterface } from "../../src/phases/3-interface/derive/derive.js";
import { applyAmend } from "../../src/phases/3-interface/merge.js";
import type { AutoBeTest } from "../../src/phases/4-test/ast.js";
import { deriveTest } from "../../src/phases/4-test/derive/derive.js";
import { deriveRealize } from "../../src/phases/5-realize/derive.js";
import type { Design } from "../../src/pipeline/design.js";
import { filesOf } from "../../src/pipeline/files.js";
import { promisesOf } from "../../src/pipeline/gate.js";
import { type BehaviourDrafts, buildAmend } from "./effects.js";
import { soften } from "./soft-deletes.js";

export interface Project extends Design {
  database: AutoBeDatabase.IApplication;
  document: AutoBeOpenApi.IDocument;
  test: AutoBeTest.IApplication;
}

export const deriveProject = (
  analyze: AutoBeAnalyze.IApplication,
  drafts: BehaviourDrafts = { effects: [], refusals: [], softDeletes: [] },
  database: AutoBeDatabase.IApplication = soften(drafts.softDeletes, analyze, deriveDatabase(analyze)),
): Project => {
  const draft = deriveInterface(analyze, database);
  const document = applyAmend(analyze, database, draft, buildAmend(drafts, analyze, database, draft));
  const test = deriveTest(analyze, database, document);
  const realize = deriveRealize(analyze, database, document);
  return { analyze, database, document, test, realize, losses: [], renames: [] };
};

export const printProject = (project: Project, template: FileTree): Promise<FileTree> =>
  filesOf(project, template, prismaCompiler);

/** Operations that no derived test brings to a success, musts and rules that none is about. */
export const gapsOf = (project: Project): string[] => {
  const { functions } = project.test;
  const covered = new Set(functions.flatMap((one) => answered(one.statements)));
  const exercised = new Set(functions.flatMap((one) => [...one.requirements, ...one.rules]));
  const { requirements, rules } = promisesOf(project);
  return [
    ...project.document.operations.map((one) => one.name).filter((name) => !covered.has(name)),
    ...[...requirements, ...rules].filter((id) => !exercised.has(id)),
  ];
};

const answered = (statements: AutoBeTest.IStatement[]): string[] =>
  statements.flatMap((one) =>
    one.type === "repeatStatement"
      ? answered(one.statements)
      : one.type === "apiOperateStatement" && one.status < 400
        ? [one.operation]
        : [],
  );
