/** F3: too many requests. What the server asks for is waited, shown, and capped; no money is no reason to wait. */
import { expect } from "vitest";
import { call, json, type Scene } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

/** Says when it was asked, and that it was too soon. */
const limited = (times: number[], headers: Record<string, string>, body: unknown, status = 429): Scene => {
  const scene = json(status, body, headers);
  return (response, heard) => {
    times.push(performance.now());
    return scene(response, heard);
  };
};

const WAIT = 300;

const waited = (
  title: string,
  headers: Record<string, string>,
  body: unknown = { error: { message: "slow down" } },
  status = 429,
): FailureScenario => {
  const times: number[] = [];
  return {
    title,
    scenes: [
      limited(times, headers, body, status),
      (response, heard) => {
        times.push(performance.now());
        return call(RIGHT)(response, heard);
      },
    ],
    expect: ({ outcome, notices }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(WAIT - 20);
      expect(times[1]! - times[0]!).toBeLessThan(10 * WAIT);
      expect(notices).toEqual([expect.stringMatching(/429: slow down\. Trying again in 1 s\./)]);
    },
  };
};

const final = (title: string, scene: Scene): FailureScenario => ({
  title,
  scenes: [scene],
  expect: ({ mishap, chats }) => {
    expect(mishap).toMatchObject({ name: "Failure", code: "ENDPOINT.NO_CREDIT" });
    expect(chats).toHaveLength(1);
  },
});

export const scenario: FailureScenario[] = [
  waited("retry-after-ms", { "retry-after-ms": String(WAIT), "retry-after": "9" }),
  waited("retry-after in seconds", { "retry-after": "0.3" }),
  waited("a duration of Groq", {
    "x-ratelimit-reset-tokens": "0m0.3s",
    "x-ratelimit-remaining-tokens": "0",
    "x-ratelimit-reset-requests": "23h59m1.5s",
    "x-ratelimit-remaining-requests": "999",
  }),
  waited("milliseconds", { "x-ratelimit-reset-requests": "300ms" }),
  waited("Gemini's delay in the body", {}, [
    {
      error: {
        code: 429,
        message: "slow down",
        details: [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "0.3s" }],
      },
    },
  ]),
  {
    title: "it never ends",
    scenes: [json(429, { error: { message: "slow down" } })],
    expect: ({ mishap, chats }) => {
      expect(mishap).toMatchObject({ name: "Outage", code: "ENDPOINT.RATE_LIMITED" });
      expect(chats).toHaveLength(4);
    },
  },
  final("the quota is used up", json(429, { error: { code: "insufficient_quota", message: "check your plan" } })),
  final("payment is required", json(402, { error: { message: "Insufficient Balance" } })),
];
