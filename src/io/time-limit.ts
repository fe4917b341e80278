/** The time budget of a command as a signal: it is aborted when the user interrupts, or when the time is spent. */
import { Failure } from "../base/mishap.js";

export interface TimeLimit {
  signal: AbortSignal;
  /** What to throw for a mishap: many things break when a signal is aborted, and one of them is the reason. */
  reasonOf(mishap: unknown): unknown;
  release(): void;
}

/** `seconds` null for no limit. */
export const limitTime = (seconds: number | null, interruption: AbortSignal): TimeLimit => {
  const controller = new AbortController();
  const end = (): void => controller.abort(spent(seconds!));
  const timer = seconds === null ? undefined : setTimeout(end, seconds * 1000);
  return {
    signal: AbortSignal.any([interruption, controller.signal]),
    reasonOf: (mishap) =>
      controller.signal.aborted && !interruption.aborted ? (controller.signal.reason as Failure) : mishap,
    release: () => clearTimeout(timer),
  };
};

const spent = (seconds: number): Failure =>
  new Failure(
    "HARNESS.TIME_SPENT",
    `The time budget of ${seconds} s is spent before the run has come to its end.`,
    "Continue with `autobe resume DIR`, which may be given a --time-budget of its own; what was answered is kept.",
  );
