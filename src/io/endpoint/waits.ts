/** How long a server asks to be left alone, in whichever header or words it says so. */
import { memberOf } from "./saying.js";

/** Milliseconds; null where nothing is said. At most two minutes are waited at a time. */
export const waitOf = (headers: Headers, text: string): number | null => {
  const waits = [retryAfterMilliseconds, retryAfter, reset, delayInBody];
  for (const read of waits) {
    const wait = read(headers, text);
    if (wait !== null && Number.isFinite(wait)) return Math.min(Math.max(wait, 0), LONGEST);
  }
  return null;
};

const LONGEST = 120_000;

type Read = (headers: Headers, text: string) => number | null;

const retryAfterMilliseconds: Read = (headers) => {
  const said = headers.get("retry-after-ms");
  return said === null ? null : Number(said);
};

/** Seconds, or a date. */
const retryAfter: Read = (headers) => {
  const said = headers.get("retry-after")?.trim();
  if (said === undefined || said === "") return null;
  const seconds = Number(said.replace(/s$/, ""));
  return Number.isFinite(seconds) ? seconds * 1000 : Date.parse(said) - Date.now();
};

/** `x-ratelimit-reset-tokens: 1m2.5s`, of the limits that are used up; of all where none says so. */
const reset: Read = (headers) => {
  const limits = [...headers].flatMap(([name, value]) => {
    const kind = /^x-ratelimit-reset(-.+)?$/.exec(name);
    const wait = kind === null ? null : durationOf(value);
    return kind === null || wait === null ? [] : [{ wait, left: headers.get(`x-ratelimit-remaining${kind[1] ?? ""}`) }];
  });
  const spent = limits.filter(({ left }) => left !== null && Number(left) <= 0);
  const relevant = spent.length > 0 ? spent : limits;
  return relevant.length === 0 ? null : Math.max(...relevant.map(({ wait }) => wait));
};

/** Gemini says it in the body: `{"retryDelay": "34s"}`. */
const delayInBody: Read = (_, text) => {
  const details = memberOf(text, "details");
  const said = Array.isArray(details)
    ? details.map((one: { retryDelay?: unknown } | null) => one?.retryDelay).find((one) => typeof one === "string")
    : undefined;
  return said === undefined ? null : durationOf(said);
};

/** `1m2.5s`, `7s`, `20ms`, seconds alone, or a moment in seconds or milliseconds since 1970. */
const durationOf = (text: string): number | null => {
  const number = Number(text);
  if (text.trim() !== "" && Number.isFinite(number)) {
    if (number > 1e12) return number - Date.now();
    return number > 1e9 ? number * 1000 - Date.now() : number * 1000;
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|d|h|m|s)/g)];
  if (parts.length === 0) return Date.parse(text) - Date.now();
  return parts.reduce((sum, part) => sum + Number(part[1]) * UNITS[part[2]!]!, 0);
};

const UNITS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
