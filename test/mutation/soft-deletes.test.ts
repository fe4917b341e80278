/** What only the derived tests of rows deleted softly would notice, in a random service with a part of a whole that both are. */
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { randomProject, survivorsOf } from "./random-project.js";

/** 23 operations; a limit counts the part, and others refer to part and whole. */
const SEED = 361;

let made: Awaited<ReturnType<typeof randomProject>>;

beforeAll(async () => {
  made = await randomProject(SEED);
}, 600_000);

afterAll(() => rm(made.folder, { recursive: true, force: true }));

it("passes its own tests", () => {
  const { stopped, report } = made.sound;
  expect(stopped).toBeNull();
  expect(report!.tests.filter((one) => !one.passed)).toEqual([]);
  const kinds = report!.tests.flatMap(
    ({ name }) => /\.erase\.(unlisted|kept|parts|room|uncounted)/.exec(name)?.[1] ?? [],
  );
  expect(new Set(kinds).size).toBe(5);
});

it("notices erased rows that are found, counted or referred to, and rows that are not marked", async () => {
  const tried = new Set<string>();
  // One fault of a kind in each file.
  const { chosen, survivors } = await survivorsOf(made.folder, ({ operator, file, description }) => {
    const isNew = description.includes("deletedAt") && !tried.has(`${operator} ${file}`);
    if (isNew) tried.add(`${operator} ${file}`);
    return isNew;
  });
  expect(survivors).toEqual([]);
  const operators = new Set(chosen.map((one) => one.operator));
  expect([...operators].sort()).toEqual(["drop condition", "drop effect", "drop write"]);
}, 600_000);
