/** What only the derived tests of limits, calls at once, pages and references would notice, in a random service that has them all. */
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { randomProject, survivorsOf } from "./random-project.js";

/** 18 operations, two of them under a limit. */
const SEED = 3023757;

let made: Awaited<ReturnType<typeof randomProject>>;

beforeAll(async () => {
  made = await randomProject(SEED);
}, 240_000);

afterAll(() => rm(made.folder, { recursive: true, force: true }));

it("passes its own tests", () => {
  const { stopped, report } = made.sound;
  expect(stopped).toBeNull();
  expect(report!.tests.filter((one) => !one.passed)).toEqual([]);
  expect(report!.tests.map(({ name }) => name).filter((name) => /\.race$/.test(name)).length).toBe(2);
});

it("notices limits that are off by one or count outside of a transaction, pages that count wrongly, and references that are not looked up", async () => {
  const { chosen, survivors } = await survivorsOf(
    made.folder,
    ({ operator, description }) =>
      ["shift boundary", "drop paging", "drop transaction"].includes(operator) ||
      (operator === "drop guard" && /\w+Row === null/.test(description)),
  );
  expect(new Set(chosen.map((one) => one.operator)).size).toBe(4);
  expect(survivors).toEqual([]);
}, 240_000);
