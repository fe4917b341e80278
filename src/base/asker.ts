/** What a phase is handed: somebody who asks the model, and the prompts. */
import type { Outcome, Task } from "./task.js";

export interface Asker {
  ask<Answer extends object>(task: Task<Answer>): Promise<Outcome<Answer>>;
  /** Asks a wave of independent tasks; outcomes in the order of the tasks. */
  askAll<Answer extends object>(tasks: readonly Task<Answer>[]): Promise<Outcome<Answer>[]>;
  /** Renders `prompts/<name>.md` with exactly the placeholders it has. */
  render(name: string, values: Record<string, string>): string;
}
