/** An invented domain for tests: a lending library, as answers, as analysis and as derived database. */
import { readFileSync } from "node:fs";
import type { AutoBeAnalyze, IModuleAnswer, IOutline } from "../../src/phases/1-analyze/ast.js";
import { mergeAnalysis } from "../../src/phases/1-analyze/merge.js";
import { passagesOf } from "../../src/phases/1-analyze/prompt.js";
import type { AutoBeDatabase } from "../../src/phases/2-database/ast.js";
import { deriveDatabase } from "../../src/phases/2-database/derive.js";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

export const libraryRequest = (): string => read("request.md");
export const libraryPassages = (): string[] => passagesOf(libraryRequest());
export const libraryOutline = (): IOutline => JSON.parse(read("outline.json"));
export const libraryAnswer = (module: "catalog" | "lending"): IModuleAnswer => JSON.parse(read(`${module}.json`));

export const libraryAnalysis = (): AutoBeAnalyze.IApplication =>
  mergeAnalysis(libraryOutline(), [libraryAnswer("catalog"), libraryAnswer("lending")]).analyze;

export const libraryDatabase = (): AutoBeDatabase.IApplication => deriveDatabase(libraryAnalysis());
