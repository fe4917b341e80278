/** The journal on disk: in order, at once, whole or cut. */
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JournalEntry, Unstamped } from "../../src/base/journal.js";
import { createJournal, readJournal, resumeJournal } from "../../src/io/journal-file.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-"));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
const fresh = () => join(folder, `run-${++count}`, "journal.jsonl");
const header = { kind: "run" as const, version: "1", request: "a shop", model: "toy", baseUrl: "localhost:1" };
const entry = (task: string): Unstamped => ({
  kind: "accepted",
  task,
  inputs: "i",
  answer: { plan: "größer\n" },
  dropped: [],
  attempts: 1,
});
const tasksOf = (entries: readonly JournalEntry[]) => entries.map((one) => ("task" in one ? one.task : one.kind));

describe("a journal file", () => {
  test("holds one line per entry, in the order of append, also when written at once", async () => {
    const path = fresh();
    const journal = await createJournal(path, header);
    await Promise.all(["a", "b", "c"].map((task) => journal.append(entry(task))));
    expect(tasksOf(journal.entries)).toEqual(["run", "a", "b", "c"]);
    expect(tasksOf(await readJournal(path))).toEqual(["run", "a", "b", "c"]);
    expect((await readFile(path, "utf8")).split("\n")).toHaveLength(5);
    await journal.close();
  });

  test("is on disk when append resolves", async () => {
    const path = fresh();
    const journal = await createJournal(path, header);
    await journal.append(entry("a"));
    expect(await readFile(path, "utf8")).toContain('"task":"a"');
    await journal.close();
  });

  test("says so where it cannot be written, and is the user's matter", async () => {
    const journal = await createJournal(fresh(), header);
    await journal.close();
    const late = journal.append(entry("a"));
    await expect(late).rejects.toMatchObject({ name: "Failure", code: "JOURNAL.NOT_WRITTEN" });
  });

  test("is never begun over another", async () => {
    const path = fresh();
    await (await createJournal(path, header)).close();
    await expect(createJournal(path, header)).rejects.toMatchObject({ code: "EEXIST" });
  });

  test("has its first line from the first moment on, whatever a crash left beside it", async () => {
    const path = fresh();
    await mkdir(dirname(path));
    await writeFile(`${path}.part`, '{"kind":"ru');
    const sizes = new Set<number>();
    let isOver = false;
    const watching = (async () => {
      while (!isOver) {
        const found = await stat(path).catch(() => null);
        if (found !== null) sizes.add(found.size);
      }
    })();
    // a long one takes long enough to be seen at
    await (await createJournal(path, { ...header, request: "a shop ".repeat(4_000_000) })).close();
    isOver = true;
    await watching;
    expect([...sizes].filter((size) => size < 28_000_000)).toEqual([]);
    expect(await readdir(dirname(path))).toEqual(["journal.jsonl"]);
  });

  test("survives a last line that a kill cut, at every length of it", async () => {
    const line = JSON.stringify({ ...entry("torn"), at: "2026" });
    for (const length of [1, 20, line.length - 1, line.length]) {
      const path = fresh();
      const first = await createJournal(path, header);
      await first.append(entry("a"));
      await first.close();
      await appendFile(path, line.slice(0, length));
      const whole = length === line.length;
      const again = await resumeJournal(path);
      expect(tasksOf(again.entries)).toEqual(whole ? ["run", "a", "torn"] : ["run", "a"]);
      await again.append(entry("b"));
      await again.close();
      expect(tasksOf(await readJournal(path))).toEqual(whole ? ["run", "a", "torn", "b"] : ["run", "a", "b"]);
    }
  });

  test("cuts a torn line also behind letters of several bytes", async () => {
    const path = fresh();
    const first = await createJournal(path, { ...header, request: "größer 😀 €" });
    await first.close();
    await appendFile(path, '{"kind":"acc');
    const again = await resumeJournal(path);
    await again.append(entry("b"));
    await again.close();
    expect((await readJournal(path))[0]).toMatchObject({ request: "größer 😀 €" });
  });

  test.each([
    ["is not JSON", "{oops"],
    ["is empty", ""],
    ["is not as a journal has it", '{"kind":"accepted"}'],
  ])("says which line %s, and touches nothing", async (why, line) => {
    const path = fresh();
    const good = JSON.stringify({ ...header, at: "2026" });
    const text = `${good}\n${line}\n${good}\n`;
    await (await createJournal(path, header)).close();
    await writeFile(path, text);
    await expect(resumeJournal(path)).rejects.toMatchObject({
      name: "Failure",
      code: "JOURNAL.CORRUPT",
      message: expect.stringMatching(new RegExp(`line 2: .*${why}`)),
      next: expect.stringContaining("line 2"),
    });
    expect(await readFile(path, "utf8")).toBe(text);
  });

  test("without its first entry, or not there at all, is the user's matter", async () => {
    const path = fresh();
    await expect(readJournal(path)).rejects.toMatchObject({ name: "Failure", code: "JOURNAL.NOT_READ" });
    await writeFile(join(folder, "empty.jsonl"), "");
    await expect(readJournal(join(folder, "empty.jsonl"))).rejects.toMatchObject({ code: "JOURNAL.CORRUPT" });
  });
});
