/** Asks nobody: every task keeps its draft. */
import type { Asker } from "../base/asker.js";
import { render } from "../base/render.js";
import type { Outcome, Task } from "../base/task.js";
import { type Prompts, promptOf } from "./feedback.js";

export const createSilence = (prompts: Prompts): Asker => ({
  ask: async () => KEPT,
  askAll: async <Answer extends object>(tasks: readonly Task<Answer>[]) => tasks.map(() => KEPT),
  render: (name, values) => render(promptOf(prompts, name), values),
});

const KEPT: Outcome<never> = { answer: null, dropped: [], attempts: 0, reused: false };
