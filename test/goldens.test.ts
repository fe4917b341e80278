/** What the library prints, as files to be reviewed as a diff; `npm run golden` writes them, a test never does. */
import { describe, it } from "vitest";
import type { FileTree } from "../src/base/file-tree.js";
import { prismaCompiler } from "../src/io/prisma.js";
import { compileAnalyze } from "../src/phases/1-analyze/compile.js";
import { moduleTask, outlineTask } from "../src/phases/1-analyze/prompt.js";
import { compileDatabase } from "../src/phases/2-database/compile.js";
import { arrangeTask, modelsTask } from "../src/phases/2-database/prompt.js";
import { MIGRATION, migration } from "../src/phases/2-database/sql.js";
import { compareGoldens } from "./golden.js";
import { answering } from "./library/asker.js";
import { libraryAnalysis, libraryDatabase, libraryOutline, libraryPassages } from "./library/library.js";

describe("the library prints what was reviewed", () => {
  const links = [
    { requirement: "catalog.R1", tables: ["lib_books"], operations: ["books.list", "books.at"], tests: ["book.list"] },
  ];
  it("as documents", () => compareGoldens("library/analysis", compileAnalyze(libraryAnalysis(), links)));

  it("as Prisma schema, diagram and migration", async () => {
    const database = libraryDatabase();
    const files = compileDatabase(database);
    compareGoldens("library/database", { ...files, [MIGRATION]: await migration(files, database, prismaCompiler) });
  });

  it("as prompts", () => {
    const asker = answering({});
    const outline = libraryOutline();
    const analyze = libraryAnalysis();
    const draft = libraryDatabase();
    const lending = draft.files.find((file) => file.namespace === "Lending")!;
    const tasks = {
      "analyze-outline.md": outlineTask(libraryPassages(), asker),
      "analyze-module.md": moduleTask(outline, outline.modules[1]!, libraryPassages(), asker),
      "database-arrange.md": arrangeTask(analyze, draft, lending, asker),
      "database-models.md": modelsTask(analyze, draft, "Lending", 1, lending.models, asker),
    };
    const written = Object.entries(tasks).map(([name, { key, user }]) => [name, `${key}\n\n${user}\n`]);
    return compareGoldens("library/prompts", Object.fromEntries(written) as FileTree);
  });
});
