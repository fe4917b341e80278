/** Ctrl-C once drains the run; twice ends it at once. */
import type { Talk } from "../base/talk.js";

export interface Interruption {
  signal: AbortSignal;
  /** Gives the signals back to Node. */
  release(): void;
}

/** `code` is what the process leaves with at the second signal. */
export const onInterruption = (talk: Talk, code: number): Interruption => {
  const controller = new AbortController();
  let first = 0;
  const handle = (): void => {
    if (!controller.signal.aborted) {
      first = performance.now();
      talk.now("stopping; once more to leave at once");
      controller.abort();
    } else if (performance.now() - first > ECHO) process.exit(code);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, handle);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, handle);
    },
  };
};

/** Milliseconds in which a second signal is the first one, which npx passes on although the terminal sent it to all. */
const ECHO = 150;
