/** A recorded journal answers a run without a network. */
import { describe, expect, test } from "vitest";
import type { JournalEntry } from "../../src/base/journal.js";
import { summarize } from "../../src/base/journal-summary.js";
import type { Task } from "../../src/base/task.js";
import { createHarness } from "../../src/harness/harness.js";
import { type Answer, answerOf, column, memory, options, owner, sample, scripted } from "./sample.js";

const tasks = (changes: Partial<Task<Answer>> = {}) =>
  ["b", "a", "c"].map((key) => sample({ key, shown: { key }, ...changes }));

/** Three tasks live, one of which needs a second reply. */
const record = async (): Promise<JournalEntry[]> => {
  const journal = memory();
  const endpoint = scripted(
    answerOf([owner]),
    answerOf([owner, column("badOne")]),
    answerOf([column("good")]),
    answerOf([owner]),
  );
  await createHarness(options({ journal, connect: async () => endpoint, concurrency: 1 })).askAll(tasks());
  return journal.entries;
};

describe("replay", () => {
  test("answers from a journal through the whole harness, failed attempts included", async () => {
    const recorded = await record();
    const journal = memory();
    const outcomes = await createHarness(options({ journal, replay: recorded })).askAll(tasks());
    expect(outcomes.map((one) => one.attempts)).toEqual([2, 1, 1]);
    expect(outcomes[0]!.answer!.columns.map((one) => one.name)).toEqual(["owner", "good"]);
    expect(journal.entries).toEqual(recorded);
  });

  test("writes the same journal every time, in key order", async () => {
    const recorded = await record();
    const write = async (concurrency: number) => {
      const journal = memory();
      const slow = { compile: async () => new Promise<[]>((resolve) => setTimeout(resolve, Math.random() * 9, [])) };
      await createHarness(options({ journal, replay: [...recorded].reverse(), concurrency })).askAll(tasks(slow));
      return journal.entries;
    };
    const [first, second] = [await write(1), await write(8)];
    expect(second).toEqual(first);
    expect(first.map((one) => ("task" in one ? one.task : ""))).toEqual(["a", "a", "b", "b", "b", "c", "c"]);
  });

  test("says --refresh where inputs differ, a task is unknown, or replies run out", async () => {
    const replay = await record();
    const ask = (task: Task<Answer>) => createHarness(options({ replay })).ask(task);
    const next = expect.stringContaining("--refresh");
    await expect(ask(sample({ key: "a", shown: { key: "other" } }))).rejects.toMatchObject({
      name: "Failure",
      code: "REPLAY.INPUTS_DIFFER",
      next,
    });
    await expect(ask(sample({ key: "z" }))).rejects.toMatchObject({ code: "REPLAY.UNKNOWN_TASK", next });
    const stricter = sample({
      key: "a",
      shown: { key: "a" },
      check: () => [{ code: "SAMPLE.NO", path: "$input.columns[0]", message: "no" }],
    });
    await expect(ask(stricter)).rejects.toMatchObject({ code: "REPLAY.RAN_OUT", next });
  });

  test("with refresh asks the endpoint only what no longer fits", async () => {
    const replay = await record();
    const journal = memory();
    const endpoint = scripted(answerOf([owner, column("fresh")]));
    const harness = createHarness(options({ journal, replay, refresh: true, connect: async () => endpoint }));
    const [b, a, c] = tasks();
    const outcomes = await harness.askAll([b!, { ...a!, shown: { key: "changed" } }, c!]);
    expect(endpoint.asked.map((one) => one.task)).toEqual(["a"]);
    expect(outcomes[1]!.answer!.columns).toHaveLength(2);
    expect(outcomes[2]!.answer).toEqual(answerOf([owner]));
  });

  test("the wording of a prompt is no input", async () => {
    const replay = await record();
    const outcomes = await createHarness(options({ replay })).askAll(tasks({ system: "Reworded." }));
    expect(outcomes).toHaveLength(3);
  });
});

