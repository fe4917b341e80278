/** F22: nothing is in the answer; that is never a short answer, nor a wish to change nothing. */
import { expect } from "vitest";
import { call, type Scene, say } from "../fake-endpoint.js";
import { type Answer, answerOf, column, owner } from "../harness/sample.js";
import { type FailureScenario, RIGHT } from "./failure.js";

/** Owes nothing: whatever is whole is right. */
const FREE: FailureScenario["task"] = { check: () => [] };
const BEFORE = answerOf([owner, column("second")]) as unknown as Answer;
const LAST = { limits: { attempts: 1, tokens: null } };

const isUnread = (scene: Scene, title: string): FailureScenario => ({
  title,
  scenes: [scene, call(RIGHT)],
  task: FREE,
  connect: { retries: { most: 0, first: 1, loading: 1 } },
  expect: ({ outcome, chats, entries }) => {
    expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
    expect(entries[0]).toMatchObject({ diagnostics: [{ code: expect.stringMatching(/EMPTY|UNREADABLE/) }] });
    expect(chats[1]!.body["messages"].at(-1).content).toContain("the members `plan`, `columns`, `unserved`");
  },
});

const asksForLists = (given: object, lists: string): FailureScenario => ({
  title: `the arguments are ${JSON.stringify(given)}, and the lists that are not there owe nothing`,
  scenes: [call(given), call(RIGHT)],
  task: FREE,
  expect: ({ outcome, chats }) => {
    expect(outcome).toMatchObject({ answer: { columns: RIGHT.columns }, attempts: 2 });
    expect(chats[1]!.body["messages"].at(-1).content).toContain(`${lists} is not there`);
  },
});

const changesNothing = (given: string, task: FailureScenario["task"], where: string): FailureScenario => ({
  title: `the arguments are ${given} where ${where}`,
  scenes: [call(given), call(RIGHT)],
  task: { ...FREE, ...task },
  expect: ({ outcome, entries }) => {
    expect(outcome?.attempts).toBe(2);
    expect(entries[0]).toMatchObject({ diagnostics: [{ code: "ANSWER.UNREADABLE" }] });
  },
});

const comesToNothing = (given: string): FailureScenario => ({
  title: `the arguments are ${given}, and nothing else comes`,
  scenes: [call(given)],
  task: FREE,
  harness: LAST,
  expect: ({ outcome }) => expect(outcome?.answer).toBeNull(),
});

const NOTHING = ["{}", "null", "  \n", "[]", '""', "[{}]", '{"arguments":{}}', '{"columns":{"table":"or'];
const REMARK = { code: "SAMPLE.WRONG", path: "$input.columns[1]", message: "It is wrong." };

export const scenario: FailureScenario[] = [
  isUnread(say(" "), "the content is a blank"),
  ...NOTHING.map((text) => isUnread(call(text), `the arguments are ${JSON.stringify(text)}`)),
  isUnread(call('{"plan":"so"}', "length"), "a limit leaves nothing of the arguments"),
  asksForLists({ plan: "p" }, "`columns`, `unserved`"),
  asksForLists({ plan: "p", columns: [owner] }, "`unserved`"),
  ...["{}", '{"arguments":{}}'].flatMap((text) => [
    changesNothing(text, { earlier: { answer: BEFORE, note: "" } }, "an earlier answer is to be changed"),
    changesNothing(text, { standing: { answer: BEFORE, diagnostics: [REMARK] } }, "an answer did not hold"),
  ]),
  ...["{}", '{"plan":"p"}', '{"plan":"p","columns":[]}', '{"columns":[],"unserved":[]}'].map(comesToNothing),
  comesToNothing(JSON.stringify({ columns: [owner], unserved: [] })),
];
