/** Feedback that comes to an end: only what failed, in order, with what was tried; what a reply broke is as it was. */
import { describe, expect, test } from "vitest";
import { createHarness } from "../../src/harness/harness.js";
import { answerOf, column, memory, options, owner, replyOf, sample, scripted } from "./sample.js";

const run = async (replies: unknown[], changes: Parameters<typeof sample>[0] = {}, attempts = 9) => {
  const endpoint = scripted(...replies);
  const connect = async () => endpoint;
  const harness = createHarness(options({ journal: memory(), connect, limits: { attempts, tokens: null } }));
  const outcome = await harness.ask(sample(changes));
  return { outcome, asked: endpoint.asked, said: endpoint.asked.map((one) => one.messages.at(-1)!.content) };
};

const many = Array.from({ length: 7 }, (_, i) => column(`fine${i}`));

describe("an item that a reply mends and breaks", () => {
  test("keeps what was right in it", async () => {
    const { outcome } = await run([
      answerOf([owner, column("wide", { size: "x", kind: "number" })]),
      answerOf([column("wide", { size: 7, kind: "unheard of" })]),
    ]);
    expect(outcome.attempts).toBe(2);
    expect(outcome.answer!.columns[1]).toEqual(column("wide", { size: 7, kind: "number" }));
  });

  test("keeps a member that the reply leaves out", async () => {
    const { size: _, ...rest } = column("wide", { kind: "text" });
    const { outcome } = await run([answerOf([owner, column("wide", { kind: "x" })]), answerOf([rest])]);
    expect(outcome.answer!.columns[1]).toEqual(column("wide"));
  });

  test("is not mixed with another item in its place", async () => {
    const { outcome } = await run([
      answerOf([owner, column("badOne", { note: "old", size: 3, kind: "number" })]),
      answerOf([column("other", { note: 7.5, size: "?", table: "customers", kind: "text" })]),
      answerOf([column("other", { note: "new", size: 9, table: "customers" })]),
    ]);
    expect(outcome.attempts).toBe(3);
    expect(outcome.answer!.columns[1]).toEqual(column("other", { note: "new", size: 9, table: "customers" }));
  });
});

describe("feedback", () => {
  test("shows bad items as they stand, whatever was found first", async () => {
    const { said } = await run([answerOf([column("badOne"), owner, column("size", { size: "x" })]), answerOf([])]);
    expect(said[1]!.indexOf("badOne")).toBeLessThan(said[1]!.indexOf('"name": "size"'));
  });

  test("of a retry is a fraction of the answer", async () => {
    const { said } = await run([answerOf([owner, ...many, column("badOne")]), answerOf([column("good")])]);
    expect(said[1]!.length).toBeLessThan(1_200);
    expect(said[1]!).not.toContain("fine3");
  });

  test("changes its tactics each time the same error comes back", async () => {
    const stuck = answerOf([owner, column("badOne"), column("badTwo", { table: "customers" })]);
    const { asked, said } = await run(Array(7).fill(stuck), {}, 7);
    const roles = asked.map((one) => one.messages.map(({ role }) => role).join());
    const shows = (at: number) => ["badOne", "badTwo"].filter((name) => said[at]!.includes(`"name": "${name}"`));
    expect(said[1]!).not.toContain("✗");
    expect(said[2]!).toContain('do not begin with bad ✗ "badOne"');
    expect(roles.slice(1, 4)).toEqual(["system,user,assistant,tool", "system,user,assistant,tool", "system,user"]);
    expect([shows(3).length, shows(4).length]).toEqual([2, 1]);
    expect(asked.slice(0, 5).map((one) => one.temperature)).toEqual(Array(5).fill(undefined));
    expect(asked[5]!.temperature).toBeCloseTo(0.6);
  });

  test("asks for all at once where there are too few replies left to ask one by one", async () => {
    const stuck = answerOf([owner, column("badOne"), column("badTwo", { table: "customers" })]);
    const { said } = await run(Array(5).fill(stuck), {}, 5);
    expect(said[4]!).toContain('"name": "badOne"');
    expect(said[4]!).toContain('"name": "badTwo"');
  });

  test("warms the model up where nothing of it can be read", async () => {
    const { asked } = await run([...Array(5).fill("no"), answerOf([owner])]);
    expect(asked[1]!.temperature).toBeUndefined();
    expect(asked.at(-1)!.temperature).toBeGreaterThan(0);
  });
});

describe("a list without names", () => {
  const unnamed = { lists: { unserved: sample().lists["unserved"]! } };
  const twin = column("twin");

  test("is mended place by place, also where items are equal", async () => {
    const { outcome } = await run(
      [answerOf([twin, owner, column("badOne"), column("badTwo")]), answerOf([twin, column("last")])],
      unnamed,
    );
    expect(outcome.answer!.columns.map((one) => one.name)).toEqual(["twin", "owner", "twin", "last"]);
  });

  test("said again as a whole is taken as a whole", async () => {
    const again = [column("a"), owner, column("b")];
    const { outcome } = await run([answerOf([twin, owner, column("badOne")]), answerOf(again)], unnamed);
    expect(outcome.answer!.columns).toEqual(again);
  });
});

test("a name said twice in one reply is meant the second time", async () => {
  const { outcome } = await run([
    answerOf([owner, column("wide", { size: "x" })]),
    answerOf([column("wide", { size: 1 }), column("wide", { size: 2 })]),
  ]);
  expect(outcome.answer!.columns).toEqual([owner, column("wide", { size: 2 })]);
});

test("a reply that the limit ended is not whole, even where its brackets are closed", async () => {
  const closed = { ...replyOf(answerOf([owner, column("sec")])), finishReason: "length" };
  const { outcome } = await run([closed, answerOf([column("second")])]);
  expect(outcome.attempts).toBe(2);
  expect(outcome.answer!.columns.map((one) => one.name)).toContain("second");
});

describe("items that come back one for one", () => {
  test("keep their places where names went wrong and away", async () => {
    const [wide, high] = [column("wide"), column("high", { kind: "number" })];
    const nameless = [wide, high].map((one) => ({ ...one, name: undefined }));
    const first = answerOf([owner, { ...wide, name: "w".repeat(30) }, nameless[1]]);
    const { outcome, said } = await run([first, answerOf(nameless), answerOf([wide, high])]);
    // neither takes the place of the other: both are asked for
    expect(said[2]!.match(/"kind": "\w+"/g)).toEqual(['"kind": "text"', '"kind": "number"']);
    expect(outcome.answer!.columns).toEqual([owner, wide, high]);
  });

  test("and where the name became that of a good item, which stays", async () => {
    const good = column("size", { kind: "number", size: 9, table: "customers" });
    const { outcome } = await run(
      [
        answerOf([owner, good, column("wide", { table: "customers", note: "w".repeat(50) })]),
        answerOf([column("size", { table: "customers" })]),
        answerOf([column("wide", { table: "customers" })]),
      ],
      {
        check: (answer) => [
          ...sample().check(answer),
          ...answer.columns.flatMap(({ name }, i) =>
            answer.columns.findIndex((one) => one.name === name) < i
              ? [{ code: "SAMPLE.TWIN", path: `$input.columns[${i}].name`, message: "is there already" }]
              : [],
          ),
        ],
      },
    );
    expect(outcome.answer!.columns).toEqual([owner, good, column("wide", { table: "customers" })]);
  });
});
