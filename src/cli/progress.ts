/** Turns what happens to tasks into the live line, and into kept lines where something was dropped. */
import type { Talk } from "../base/talk.js";
import type { AskEvent } from "../harness/ask.js";

export const createProgress = (talk: Talk): ((event: AskEvent) => void) => {
  const open = new Map<string, number>();
  let ended = 0;
  const draw = (): void => {
    const [first, ...rest] = open;
    if (first === undefined) talk.now(null);
    else {
      const [task, attempt] = first;
      const more = rest.length > 0 ? ` and ${rest.length} more` : "";
      talk.now(`asking ${task}${attempt > 1 ? ` (reply ${attempt})` : ""}${more} · ${ended} answered`);
    }
  };
  return (event) => {
    if (event.kind === "asked") open.set(event.task, event.attempt);
    if (event.kind === "ended") {
      open.delete(event.task);
      ++ended;
      const after = `after ${event.attempts} ${event.attempts === 1 ? "reply" : "replies"}`;
      if (!event.answered) talk.warn(`${event.task}: no usable answer ${after}`);
      else if (event.dropped > 0) talk.warn(`${event.task}: ${event.dropped} dropped ${after}`);
    }
    draw();
  };
};
