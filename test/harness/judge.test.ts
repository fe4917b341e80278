/** What is said about an answer at once: everything that is wrong however the rest is mended, and nothing else. */
import { describe, expect, test } from "vitest";
import type { Task } from "../../src/base/task.js";
import { judge } from "../../src/harness/judge.js";
import { type Answer, answerOf, column, owner, sample } from "./sample.js";

const judged = async (columns: unknown[], changes: Partial<Task<Answer>> = {}, rest: object = {}) => {
  const { diagnostics } = await judge(sample(changes) as unknown as Task, answerOf(columns, rest));
  return diagnostics.map(({ code, path }) => `${code} ${path}`);
};

/** A note names another column, and customers have a kind of their own. */
const check: Task<Answer>["check"] = (answer) => [
  ...sample().check(answer),
  ...answer.columns.flatMap(({ note, table, kind }, i) => [
    ...(note == null || answer.columns.some(({ name }) => name === note)
      ? []
      : [
          {
            code: "SAMPLE.NO_COLUMN",
            path: `$input.columns[${i}].note`,
            message: `no ${note} among ${answer.columns.map(({ name }) => name)}`,
          },
        ]),
    ...(table === "customers" && kind === "number"
      ? [{ code: "SAMPLE.KIND", path: `$input.columns[${i}].kind`, message: "customers hold text" }]
      : []),
  ]),
];

describe("beside what is wrong", () => {
  test("other members of the same item are judged", async () => {
    expect(await judged([owner, column("badOne", { size: "x" })])).toEqual([
      "ANSWER.WRONG_SHAPE $input.columns[1].size",
      "SAMPLE.BAD_NAME $input.columns[1].name",
    ]);
  });

  test("and its names, and those of others", async () => {
    expect(await judged([owner, column("a", { size: "x", table: "products" }), column("badOne")])).toEqual([
      "ANSWER.WRONG_SHAPE $input.columns[1].size",
      "ANSWER.UNKNOWN_NAME $input.columns[1].table",
      "SAMPLE.BAD_NAME $input.columns[2].name",
    ]);
  });

  test("single values do not keep the lists from being judged", async () => {
    expect(await judged([owner, column("badOne")], {}, { plan: 7 })).toEqual([
      "ANSWER.WRONG_SHAPE $input.plan",
      "SAMPLE.BAD_NAME $input.columns[1].name",
    ]);
  });

  test("an obligation that it cannot serve is claimed", async () => {
    expect(await judged([column("wide", { size: "x" })])).toContain("SAMPLE.UNSERVED $input.unserved");
  });

  test.each([
    ["a member of the item that serves it is wrong", [column("owner", { size: "x" })], {}],
    ["the id that serves it may have been meant", [column("a")], { unserved: [{ id: 1, reason: "later" }] }],
    ["an item cannot be read at all", [column("a"), "owner"], {}],
  ])("but not where %s", async (_, columns, rest) => {
    expect((await judged(columns, {}, rest)).join()).not.toContain("UNSERVED");
  });
});

describe("what hangs on what is wrong", () => {
  test("an item that names a bad one is not blamed", async () => {
    expect(await judged([owner, column("wide", { size: "x" }), column("b", { note: "wide" })], { check })).toEqual([
      "ANSWER.WRONG_SHAPE $input.columns[1].size",
    ]);
  });

  test.each([
    ["too long", "w".repeat(30)],
    ["not there", undefined],
  ])("nor one that names what it may have been meant to be called, its name being %s", async (_, name) => {
    const columns = [owner, { ...column("x"), name }, column("b", { note: "wide" })];
    expect((await judged(columns, { check })).join()).not.toContain("NO_COLUMN");
  });

  test("nor is what depends on which of the names that exist was meant", async () => {
    const columns = [owner, column("b", { table: "products", kind: "number" })];
    expect(await judged(columns, { check })).toEqual(["ANSWER.UNKNOWN_NAME $input.columns[1].table"]);
  });

  test("what is wrong in any case is said, and never speaks of what stood in", async () => {
    const columns = [owner, { ...column("x"), name: 7 }, column("b", { size: "x", note: "nowhere at all" })];
    const task = sample({
      check: (answer) => check(answer).concat({ code: "SAMPLE.ALWAYS", path: "$input.columns[0].name", message: "no" }),
    });
    const { diagnostics } = await judge(task as unknown as Task, answerOf(columns));
    expect(diagnostics.map(({ code }) => code)).toContain("SAMPLE.ALWAYS");
    expect(diagnostics.map(({ message }) => message).join()).not.toMatch(/stood/i);
  });
});
