/** A task that is asked again: it begins with an answer that was accepted once, and with what came out to be wrong. */
import { describe, expect, test } from "vitest";
import { createHarness } from "../../src/harness/harness.js";
import { answerOf, column, memory, options, owner, sample, scripted } from "./sample.js";

const accepted = answerOf([owner, column("first"), column("second")]) as never;
const failed = { code: "SAMPLE.FAILED", path: "$input.columns[1]", message: "the shop did not open" };

const run = async (...replies: unknown[]) => {
  const endpoint = scripted(...replies);
  const journal = memory();
  const harness = createHarness(
    options({ journal, connect: async () => endpoint, limits: { attempts: 2, tokens: null } }),
  );
  const task = sample({ key: "sample/repair-1", standing: { answer: accepted, diagnostics: [failed] } });
  return { outcome: await harness.ask(task), again: await harness.ask(task), endpoint };
};

describe("an answer that stands", () => {
  test("is shown as the model's own, with the failure beside the item it is about", async () => {
    const { endpoint } = await run(answerOf([column("third")]));
    const [, , assistant, tool] = endpoint.asked[0]!.messages;
    expect(assistant!.toolCall!.arguments).toEqual(accepted);
    expect(tool!.content).toContain("✖ the shop did not open");
    expect(tool!.content).not.toContain('"name": "second"');
  });

  test("keeps what nothing was said against, and loses what was replaced", async () => {
    const { outcome } = await run(answerOf([column("first", { size: 2 })]));
    expect(outcome.answer!.columns).toEqual([owner, column("first", { size: 2 }), column("second")]);
    expect(outcome).toMatchObject({ attempts: 1, dropped: [] });
  });

  test("is asked for once: the journal knows it afterwards", async () => {
    const { outcome, again, endpoint } = await run(answerOf([column("third")]));
    expect(again).toEqual({ ...outcome, reused: true });
    expect(endpoint.asked).toHaveLength(1);
  });

  test("stays whole where nothing readable comes", async () => {
    const { outcome } = await run("no", "no");
    expect(outcome.answer).toEqual(accepted);
  });
});
