/** How the world's silence is waited out. The model's mistakes are none of its business. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Options } from "p-retry";
import { Outage } from "../../base/mishap.js";

export interface Retries {
  /** Tries after the first. */
  most: number;
  /** First wait in milliseconds; doubles. */
  first: number;
  /** Longest time in milliseconds that a model may take to load. */
  loading: number;
  /** Milliseconds between two looks at a loading model; two seconds by default. */
  poll?: number;
}

export const HOUSE_RETRIES: Retries = { most: 4, first: 1_000, loading: 600_000 };

/** Milliseconds between two looks at a model that is loading. */
export const POLL = 2_000;

export const patiently = (retries: Retries, signal: AbortSignal, notice: (text: string) => void): Options => {
  const started = performance.now();
  let stalls = 0;
  return {
    retries: retries.most,
    minTimeout: retries.first,
    maxTimeout: 30_000,
    randomize: true,
    signal,
    shouldRetry: ({ error }) => {
      if (!(error instanceof Outage) || !error.retryable || signal.aborted) return false;
      if (error.code === "ENDPOINT.LOADING") return performance.now() - started < retries.loading;
      if (error.code === "ENDPOINT.STALLED") return ++stalls < 2;
      return true;
    },
    shouldConsumeRetry: ({ error }) => !isLoading(error),
    onFailedAttempt: async ({ error, retriesLeft }) => {
      if (!(error instanceof Outage) || !error.retryable || retriesLeft === 0) return;
      const wait = isLoading(error) ? (retries.poll ?? POLL) : error.retryAfter;
      notice(
        `${error.message.replace(/[^.!?…]$/, "$&.")} ${wait === null ? "Trying again." : `Trying again in ${Math.ceil(wait / 1000)} s.`}`,
      );
      if (wait !== null) await sleep(wait, undefined, { signal });
    },
  };
};

const isLoading = (error: Error): boolean => error instanceof Outage && error.code === "ENDPOINT.LOADING";
