/** Whether an endpoint is fit for a run, and what the user has to know or to do. */
import type { Failure, Outage } from "../../base/mishap.js";
import { HOUSE_WINDOW, said, widen } from "../../io/endpoint/fit.js";
import type { Window } from "../../io/endpoint/window.js";
import type { Examination, Trial } from "./examine.js";

export interface Verdict {
  fit: boolean;
  /** Why not; empty where it is. */
  because: string;
  /** What to do about it; empty where it is fit. */
  next: string;
  /** What will be worse than it might be. */
  limits: string[];
}

/** The first prompt of a task and its answer: with less, next to nothing is answered. */
const LEAST_WINDOW = 8_192;

export const judgeExamination = (found: Examination, window: Window, model: string): Verdict => {
  const { sum, real, mishap } = found;
  if (window.tokens !== null && window.tokens < LEAST_WINDOW)
    return unfit(
      `a request has ${said(window.tokens)} tokens there, and needs ${said(HOUSE_WINDOW)}.`,
      widen(window, model),
    );
  if (mishap !== null) return stopped(mishap);
  if (sum !== null && !sum.right) return misunderstood(sum, window);
  if (real !== null && !real.right)
    return unfit(`it does not get a real function right in ${real.replies} replies: ${real.wrong}.`, ANOTHER);
  return { fit: true, because: "", next: "", limits: limitsOf(found, window, model) };
};

/** Where the endpoint itself stood in the way. */
export const stopped = (mishap: Failure | Outage): Verdict => unfit(`${mishap.message} [${mishap.code}]`, mishap.next);

const unfit = (because: string, next: string): Verdict => ({ fit: false, because, next, limits: [] });

const ANOTHER = "Choose a more capable model.";

const misunderstood = (sum: Trial, { knowsTools }: Window): Verdict => {
  if (knowsTools === false && !sum.called)
    return unfit(
      `the model's chat template has no place for tools; it said: ${cut(sum.said)}`,
      "Start the server with a chat template that has one (llama-server --jinja --chat-template-file), or choose another model.",
    );
  if (!sum.called) return unfit(`it calls no function; it said: ${cut(sum.said)}`, ANOTHER);
  return unfit(`it does not understand: asked for 19 + 23, it filled ${cut(sum.said)}`, ANOTHER);
};

const limitsOf = ({ sum, formula, real, streamed }: Examination, window: Window, model: string): string[] => {
  const limits: string[] = [];
  if (window.tokens === null)
    limits.push(`its window is not known; see that a request has ${said(HOUSE_WINDOW)} tokens.`);
  else if (window.tokens < HOUSE_WINDOW)
    limits.push(`larger tasks need a window of ${said(HOUSE_WINDOW)} tokens. ${widen(window, model)}`);
  const more = Math.max(real?.replies ?? 1, sum?.replies ?? 1) - 1;
  if (more > 0)
    limits.push(`it was right with ${more === 1 ? "one attempt" : `${more} attempts`} more; expect as many in a run.`);
  if (formula?.right === false) limits.push("it nests values wrongly, so custom operations may be left out.");
  if (streamed === false) limits.push("it does not stream, so a slow answer may be cut off on its way.");
  return limits;
};

/** A piece of what a model said, for a line. */
export const cut = (text: string): string => {
  const shown = text === "" ? "nothing" : text;
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown;
};
