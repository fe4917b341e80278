/** A rate limit holds back the whole endpoint, not only the request that ran into it. */
import { expect, test } from "vitest";
import type { Heard, Scene } from "../fake-endpoint.js";
import { call, json, text } from "../fake-endpoint.js";
import { ARGS, meet } from "./meet.js";

const ask = (name: string) => ({ messages: [{ role: "user" as const, content: name }] });
const nameOf = ({ body }: Heard): string => body["messages"][0].content;

/** The first request of `who` is answered by a scene, everything else by a call, each after 30 ms. */
const once = (who: string, scene: Scene) => {
  const times: { name: string; at: number }[] = [];
  let played = false;
  const play: Scene = async (response, heard) => {
    times.push({ name: nameOf(heard), at: performance.now() });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const isFirst = nameOf(heard) === who && !played;
    if (isFirst) played = true;
    await (isFirst ? scene : call(ARGS))(response, heard);
  };
  return { times, play };
};

/** The endpoint has refused, and whoever was refused knows. */
const refused = async (notices: string[]): Promise<void> => {
  while (notices.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
};

const limited = json(429, { error: { message: "slow down" } }, { "retry-after-ms": "400" });

test("while one waits out a 429 nobody else fires", async () => {
  const { times, play } = once("a", limited);
  const { ask: send, notices } = await meet([play]);
  const first = send(ask("a"));
  await refused(notices);
  await Promise.all([first, ...["b", "c", "d"].map((name) => send(ask(name)))]);
  expect(times.slice(1).every(({ at }) => at - times[0]!.at >= 400)).toBe(true);
  expect(times).toHaveLength(5);
});

test("and when the wait is over, one goes first: only it runs into the next limit", async () => {
  let [limits, inside] = [4, 0];
  const together: number[] = [];
  const { ask: send, notices } = await meet([
    async (response, heard) => {
      ++inside;
      await new Promise((resolve) => setTimeout(resolve, 20));
      const isLimited = limits-- > 0;
      if (isLimited) together.push(inside);
      --inside;
      await (isLimited ? json(429, {}, { "retry-after-ms": "50" }) : call(ARGS))(response, heard);
    },
  ]);
  const first = send(ask("a"));
  await refused(notices);
  await Promise.all([first, ...["b", "c", "d", "e", "f", "g"].map((name) => send(ask(name)))]);
  expect(together).toEqual([1, 1, 1, 1]);
});

test("a server error holds back nobody", async () => {
  const { times, play } = once("a", text(500, "boom"));
  const { ask: send, notices } = await meet([play], { retries: { most: 3, first: 600, loading: 0 } });
  const first = send(ask("a"));
  await refused(notices);
  await Promise.all([first, send(ask("b"))]);
  expect(times.map(({ name }) => name)).toEqual(["a", "b", "a"]);
});

test("an interruption ends the waiting", async () => {
  const { ask: send, notices } = await meet([json(429, {}, { "retry-after": "60" })]);
  const controller = new AbortController();
  const first = send(ask("a"), controller.signal);
  await refused(notices);
  const all = [first, send(ask("b"), controller.signal)];
  setTimeout(() => controller.abort(), 100);
  const started = performance.now();
  for (const one of await Promise.allSettled(all)) expect(one).toMatchObject({ status: "rejected" });
  expect(performance.now() - started).toBeLessThan(1_000);
});
