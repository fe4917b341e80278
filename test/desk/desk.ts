/** A second invented domain: a desk for tools, with three actors, where bookings come to be only through a custom operation. */
import { readFileSync } from "node:fs";
import type { AutoBeAnalyze, IModuleAnswer, IOutline } from "../../src/phases/1-analyze/ast.js";
import { mergeAnalysis } from "../../src/phases/1-analyze/merge.js";
import { passagesOf } from "../../src/phases/1-analyze/prompt.js";
import type { AutoBeDatabase } from "../../src/phases/2-database/ast.js";
import { deriveDatabase } from "../../src/phases/2-database/derive.js";
import type { AutoBeOpenApi, IAmend } from "../../src/phases/3-interface/ast.js";
import { deriveInterface } from "../../src/phases/3-interface/derive/derive.js";
import { applyAmend } from "../../src/phases/3-interface/merge.js";
import { deriveTest } from "../../src/phases/4-test/derive/derive.js";
import { withOperation } from "../../src/phases/5-realize/apply.js";
import type { IRealizeOperation } from "../../src/phases/5-realize/ast.js";
import { deriveRealize } from "../../src/phases/5-realize/derive.js";
import type { Project } from "../fuzz/project.js";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

export const deskPassages = (): string[] => passagesOf(read("request.md"));
export const deskOutline = (): IOutline => JSON.parse(read("outline.json"));
export const deskAnswer = (): IModuleAnswer => JSON.parse(read("lending.json"));
export const deskAmend = (): IAmend => JSON.parse(read("amend.json"));
export const deskOperation = (): IRealizeOperation => JSON.parse(read("operation.json"));

export const deskAnalysis = (): AutoBeAnalyze.IApplication => mergeAnalysis(deskOutline(), [deskAnswer()]).analyze;
export const deskDatabase = (): AutoBeDatabase.IApplication => deriveDatabase(deskAnalysis());
export const deskDraft = (): AutoBeOpenApi.IDocument => deriveInterface(deskAnalysis(), deskDatabase());
export const deskDocument = (): AutoBeOpenApi.IDocument =>
  applyAmend(deskAnalysis(), deskDatabase(), deskDraft(), deskAmend());

/** All of it, with the recorded leaf in its place. */
export const deskProject = (): Project => {
  const [analyze, database, document] = [deskAnalysis(), deskDatabase(), deskDocument()];
  const draft = deriveRealize(analyze, database, document);
  const book = document.operations.find((one) => one.name === "tools.book")!;
  const realize = withOperation(draft, book, deskOperation());
  return {
    analyze,
    database,
    document,
    test: deriveTest(analyze, database, document),
    realize,
    losses: [],
    renames: [],
  };
};
