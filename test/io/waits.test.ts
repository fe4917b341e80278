/** How long a server asks to be left alone, in each of the ways it may say so. */
import { describe, expect, test } from "vitest";
import { waitOf } from "../../src/io/endpoint/waits.js";

const about = (milliseconds: number) => expect.closeTo(milliseconds, -3.4); // within about a second

describe("the wait a rate limit asks for", () => {
  test.each<[string, Record<string, string>, unknown]>([
    ["milliseconds before seconds", { "retry-after-ms": "1500", "retry-after": "9" }, 1_500],
    ["seconds", { "retry-after": "7" }, 7_000],
    ["seconds with a unit", { "retry-after": "7s" }, 7_000],
    ["a date", { "retry-after": new Date(Date.now() + 30_000).toUTCString() }, about(30_000)],
    ["a date that has passed", { "retry-after": new Date(0).toUTCString() }, 0],
    ["an hour, capped", { "retry-after": "3600" }, 120_000],
    ["a duration", { "x-ratelimit-reset-requests": "1m2.5s" }, 62_500],
    ["of two limits the one used up", limits("7s", "0", "2h", "500"), 7_000],
    ["of two limits used up the longer", limits("7s", "0", "9s", "0"), 9_000],
    ["seconds till reset", { "x-ratelimit-reset": "12" }, 12_000],
    ["a moment in seconds", { "x-ratelimit-reset": String(Math.round(Date.now() / 1000) + 20) }, about(20_000)],
    ["a moment in milliseconds", { "x-ratelimit-reset": String(Date.now() + 20_000) }, about(20_000)],
    ["nothing", {}, null],
    ["nonsense", { "retry-after": "soon" }, null],
  ])("%s", (_, headers, wait) => {
    expect(waitOf(new Headers(headers), "")).toEqual(wait);
  });

  test("stands in Gemini's body", () => {
    const body = [{ error: { details: [{ "@type": "Help" }, { "@type": "RetryInfo", retryDelay: "34.5s" }] } }];
    expect(waitOf(new Headers(), JSON.stringify(body))).toBe(34_500);
  });
});

function limits(tokens: string, tokensLeft: string, requests: string, requestsLeft: string): Record<string, string> {
  return {
    "x-ratelimit-reset-tokens": tokens,
    "x-ratelimit-remaining-tokens": tokensLeft,
    "x-ratelimit-reset-requests": requests,
    "x-ratelimit-remaining-requests": requestsLeft,
  };
}
