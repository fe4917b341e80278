/** The only source of "now", so that tests can travel in time. */
import { config } from "./config";

let offset = 0;

export const clock = {
  now: (): Date => new Date(Date.now() + offset),

  /** Moves the clock; only tests may. */
  shift: (milliseconds: number): void => {
    if (config.mode !== "test") throw new Error("Only tests may shift the clock.");
    offset += milliseconds;
  },

  reset: (): void => {
    offset = 0;
  },
};
