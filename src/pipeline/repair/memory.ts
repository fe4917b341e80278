/** Remembers what was answered in a run, so that tests and implementation can be made again from amended answers without a call. */
import type { Asker } from "../../base/asker.js";
import { Bug } from "../../base/mishap.js";
import type { Outcome, Task } from "../../base/task.js";

export interface Answered {
  task: Task;
  outcome: Outcome;
}

/** Key of a task → what was asked and what was answered. */
export type Memory = ReadonlyMap<string, Answered>;

/** Key of a task → the answer that takes the place of the remembered one. */
export type Amended = ReadonlyMap<string, object>;

/** Asks through the asker given, and keeps what it hears. */
export const remembering = (asker: Asker): { asker: Asker; memory: Memory } => {
  const memory = new Map<string, Answered>();
  const askAll: Asker["askAll"] = async (tasks) => {
    const outcomes = await asker.askAll(tasks);
    tasks.forEach((task, i) => {
      memory.set(task.key, { task: task as unknown as Task, outcome: outcomes[i]! });
    });
    return outcomes;
  };
  return { memory, asker: { askAll, ask: async (task) => (await askAll([task]))[0]!, render: asker.render } };
};

/** Answers from memory; what was amended counts as whole. */
export const recalling = (memory: Memory, amended: Amended, { render }: Pick<Asker, "render">): Asker => {
  const ask: Asker["ask"] = async <Answer extends object>({ key }: Task<Answer>): Promise<Outcome<Answer>> => {
    const known = memory.get(key);
    if (known === undefined) throw new Bug(`Nothing was answered to ${key} that could be recalled.`);
    const next = amended.get(key);
    const outcome = next === undefined ? known.outcome : { ...known.outcome, answer: next, dropped: [] };
    return outcome as Outcome<Answer>;
  };
  return { ask, askAll: (tasks) => Promise.all(tasks.map(ask)), render };
};

/** Answers from memory, too, but asks again what does not fit any more, or was never asked: for after the contract was amended. */
export const following = (memory: Memory, amended: Amended, asker: Asker): Asker => {
  const recalled = recalling(memory, amended, asker);
  const ask: Asker["ask"] = async <Answer extends object>(task: Task<Answer>): Promise<Outcome<Answer>> => {
    const key = `${task.key}/repair-0`;
    if (!memory.has(task.key)) return asker.ask({ ...task, key });
    const known = await recalled.ask(task);
    const { answer } = known;
    const diagnostics = answer === null || known.dropped.length > 0 ? [] : task.check(answer);
    if (answer === null || diagnostics.length === 0) return known;
    const shown = { shown: task.shown, answer, diagnostics };
    const next = await asker.ask({ ...task, key, shown, standing: { answer, diagnostics } });
    return next.answer === null || next.dropped.length > 0 ? known : next;
  };
  return { ask, askAll: (tasks) => Promise.all(tasks.map(ask)), render: asker.render };
};

/** The answer as it stands; null where there is none. */
export const answerTo = <Answer extends object>(memory: Memory, amended: Amended, key: string): Answer | null =>
  (amended.get(key) ?? memory.get(key)?.outcome.answer ?? null) as Answer | null;
