/** One task until its answer holds: what is kept, shown again, and given up. */
import { describe, expect, test } from "vitest";
import type { AcceptedEntry, AttemptEntry } from "../../src/base/journal.js";
import { createHarness } from "../../src/harness/harness.js";
import { answerOf, column, memory, options, owner, sample, scripted } from "./sample.js";

const run = async (replies: unknown[], changes: Parameters<typeof sample>[0] = {}, attempts = 5) => {
  const journal = memory();
  const endpoint = scripted(...replies);
  const harness = createHarness(
    options({ journal, connect: async () => endpoint, limits: { attempts, tokens: null } }),
  );
  const outcome = await harness.ask(sample(changes));
  return { outcome, endpoint, journal, attempts: journal.entries.filter((one) => one.kind === "attempt") };
};

describe("ask", () => {
  test("accepts a right answer at once and writes it down", async () => {
    const { outcome, endpoint, journal } = await run([answerOf([owner])]);
    expect(outcome).toMatchObject({ answer: answerOf([owner]), dropped: [], attempts: 1, reused: false });
    expect(endpoint.asked[0]!.messages.map((one) => one.role)).toEqual(["system", "user"]);
    expect(journal.entries.map((one) => one.kind)).toEqual(["attempt", "accepted"]);
    expect((journal.entries[0] as AttemptEntry).usage.source).toBe("o200k");
    expect((journal.entries[0] as AttemptEntry).usage.prompt).toBeGreaterThan(100);
  });

  test("keeps good items and shows only bad ones, with the error beside the value", async () => {
    const { outcome, endpoint } = await run([
      answerOf([owner, column("badOne"), column("size")]),
      answerOf([column("goodOne")], { plan: "q" }),
    ]);
    expect(outcome.answer!.columns.map((one) => one.name)).toEqual(["owner", "goodOne", "size"]);
    const [, , assistant, tool] = endpoint.asked[1]!.messages;
    expect(assistant!.toolCall!.arguments).toMatchObject({ plan: "p" });
    expect(tool).toMatchObject({ role: "tool", toolCallId: assistant!.toolCall!.id });
    expect(tool!.content).toContain('"name": "badOne", // ✖ do not begin with bad');
    expect(tool!.content).not.toContain('"name": "size"');
    expect(tool!.content).toContain("kept: 3 items.");
  });

  test("replaces a namesake, and withdraws what a whole reply leaves out", async () => {
    const { outcome } = await run([
      answerOf([owner, column("wide", { size: "x" }), column("badOne")]),
      answerOf([column("wide", { size: 7 })]),
    ]);
    expect(outcome.answer!.columns.map(({ name, size }) => [name, size])).toEqual([
      ["owner", 1],
      ["wide", 7],
    ]);
    expect(outcome).toMatchObject({ attempts: 2, dropped: [] });
  });

  test("gives a good item back where what replaced it is bad", async () => {
    const { outcome } = await run([
      answerOf([owner, column("badOne")]),
      answerOf([column("owner", { size: "many" }), column("fine")]),
    ]);
    expect(outcome.answer!.columns).toEqual([owner, column("fine")]);
    expect(outcome.attempts).toBe(2);
  });

  test("asks for the rest of a cut answer and keeps its complete items", async () => {
    const whole = JSON.stringify(answerOf([owner, column("second"), column("third")]));
    const { outcome, endpoint, attempts } = await run([
      whole.slice(0, whole.indexOf('"third"') + 3),
      answerOf([column("third")]),
    ]);
    expect(outcome.answer!.columns.map((one) => one.name)).toEqual(["owner", "second", "third"]);
    expect((attempts[0] as AttemptEntry).diagnostics).toMatchObject([{ code: "ANSWER.CUT", path: "$input.unserved" }]);
    expect(endpoint.asked[1]!.messages.at(-1)!.content).toContain("2 of `columns`");
  });

  test("a reply cut in its very last list is not taken for whole", async () => {
    const whole = JSON.stringify(
      answerOf([owner], {
        unserved: [
          { id: "R2", reason: "a" },
          { id: "R3", reason: "b" },
        ],
      }),
    );
    const { outcome } = await run([
      whole.slice(0, whole.indexOf("R3")),
      answerOf([], { unserved: [{ id: "R3", reason: "b" }] }),
    ]);
    expect(outcome.attempts).toBe(2);
    expect(outcome.answer!.unserved.map((one) => one.id)).toEqual(["R2", "R3"]);
  });

  test("obligations are not claimed while what serves them may still come", async () => {
    const { endpoint } = await run([{ plan: "p", columns: [column("size")] }, answerOf([owner])]);
    expect(endpoint.asked[1]!.messages.at(-1)!.content).not.toContain("R1");
    const beside = await run([answerOf([column("owner", { size: "x" })]), answerOf([owner])]);
    expect(beside.endpoint.asked[1]!.messages.at(-1)!.content).not.toContain("R1");
  });

  test("a name that does not exist in this call is told with the nearest ones", async () => {
    const { outcome, endpoint, attempts } = await run([
      answerOf([owner, column("a", { table: "products" })]),
      answerOf([column("a")]),
    ]);
    expect((attempts[0] as AttemptEntry).diagnostics).toMatchObject([
      { code: "ANSWER.UNKNOWN_NAME", path: "$input.columns[1].table" },
    ]);
    expect(endpoint.asked[1]!.messages.at(-1)!.content).toMatch(
      /"table": "products", \/\/ ✖ unknown name; nearest: orders,/,
    );
    expect(outcome.attempts).toBe(2);
  });

  test("an answer without its closing list was cut, whatever its brackets say", async () => {
    const { outcome } = await run([{ plan: "p", columns: [owner] }, answerOf([])]);
    expect(outcome).toMatchObject({ attempts: 2, answer: answerOf([owner]) });
  });

  test("silence about an obligation is fed back without a single bad item", async () => {
    const { outcome, endpoint } = await run([
      answerOf([column("size")]),
      answerOf([], { unserved: [{ id: "R1", reason: "outside" }] }),
    ]);
    expect(endpoint.asked[1]!.messages.at(-1)!.content).toContain("R1 is served nowhere");
    expect(outcome.answer!.columns).toHaveLength(1);
    expect(outcome.answer!.unserved).toHaveLength(1);
  });

  test("at the end of the budget bad items go, with what depended on them, and are reported", async () => {
    const needsFirst = sample().check;
    const { outcome, journal } = await run(
      Array(2).fill(answerOf([owner, column("badOne"), column("onBad")])),
      {
        check: (answer) => [
          ...needsFirst(answer),
          ...answer.columns.flatMap(({ name }, i) =>
            name === "onBad" && !answer.columns.some((one) => one.name === "badOne")
              ? [{ code: "SAMPLE.LOST", path: `$input.columns[${i}]`, message: "badOne is gone" }]
              : [],
          ),
        ],
      },
      2,
    );
    expect(outcome.answer!.columns).toEqual([owner]);
    expect(outcome.dropped.map(({ path, diagnostics }) => [path, diagnostics[0]!.code])).toEqual([
      ["$input.columns[1]", "SAMPLE.BAD_NAME"],
      ["$input.columns[2]", "SAMPLE.LOST"],
    ]);
    expect((journal.entries.at(-1) as AcceptedEntry).dropped).toHaveLength(2);
  });

  test("never accepts what has nothing in it", async () => {
    const { outcome } = await run(Array(3).fill(answerOf([])), {}, 3);
    expect(outcome).toMatchObject({ answer: null, attempts: 3 });
    expect(outcome.dropped).toMatchObject([{ path: "$input.unserved" }]);
  });

  test("an unreadable reply is answered without replaying it as a call", async () => {
    const { outcome, endpoint } = await run(["I cannot do that.", answerOf([owner])]);
    const { messages } = endpoint.asked[1]!;
    expect(messages).toHaveLength(2);
    expect(messages[1]!.content).toContain("I cannot do that.");
    expect(messages[1]!.content).toContain("`unserved`");
    expect(outcome.attempts).toBe(2);
  });

  test("writes down what was wrong with a reply, by its code", async () => {
    const { columns, unserved } = answerOf([owner]);
    const replies = ["", "I cannot do that.", { columns, unserved }, answerOf([column("wide", { size: "x" })])];
    const { attempts } = await run([...replies, answerOf([owner])]);
    expect(attempts.map((one) => (one as AttemptEntry).diagnostics[0]?.code)).toEqual([
      "ANSWER.EMPTY",
      "ANSWER.UNREADABLE",
      "ANSWER.MISSING",
      "ANSWER.WRONG_SHAPE",
      undefined,
    ]);
  });

  test("the compiler judges what the check let through, beside bad items", async () => {
    const seen: string[][] = [];
    const { outcome } = await run([answerOf([column("badOne"), column("bang"), owner]), answerOf([column("fine")])], {
      compile: async (answer) => {
        seen.push(answer.columns.map((one) => one.name));
        return answer.columns.flatMap((one, i) =>
          one.name === "bang" ? [{ code: "SAMPLE.TS", path: `$input.columns[${i}].name`, message: "TS1" }] : [],
        );
      },
    });
    expect(seen[0]).toEqual(["bang", "owner"]);
    expect(outcome.answer!.columns.map((one) => one.name)).toEqual(["fine", "owner"]);
  });

  test("the token budget ends a run before a call, as the user's matter", async () => {
    const endpoint = scripted(answerOf([column("badOne")]), answerOf([owner]));
    const harness = createHarness(options({ connect: async () => endpoint, limits: { attempts: 5, tokens: 50 } }));
    await expect(harness.ask(sample())).rejects.toMatchObject({ name: "Failure", code: "HARNESS.TOKENS_SPENT" });
    expect(endpoint.asked).toHaveLength(1);
  });
});
