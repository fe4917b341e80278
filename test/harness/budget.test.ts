/** Where a task and a run are stopped, and that nothing is lost. */
import { describe, expect, test } from "vitest";
import type { Limits } from "../../src/harness/budget.js";
import { createHarness } from "../../src/harness/harness.js";
import { answerOf, column, memory, options, owner, replyOf, sample, scripted } from "./sample.js";

/** Wrong in one item for ever, each reply of these tokens and milliseconds. */
const wrong = (prompt: number, milliseconds: number) => ({
  ...replyOf(answerOf([column("badOne"), owner])),
  usage: { prompt, completion: 0, cached: 0 },
  milliseconds,
});

const stopped = async (limits: Partial<Limits>, reply: object) => {
  const endpoint = scripted(...Array(9).fill(reply));
  const journal = memory();
  const harness = createHarness(
    options({ journal, connect: async () => endpoint, limits: { attempts: 5, tokens: null, ...limits } }),
  );
  return { ...(await harness.ask(sample())), asked: endpoint.asked.length, journal };
};

describe("a task is given up, and what is right of it kept", () => {
  test.each([
    ["after its replies", { attempts: 3 }, 3],
    ["after its tokens", { taskTokens: 2_000 }, 2],
    ["after its time", { taskMilliseconds: 900 }, 3],
    ["not before its first reply", { taskTokens: 0, taskMilliseconds: 0 }, 1],
  ])("%s", async (_, limits, replies) => {
    const outcome = await stopped(limits, wrong(1_000, 300));
    expect(outcome).toMatchObject({ attempts: replies, asked: replies, answer: answerOf([owner]) });
    expect(outcome.dropped).toHaveLength(1);
  });

  test("the house lets five large prompts with long thoughts through, and stops what never ends", async () => {
    expect((await stopped({}, wrong(44_000, 1_000_000))).asked).toBe(5);
    expect((await stopped({}, wrong(130_000, 1_000))).asked).toBe(2);
    expect((await stopped({}, wrong(1_000, 3 * 3_600_000))).asked).toBe(2);
  });

  test("and resumed it ends in the same way, without asking", async () => {
    const { journal, answer } = await stopped({ taskTokens: 2_000 }, wrong(1_000, 300));
    const before = [...journal.entries];
    const limits = { attempts: 5, tokens: null, taskTokens: 2_000 };
    const again = await createHarness(options({ journal, limits })).ask(sample());
    expect(again).toMatchObject({ answer, reused: true });
    expect(journal.entries).toEqual(before);
  });
});

describe("the tokens of a run", () => {
  const wave = [..."abcdef"].map((key) => sample({ key, shown: key, user: key }));
  const right = { ...replyOf(answerOf([owner])), usage: { prompt: 400, completion: 100, cached: 0 } };

  test("end it before the next call; what was answered is kept, and a larger budget goes on from there", async () => {
    const journal = memory();
    const run = (tokens: number | null, endpoint = scripted(...Array(9).fill(right))) => ({
      endpoint,
      outcomes: createHarness(
        options({ journal, connect: async () => endpoint, concurrency: 1, limits: { attempts: 5, tokens } }),
      ).askAll(wave),
    });
    const first = run(1_000);
    await expect(first.outcomes).rejects.toMatchObject({
      name: "Failure",
      code: "HARNESS.TOKENS_SPENT",
      message: "The token budget of 1000 is spent (1000) before c is answered.",
      next: expect.stringContaining("resume DIR --token-budget N"),
    });
    expect(first.endpoint.asked.map(({ task }) => task)).toEqual(["a", "b"]);

    const same = run(1_000);
    await expect(same.outcomes).rejects.toMatchObject({ code: "HARNESS.TOKENS_SPENT" });
    expect(same.endpoint.asked).toEqual([]);

    const larger = run(2_000);
    await expect(larger.outcomes).rejects.toMatchObject({ code: "HARNESS.TOKENS_SPENT" });
    expect(larger.endpoint.asked.map(({ task }) => task)).toEqual(["c", "d"]);

    const last = run(null);
    expect(await last.outcomes).toHaveLength(6);
    expect(last.endpoint.asked.map(({ task }) => task)).toEqual(["e", "f"]);
  });
});
