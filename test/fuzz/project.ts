/** The silent run: what becomes of an analysis when a model keeps every draft unchanged. */
import type { FileTree } from "../../src/base/file-tree.js";
import { prismaCompiler } from "../../src/io/prisma.js";
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import type { AutoBeDatabase } from "../../src/phases/2-database/ast.js";
import { compileDatabase } from "../../src/phases/2-database/compile.js";
import { deriveDatabase } from "../../src/phases/2-database/derive.js";
import { MIGRATION, migration } from "../../src/phases/2-database/sql.js";
import type { AutoBeOpenApi } from "../../src/phases/3-interface/ast.js";
import { compileInterface } from "../../src/phases/3-interface/compile/compile.js";
import { deriveInterface } from "../../src/phases/3-interface/derive/derive.js";
import type { AutoBeTest } from "../../src/phases/4-test/ast.js";
import { compileTest } from "../../src/phases/4-test/compile.js";
import { deriveTest } from "../../src/phases/4-test/derive/derive.js";
import { compileRealize } from "../../src/phases/5-realize/compile/compile.js";
import { deriveRealize } from "../../src/phases/5-realize/derive.js";

export interface Project {
  analyze: AutoBeAnalyze.IApplication;
  database: AutoBeDatabase.IApplication;
  document: AutoBeOpenApi.IDocument;
  test: AutoBeTest.IApplication;
  /** Printed files alone, without the template and the migration. */
  files: FileTree;
}

export const deriveProject = (analyze: AutoBeAnalyze.IApplication): Project => {
  const database = deriveDatabase(analyze);
  const document = deriveInterface(analyze, database);
  const test = deriveTest(analyze, database, document);
  const files = {
    ...compileDatabase(database),
    ...compileInterface(document),
    ...compileTest(document, test),
    ...compileRealize(database, document, deriveRealize(analyze, database, document)),
  };
  return { analyze, database, document, test, files };
};

export const migrationOf = async ({ files, database }: Project): Promise<FileTree> => ({
  [MIGRATION]: await migration(files, database, prismaCompiler),
});

/** The template under the names it has in a project. */
export const fillTemplate = (template: FileTree, { analyze }: Project): FileTree =>
  Object.fromEntries(
    Object.entries(template).map(([path, text]) => [
      path.replace(/(^|\/)dot-/, "$1."),
      text
        .replaceAll("{{name}}", analyze.name)
        .replaceAll("{{title}}", analyze.title)
        .replaceAll("{{summary}}", analyze.summary),
    ]),
  );

/** Operations that no derived test brings to a success. */
export const uncovered = ({ document, test }: Project): string[] => {
  const covered = new Set(
    test.functions.flatMap((one) =>
      one.statements.flatMap((statement) =>
        statement.type === "apiOperateStatement" && statement.status < 400 ? [statement.operation] : [],
      ),
    ),
  );
  return document.operations.map((operation) => operation.name).filter((name) => !covered.has(name));
};
