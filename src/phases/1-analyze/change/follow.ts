/** One change of the request, followed through outline and modules: only the modules that it touches are asked again. */
import type { Asker } from "../../../base/asker.js";
import { Failure } from "../../../base/mishap.js";
import type { Outcome } from "../../../base/task.js";
import type { IChange, IModuleAnswer, IOutline } from "../ast.js";
import { mergeAnalysis } from "../merge.js";
import { passagesOf } from "../prompt.js";
import { settleAnalysis } from "../settle.js";
import { changedOutline } from "./outline.js";
import { changedModuleTask, changeTask } from "./prompt.js";
import { removed } from "./remove.js";
import { type Renamed, renamed, renamesOf } from "./rename.js";

/** What is known after the request and each change of it. */
export interface Described {
  outline: IOutline;
  /** Of the request and of all changes so far. */
  passages: string[];
  /** Answers by module; a module without one said nothing usable. */
  answers: ReadonlyMap<string, IModuleAnswer>;
  /** What did not survive, by task. */
  dropped: ReadonlyMap<string, Outcome["dropped"]>;
  /** What each change renamed. */
  renames: Renamed[][];
}

export const followChange = async (before: Described, request: string, asker: Asker): Promise<Described> => {
  const fresh = passagesOf(request);
  const passages = [...before.passages, ...fresh];
  const numbers = fresh.map((_, index) => before.passages.length + index + 1);
  const { analyze } = settleAnalysis(analysisOf(before));
  const task = changeTask(
    before.renames.length + 1,
    { outline: before.outline, analyze, passages: numbers },
    passages,
    asker,
  );
  const { answer: change, dropped } = await asker.ask(task);
  if (change === null)
    throw new Failure(
      "ANALYZE.NO_CHANGE",
      "The model could not say what the change touches.",
      "Try a more capable model, then `autobe resume DIR`.",
    );
  const outline = changedOutline(before.outline, change);
  const old = [...before.answers.values()];
  const renames = renamesOf(old, change);
  const answers = new Map(
    [...before.answers]
      .filter(([name]) => outline.modules.some((module) => module.name === name))
      .map(([name, answer]) => [name, renamed(removed(answer, change.removals), old, renames)]),
  );
  const losses = new Map(before.dropped).set(task.key, [...dropped, ...unservedOf(change)]);
  const tasks = change.modules
    .filter(({ name }) => outline.modules.some((module) => module.name === name))
    .map(({ name }) =>
      changedModuleTask(outline, name, answers.get(name) ?? null, { all: passages, fresh: numbers }, asker),
    );
  const outcomes = await asker.askAll(tasks);
  outcomes.forEach((outcome, index) => {
    const { key } = tasks[index]!;
    if (outcome.answer !== null) answers.set(key.slice(key.indexOf(":") + 1), outcome.answer);
    losses.set(key, outcome.dropped);
  });
  return { outline, passages, answers, dropped: losses, renames: [...before.renames, renames] };
};

export const analysisOf = ({ outline, answers }: Pick<Described, "outline" | "answers">) =>
  mergeAnalysis(
    outline,
    outline.modules.map((module) => answers.get(module.name) ?? null),
  ).analyze;

/** A change that changes nothing is told. */
const unservedOf = ({ actors, modules, renames, removals, unserved }: IChange): Outcome["dropped"] =>
  [actors, modules, renames, removals].some((list) => list.length !== 0)
    ? []
    : unserved.map((one, index) => ({
        path: `$input.unserved[${index}]`,
        value: one,
        diagnostics: [{ code: "ANALYZE.CHANGE_UNSERVED", path: `$input.unserved[${index}]`, message: one.reason }],
      }));
