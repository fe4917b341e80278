/** How a wave of tasks shares one endpoint: how many at once, who first, and what the server has read already. */
import { describe, expect, test } from "vitest";
import type { ChatRequest, Endpoint } from "../../src/base/endpoint.js";
import { createHarness, type HarnessOptions } from "../../src/harness/harness.js";
import { answerOf, column, memory, options, owner, replyOf, sample } from "./sample.js";

const right = answerOf([owner]);

/** Answers after 20 ms and remembers who was there at once. */
const slow = (replies: (request: ChatRequest) => unknown = () => right, changes: Partial<Endpoint> = {}) => {
  const began: string[] = [];
  const inside = new Set<string>();
  const together: string[][] = [];
  const endpoint: Endpoint = {
    model: "toy",
    complete: async (request) => {
      began.push(request.task);
      inside.add(request.task);
      together.push([...inside]);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside.delete(request.task);
      return replyOf(replies(request));
    },
    ...changes,
  };
  const most = (): number => Math.max(...together.map((one) => one.length));
  return { endpoint, began, together, most };
};

const tasks = (keys: string, system = "You design tables.") =>
  [...keys].map((key) => sample({ key, shown: key, user: key, system }));

const wave = (endpoint: Endpoint, changes: Partial<HarnessOptions> = {}) =>
  createHarness(options({ connect: async () => endpoint, ...changes }));

describe("as many at once as were asked for", () => {
  test.each([1, 2, 5])("%i", async (concurrency) => {
    const { endpoint, most } = slow();
    await wave(endpoint, { concurrency }).askAll(tasks("abcdefghij"));
    expect(most()).toBe(concurrency);
  });

  test("but no more than the server has slots", async () => {
    const { endpoint, most, began } = slow(undefined, { slots: 2 });
    await wave(endpoint, { concurrency: 5 }).askAll(tasks("abcdefghij"));
    expect(most()).toBe(2);
    expect(began).toHaveLength(10);
  });

  test.each([null, undefined, 9])("slots of %s change nothing", async (slots) => {
    const { endpoint, most } = slow(undefined, { slots: slots as number });
    await wave(endpoint, { concurrency: 3 }).askAll(tasks("abcdefgh"));
    expect(most()).toBe(3);
  });

  test("and nobody waits for ever: who is wrong again and again does not hold up the others", async () => {
    const { endpoint, began } = slow(({ task }) => (task === "a" ? answerOf([column("badOne")]) : right));
    await wave(endpoint, { concurrency: 2 }).askAll(tasks("abcd"));
    expect(began.lastIndexOf("a")).toBe(began.length - 1);
    expect(began.filter((one) => one === "a")).toHaveLength(5);
  });
});

describe("one goes first", () => {
  test("of those that begin alike, and the others follow together", async () => {
    const { endpoint, together } = slow();
    await wave(endpoint, { concurrency: 4 }).askAll(tasks("abcd"));
    expect(together).toEqual([["a"], ["b"], ["b", "c"], ["b", "c", "d"]]);
  });

  test("of each kind, before any other", async () => {
    const { endpoint, began, together } = slow();
    await wave(endpoint, { concurrency: 4 }).askAll([...tasks("abc"), ...tasks("xyz", "You write tests.")]);
    expect(began.slice(0, 2)).toEqual(["a", "x"]);
    expect(together[1]).toEqual(["a", "x"]);
    expect(together.at(-1)!.length).toBeGreaterThan(2);
  });

  test("once in a run: a later wave that begins alike waits for nobody", async () => {
    const { endpoint, together } = slow();
    const { askAll } = wave(endpoint, { concurrency: 4 });
    await askAll(tasks("ab"));
    together.splice(0);
    await askAll(tasks("cd"));
    expect(together).toEqual([["c"], ["c", "d"]]);
  });

  test("and not twice when its first reply is wrong: the server has read it all the same", async () => {
    const { endpoint, began } = slow(({ task, messages }) =>
      task === "a" && messages.length === 2 ? answerOf([column("badOne"), owner]) : right,
    );
    await wave(endpoint, { concurrency: 3 }).askAll(tasks("abc"));
    expect(began.slice(0, 4).sort()).toEqual(["a", "a", "b", "c"]);
  });

  test("of those that the journal does not know", async () => {
    const journal = memory();
    await wave(slow().endpoint, { journal }).askAll(tasks("ab"));
    const { endpoint, together } = slow();
    await wave(endpoint, { journal, concurrency: 4 }).askAll(tasks("abcde"));
    expect(together).toEqual([["c"], ["d"], ["d", "e"]]);
  });

  test("and where it fails nobody follows, and nobody hangs", async () => {
    const { endpoint, began } = slow(() => {
      throw new TypeError("down");
    });
    await expect(wave(endpoint, { concurrency: 4 }).askAll(tasks("abcd"))).rejects.toThrow("down");
    expect(began).toEqual(["a"]);
  });

  test("with one at a time all go in the order of their keys, as ever", async () => {
    const { endpoint, began } = slow();
    await wave(endpoint, { concurrency: 1 }).askAll([...tasks("ace"), ...tasks("bd", "You write tests.")]);
    expect(began.join("")).toBe("abcde");
  });
});
