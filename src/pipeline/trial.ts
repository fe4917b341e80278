/** A task of a real run, small enough to try a model on. */
import type { Asker } from "../base/asker.js";
import type { Task } from "../base/task.js";
import { outlineTask, passagesOf } from "../phases/1-analyze/prompt.js";

/** The outline of a service that is described in a few sentences. */
export const trialTask = (asker: Asker): Task => outlineTask(passagesOf(REQUEST), asker) as unknown as Task;

const REQUEST =
  "A notice board for a village. Villagers sign up and post notices with a title and a text. " +
  "Everybody may read notices without an account. Only its author changes or removes a notice. " +
  "Villagers may answer a notice with replies.";
