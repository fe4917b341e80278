/** Chosen tables are deleted softly, as a model would say it of those that may be. */
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import type { AutoBeDatabase, IArrange } from "../../src/phases/2-database/ast.js";
import { checkArrange } from "../../src/phases/2-database/check/arrange.js";
import { applyArrange } from "../../src/phases/2-database/merge.js";

export const soften = (
  choices: readonly number[],
  analyze: AutoBeAnalyze.IApplication,
  draft: AutoBeDatabase.IApplication,
): AutoBeDatabase.IApplication => {
  if (choices.length === 0) return draft;
  const possible = draft.files.flatMap(({ namespace, models }) =>
    models
      .map(({ name, stance }) => ({ namespace, answer: softly(name, stance) }))
      .filter(({ answer }) => checkArrange({ analyze, draft, namespace, obligations: [] }, answer).length === 0),
  );
  return choices
    .flatMap((choice) => possible[choice % possible.length] ?? [])
    .reduce((database, { namespace, answer }) => applyArrange(database, namespace, answer).database, draft);
};

const softly = (name: string, stance: AutoBeDatabase.Stance): IArrange => ({
  plan: "Chance.",
  tables: [{ name, note: "Others keep a record.", stance: stance as "primary", composed: false, softDelete: true }],
  relations: [],
  unserved: [],
});