describe("resume", () => {
  test("asks nothing that was accepted, and writes nothing twice", async () => {
    const entries = await record();
    const journal = memory([...entries]);
    const outcomes = await createHarness(options({ journal })).askAll(tasks());
    expect(outcomes.every((one) => one.reused)).toBe(true);
    expect(journal.entries).toEqual(entries);
  });

  test("goes on from the recorded attempts of a task that was not accepted", async () => {
    const entries = await record();
    const cut = entries.filter(
      (one) => !("task" in one && one.task === "b" && (one.kind === "accepted" || one.attempt === 2)),
    );
    const journal = memory([...cut]);
    const endpoint = scripted(answerOf([column("good")]));
    const [outcome] = await createHarness(options({ journal, connect: async () => endpoint })).askAll(tasks());
    expect(outcome).toMatchObject({ attempts: 2, reused: false });
    expect(endpoint.asked).toHaveLength(1);
    expect(endpoint.asked[0]!.messages.at(-1)!.content).toContain("badOne");
    expect(journal.entries.filter((one) => "task" in one && one.task === "b").map((one) => one.kind)).toEqual([
      "attempt",
      "attempt",
      "accepted",
    ]);
  });

  test("an accepted answer that no longer holds is judged again from its attempts", async () => {
    const journal = memory(await record());
    const endpoint = scripted(answerOf([column("renamed")]));
    const harness = createHarness(options({ journal, connect: async () => endpoint }));
    const outcome = await harness.ask(
      sample({
        key: "b",
        shown: { key: "b" },
        check: ({ columns }) =>
          columns.flatMap(({ name }, i) =>
            name === "good" || name === "badOne"
              ? [{ code: "SAMPLE.NEW_RULE", path: `$input.columns[${i}].name`, message: "not so" }]
              : [],
          ),
      }),
    );
    expect(outcome.answer!.columns.map((one) => one.name)).toEqual(["owner", "renamed"]);
    expect(outcome.attempts).toBe(3);
  });

  test("a task that ended without an answer is neither asked again nor written twice", async () => {
    const journal = memory();
    const limits = { attempts: 2, tokens: null };
    const endpoint = scripted(answerOf([]), answerOf([]));
    await createHarness(options({ journal, limits, connect: async () => endpoint })).ask(sample());
    const before = [...journal.entries];
    const outcome = await createHarness(options({ journal, limits })).ask(sample());
    expect(outcome.answer).toBeNull();
    expect(journal.entries).toEqual(before);
  });
});

describe("a wave", () => {
  test("lets what is in flight be written down before it throws", async () => {
    const journal = memory();
    const endpoint = {
      model: "toy",
      complete: async ({ task }: { task: string }) => {
        await new Promise((resolve) => setTimeout(resolve, task === "b" ? 20 : 50));
        if (task === "b") throw new TypeError("down");
        return await scripted(answerOf([owner])).complete({} as never, new AbortController().signal);
      },
    };
    const harness = createHarness(options({ journal, connect: async () => endpoint, concurrency: 2 }));
    await expect(harness.askAll(tasks())).rejects.toThrow("down");
    expect(journal.entries.map((one) => ("task" in one ? `${one.kind} ${one.task}` : ""))).toEqual([
      "attempt a",
      "accepted a",
      "attempt c",
      "accepted c",
    ]);
  });

  test("two tasks of one key are a Bug", async () => {
    await expect(createHarness(options()).askAll([sample(), sample()])).rejects.toMatchObject({ name: "Bug" });
  });
});

describe("summarize", () => {
  test("counts replies, first tries, items and tokens", async () => {
    const summary = summarize(await record());
    expect(summary.calls).toEqual({
      total: 4,
      firstTry: 2,
      retried: 1,
      fellBack: 0,
      byTask: [
        { task: "a", attempts: 1 },
        { task: "b", attempts: 2 },
        { task: "c", attempts: 1 },
      ],
    });
    expect(summary.items).toEqual({ total: 7, firstTry: 6, dropped: 0 });
    expect(summary.tokens.largestPrompt).toBeLessThan(summary.tokens.prompt);
    expect(summary.tokens.completion).toBeGreaterThan(0);
  });
});
