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
  const handle = (): void => {
    if (controller.signal.aborted) process.exit(code);
    talk.now("stopping; once more to leave at once");
    controller.abort();
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
