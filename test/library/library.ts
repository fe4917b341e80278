/** An invented domain for tests: a lending library, as answers, and as the ASTs that come of them. */
import { readFileSync } from "node:fs";
import type { AutoBeAnalyze, IModuleAnswer, IOutline } from "../../src/phases/1-analyze/ast.js";
import { mergeAnalysis } from "../../src/phases/1-analyze/merge.js";
import { passagesOf } from "../../src/phases/1-analyze/prompt.js";
import type { AutoBeDatabase } from "../../src/phases/2-database/ast.js";
import { deriveDatabase } from "../../src/phases/2-database/derive.js";
import type { AutoBeOpenApi, IAmend } from "../../src/phases/3-interface/ast.js";
import { deriveInterface } from "../../src/phases/3-interface/derive/derive.js";
import { applyAmend } from "../../src/phases/3-interface/merge.js";
import type { IScenarios } from "../../src/phases/4-test/ast.js";
import type { IRealizeAmend, IRealizeOperation } from "../../src/phases/5-realize/ast.js";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

export const libraryRequest = (): string => read("request.md");
export const libraryPassages = (): string[] => passagesOf(libraryRequest());
export const libraryOutline = (): IOutline => JSON.parse(read("outline.json"));
export const libraryAnswer = (module: "catalog" | "lending"): IModuleAnswer => JSON.parse(read(`${module}.json`));

export const libraryAnalysis = (): AutoBeAnalyze.IApplication =>
  mergeAnalysis(libraryOutline(), [libraryAnswer("catalog"), libraryAnswer("lending")]).analyze;

export const libraryDatabase = (): AutoBeDatabase.IApplication => deriveDatabase(libraryAnalysis());

export const libraryDraft = (): AutoBeOpenApi.IDocument => deriveInterface(libraryAnalysis(), libraryDatabase());
export const libraryAmend = (): IAmend => JSON.parse(read("amend.json"));
export const libraryDocument = (): AutoBeOpenApi.IDocument =>
  applyAmend(libraryAnalysis(), libraryDatabase(), libraryDraft(), libraryAmend());

export const libraryScenarios = (): IScenarios => JSON.parse(read("scenarios.json"));
export const libraryOperation = (): IRealizeOperation => JSON.parse(read("operation.json"));
export const libraryAmendment = (): IRealizeAmend => JSON.parse(read("amendment.json"));
