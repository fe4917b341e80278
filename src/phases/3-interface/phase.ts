/** From tables and permissions to the contract: the derived draft, then differences aggregate by aggregate. */
import type { Asker } from "../../base/asker.js";
import type { Outcome } from "../../base/task.js";
import type { AutoBeAnalyze } from "../1-analyze/ast.js";
import type { AutoBeDatabase } from "../2-database/ast.js";
import { aggregatesOf } from "../2-database/notation.js";
import type { AutoBeOpenApi } from "./ast.js";
import { checkAmend } from "./check.js";
import { deriveInterface } from "./derive/derive.js";
import { applyAmend } from "./merge.js";
import { obligationsOf } from "./obligations.js";
import { amendTask } from "./prompt.js";

export interface Contracted {
  document: AutoBeOpenApi.IDocument;
  /** What did not survive, task by task. */
  dropped: ({ task: string } & Outcome["dropped"][number])[];
}

export const contract = async (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  asker: Asker,
): Promise<Contracted> => {
  const draft = deriveInterface(analyze, database);
  const all = aggregatesOf(database);
  const asked = all.filter(
    (aggregate) =>
      aggregate.models.some((model) => model.stance !== "actor") ||
      obligationsOf(analyze, database, draft, aggregate, all).length !== 0,
  );
  const tasks = asked.map((aggregate) => amendTask(analyze, database, draft, aggregate, all, asker));
  const outcomes = await asker.askAll(tasks);
  const dropped: Contracted["dropped"] = [];
  let document = draft;
  outcomes.forEach((outcome, index) => {
    dropped.push(...outcome.dropped.map((one) => ({ task: tasks[index]!.key, ...one })));
    if (outcome.answer === null) return;
    // An earlier answer may have taken a route or a name that this one takes too: the later key gives way.
    const clashes = checkAmend(
      { database, document, operations: document.operations, obligations: [] },
      outcome.answer,
    ).filter((one) => one.code.startsWith("INTERFACE.DUPLICATE"));
    const taken = new Set(clashes.map((one) => Number(/operations\[(\d+)\]/.exec(one.path)?.[1] ?? -1)));
    dropped.push(
      ...clashes.map((one) => ({ task: tasks[index]!.key, path: one.path, value: one.message, diagnostics: [one] })),
    );
    document = applyAmend(analyze, database, document, {
      ...outcome.answer,
      operations: outcome.answer.operations.filter((_, place) => !taken.has(place)),
    });
  });
  return { document, dropped };
};
