/** A task asked again after a change: what it is shown of its last answer, and what its new one is laid over. */
import { describe, expect, test } from "vitest";
import type { Task } from "../../src/base/task.js";
import { createHarness } from "../../src/harness/harness.js";
import { type Answer, answerOf, column, memory, options, owner, sample, scripted } from "./sample.js";

const CHANGE = { kind: "change", request: "Orders have totals." } as const;
const revised = (changes: Partial<Task<Answer>> = {}) =>
  sample({ shown: { tables: ["orders", "totals"] }, ...changes });

/** Answered once, then changed. */
const changed = async (columns: unknown[] = [owner, column("total")]) => {
  const journal = memory();
  const first = scripted(answerOf(columns));
  await createHarness(options({ journal, connect: async () => first })).ask(sample());
  await journal.append(CHANGE);
  return journal;
};

const ask = async (journal: ReturnType<typeof memory>, task: Task<Answer>, ...replies: unknown[]) => {
  const endpoint = scripted(...replies);
  const outcome = await createHarness(options({ journal, connect: async () => endpoint })).ask(task);
  return { ...outcome, asked: endpoint.asked };
};

const namesOf = (answer: Answer | null) => answer?.columns.map(({ name, size }) => `${name} ${size}`);

describe("after a change", () => {
  test("a task that sees what it saw is answered as before, and nobody is asked", async () => {
    const { answer, asked, reused } = await ask(await changed(), sample());
    expect([namesOf(answer), asked.length, reused]).toEqual([["owner 1", "total 1"], 0, true]);
  });

  test("another is shown its last answer, and silence keeps it", async () => {
    const journal = await changed();
    const { answer, asked } = await ask(journal, revised(), answerOf([column("total", { size: 2 }), column("tax")]));
    expect(namesOf(answer)).toEqual(["owner 1", "total 2", "tax 1"]);
    expect(asked[0]!.messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "tool"]);
    expect(asked[0]!.messages[2]!.toolCall!.arguments).toMatchObject({ columns: [owner, column("total")] });
    expect(asked[0]!.messages[3]!.content).toContain("with the differences only");
    const again = await ask(journal, revised());
    expect([namesOf(again.answer), again.asked.length]).toEqual([namesOf(answer), 0]);
  });

  test("what was accepted in a change is the answer of the next one, where that changes nothing for the task", async () => {
    const journal = await changed();
    await ask(journal, revised(), answerOf([column("tax")]));
    await journal.append({ ...CHANGE, request: "Another." });
    const { answer, reused } = await ask(journal, revised());
    expect([namesOf(answer), reused]).toEqual([["owner 1", "total 1", "tax 1"], true]);
  });

  test("what does not hold any more is taken out before it is shown, and what is owed is said", async () => {
    const journal = await changed();
    const check = (answer: Answer) => [
      ...answer.columns.flatMap(({ name }, i) =>
        name === "total" ? [{ code: "SAMPLE.GONE", path: `$input.columns[${i}]`, message: "is gone" }] : [],
      ),
      ...(answer.columns.some(({ name }) => name === "tax")
        ? []
        : [{ code: "SAMPLE.OWED", path: "$input.unserved", message: "R2 is served nowhere" }]),
    ];
    const { answer, asked } = await ask(journal, revised({ check }), answerOf([column("tax")]));
    expect(namesOf(answer)).toEqual(["owner 1", "tax 1"]);
    expect(asked[0]!.messages[2]!.toolCall!.arguments).toMatchObject({ columns: [owner] });
    expect(asked[0]!.messages[3]!.content).toContain("- ✖ R2 is served nowhere");
  });

  test("a change that is wrong is asked for again, not quietly undone", async () => {
    const wrong = answerOf([column("total", { size: "large" })]);
    const { answer, asked } = await ask(await changed(), revised(), wrong, answerOf([column("total", { size: 3 })]));
    expect([namesOf(answer), asked.length]).toEqual([["owner 1", "total 3"], 2]);
  });

  test("a reply that cannot be read leaves the earlier answer in sight", async () => {
    const { answer, asked } = await ask(await changed(), revised(), "What do you mean?", answerOf([column("tax")]));
    expect(namesOf(answer)).toEqual(["owner 1", "total 1", "tax 1"]);
    expect(asked[1]!.messages[2]!.toolCall!.arguments).toMatchObject({ columns: [owner, column("total")] });
  });

  test("items without identity are said by groups: all of one again, or none", async () => {
    const lists = { unserved: sample().lists["unserved"]! };
    const groups = { columns: { of: ((one: { table: string }) => one.table) as never, what: "columns of one table" } };
    const customer = column("name", { table: "customers" });
    const journal = await changed([owner, column("total"), customer]);
    const { answer, asked } = await ask(journal, revised({ lists, groups }), answerOf([owner, column("tax")]));
    expect(namesOf(answer)).toEqual(["name 1", "owner 1", "tax 1"]);
    expect(asked[0]!.messages[3]!.content).toContain("Where one of the columns of one table changes");
    const other = revised({ lists, groups, shown: "again" });
    expect(namesOf((await ask(journal, other, answerOf([]))).answer)).toEqual(["owner 1", "total 1", "name 1"]);
  });

  test("a recorded change is replayed", async () => {
    const recorded = await changed();
    await ask(recorded, revised(), answerOf([column("tax")]));
    const journal = memory();
    const harness = createHarness(options({ journal, replay: recorded.entries }));
    await harness.ask(sample());
    await journal.append(CHANGE);
    expect(namesOf((await harness.ask(revised())).answer)).toEqual(["owner 1", "total 1", "tax 1"]);
  });
});

test("without a change other inputs are asked as if for the first time", async () => {
  const journal = await changed();
  journal.entries.pop();
  const { answer, asked } = await ask(journal, revised(), answerOf([owner]));
  expect([namesOf(answer), asked[0]!.messages.length]).toEqual([["owner 1"], 2]);
});
