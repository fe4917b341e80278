/** The design of the last run, as its records hold it. */
import { type AutoBeAnalyze, validateAnalyze } from "../phases/1-analyze/ast.js";
import { validateDatabase } from "../phases/2-database/ast.js";
import { validateOpenApi } from "../phases/3-interface/ast.js";
import { validateTest } from "../phases/4-test/ast.js";
import { validateRealize } from "../phases/5-realize/ast.js";
import type { Design } from "./design.js";

/** Null where the run did not come to all of its ASTs, or wrote them by another version of ours. */
export const recallDesign = async (records: {
  recall(path: string): Promise<string | null>;
}): Promise<Design | null> => {
  const read = async <T>(
    name: keyof Design,
    validate: (input: unknown) => { success: true; data: T } | { success: false },
  ): Promise<T | null> => {
    const text = await records.recall(`${name}.json`);
    const valid = text === null ? null : validate(JSON.parse(text));
    return valid?.success === true ? valid.data : null;
  };
  const analyze = await read<AutoBeAnalyze.IApplication>("analyze", validateAnalyze);
  const database = await read("database", validateDatabase);
  const document = await read("document", validateOpenApi);
  const test = await read("test", validateTest);
  const realize = await read("realize", validateRealize);
  if (analyze === null || database === null || document === null || test === null || realize === null) return null;
  return { analyze, database, document, test, realize, losses: [], renames: [] };
};
