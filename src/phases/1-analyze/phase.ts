/** From a request in words to requirements as data: one outline, then all modules at once; then what later changes touch. */
import type { Asker } from "../../base/asker.js";
import { Failure } from "../../base/mishap.js";
import type { Outcome } from "../../base/task.js";
import type { AutoBeAnalyze, IModuleAnswer } from "./ast.js";
import { analysisOf, type Described, followChange } from "./change/follow.js";
import type { Renamed } from "./change/rename.js";
import { moduleTask, outlineTask, passagesOf } from "./prompt.js";
import { settleAnalysis } from "./settle.js";
import { bringTogether } from "./together.js";

export interface Analyzed {
  analyze: AutoBeAnalyze.IApplication;
  /** What did not survive, task by task; last what did not fit together. */
  dropped: ({ task: string } & Outcome["dropped"][number])[];
  /** What each change renamed. */
  renames: Renamed[][];
}

/** `changes` are what was asked for after the request, in order. */
export const analyze = async (request: string, asker: Asker, changes: readonly string[] = []): Promise<Analyzed> => {
  let described = await bringTogether(await describe(request, asker), asker);
  for (const change of changes) described = await bringTogether(await followChange(described, change, asker), asker);
  const settled = settleAnalysis(analysisOf(described));
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
      ...[...described.dropped].flatMap(([task, dropped]) => tagged(task, dropped)),
      ...tagged("analyze/merge", settled.dropped),
    ],
    renames: described.renames,
  };
};

const describe = async (request: string, asker: Asker): Promise<Described> => {
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
  const answers = outline.modules.map(({ name }, index) => [name, outcomes[index]!.answer] as const);
  return {
    outline,
    passages,
    answers: new Map(answers.filter((entry): entry is [string, IModuleAnswer] => entry[1] !== null)),
    dropped: new Map([
      ["analyze/outline", outlined.dropped],
      ...outcomes.map(({ dropped }, index) => [tasks[index]!.key, dropped] as const),
    ]),
    renames: [],
  };
};
