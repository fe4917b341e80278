/** How a command ends: the exit code, and the one message that says what to do. */

import { Failure, Outage } from "../base/mishap.js";
import type { Talk } from "../base/talk.js";

/** Documented in README: what each code means to a caller. */
export const EXIT = { done: 0, bug: 1, failure: 2, outage: 3, gate: 4, interrupted: 130 } as const;

/** Tells the mishap and answers its exit code. `out` is the folder to resume, where there is one. */
export const tell = (mishap: unknown, talk: Talk, signal: AbortSignal, out: string | null): number => {
  talk.now(null);
  const kept = out === null ? "" : `\nContinue with: autobe resume ${out}`;
  if (signal.aborted) {
    talk.warn(`Interrupted. ${out === null ? "Nothing was written." : "Everything answered so far is kept."}${kept}`);
    return EXIT.interrupted;
  }
  if (mishap instanceof Failure) {
    const next = out === null ? mishap.next : mishap.next.replaceAll("resume DIR", `resume ${out}`);
    talk.fail(`${mishap.message} [${mishap.code}]\n${next}`);
    return EXIT.failure;
  }
  if (mishap instanceof Outage) {
    talk.fail(`${mishap.message} [${mishap.code}]\n${mishap.next}${kept}`);
    return EXIT.outage;
  }
  const stack = mishap instanceof Error ? (mishap.stack ?? mishap.message) : String(mishap);
  talk.fail(`This is a mistake of autobe, not of yours. Please report it with what follows.\n${stack}${kept}`);
  return EXIT.bug;
};
