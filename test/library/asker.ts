/** An asker that knows its answers by heart; a task it does not know gets an empty answer, which keeps the draft. */
import { readFileSync } from "node:fs";
import type { Asker } from "../../src/base/asker.js";
import { render } from "../../src/base/render.js";
import type { Outcome, Task } from "../../src/base/task.js";

export interface Known extends Asker {
  /** Tasks in the order in which they were asked. */
  readonly asked: Task[];
}

export const answering = (answers: Record<string, object | null>): Known => {
  const asked: Task[] = [];
  const ask = async <Answer extends object>(task: Task<Answer>): Promise<Outcome<Answer>> => {
    asked.push(task as unknown as Task);
    const answer = (Object.hasOwn(answers, task.key) ? answers[task.key] : silence(task)) as Answer | null;
    return { answer, dropped: [], attempts: 1, reused: false };
  };
  return {
    asked,
    ask,
    askAll: (tasks) => Promise.all(tasks.map(ask)),
    render: (name, values) =>
      render(readFileSync(new URL(`../../prompts/${name}.md`, import.meta.url), "utf8"), values),
  };
};

const silence = (task: Pick<Task<never>, "lists">): object => ({
  plan: "Nothing to change.",
  ...Object.fromEntries(Object.keys(task.lists).map((key) => [key, []])),
});
