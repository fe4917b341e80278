/** From a request in words to requirements as data: one outline, then all modules at once. */
import type { Asker } from "../../base/asker.js";
import { Failure } from "../../base/mishap.js";
import type { Outcome } from "../../base/task.js";
import type { AutoBeAnalyze } from "./ast.js";
import { mergeAnalysis } from "./merge.js";
import { moduleTask, outlineTask, passagesOf } from "./prompt.js";
import { settleAnalysis } from "./settle.js";

export interface Analyzed {
  analyze: AutoBeAnalyze.IApplication;
  /** What did not survive, task by task; last what did not fit together. */
  dropped: ({ task: string } & Outcome["dropped"][number])[];
}

export const analyze = async (request: string, asker: Asker): Promise<Analyzed> => {
  const passages = passagesOf(request);
  if (passages.length === 0)
    throw new Failure("ANALYZE.REQUEST_EMPTY", "The request has no words.", "Say in a sentence what the service does.");
  const outlined = await asker.ask(outlineTask(passages, asker));
  const outline = outlined.answer;
  if (outline === null)
    throw new Failure(
      "ANALYZE.NO_OUTLINE",
      "The model gave no usable outline of the service.",
      "Try a more capable model, or say the request more plainly.",
    );
  const tasks = outline.modules.map((module) => moduleTask(outline, module, passages, asker));
  const outcomes = await asker.askAll(tasks);
  const merged = mergeAnalysis(
    outline,
    outcomes.map(({ answer }) => answer),
  );
  const settled = settleAnalysis(merged.analyze);
  if (settled.analyze.modules.every((module) => module.entities.length === 0))
    throw new Failure(
      "ANALYZE.NO_ENTITIES",
      "Nothing is left of the analysis: the model described no entity that holds together.",
      "Try a more capable model, or say in the request what the service stores.",
    );
  const tagged = (task: string, dropped: Outcome["dropped"]) => dropped.map((one) => ({ task, ...one }));
  return {
    analyze: settled.analyze,
    dropped: [
      ...tagged("analyze/outline", outlined.dropped),
      ...outcomes.flatMap(({ dropped }, index) => tagged(tasks[index]!.key, dropped)),
      ...tagged("analyze/merge", settled.dropped),
    ],
  };
};
