/** A folder through several runs: what was released stays as it is, what was not is made anew, and the project's own runner applies both. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, describe, expect, it } from "vitest";
import type { FileTree } from "../../src/base/file-tree.js";
import { formatFiles } from "../../src/io/format.js";
import { draw } from "../../src/io/picture.js";
import { prismaCompiler } from "../../src/io/prisma.js";
import { openWorkspace } from "../../src/io/workspace.js";
import type { Run } from "../../src/pipeline/contract.js";
import { generate } from "../../src/pipeline/generate.js";
import { type History, migrationsOf, RELEASED, readHistory, release } from "../../src/pipeline/history.js";
import { column } from "../database/column.js";
import { of } from "../database/migration-bench.js";
import { fillTables } from "../database/rows.js";
import { answering } from "../library/asker.js";
import { libraryAnswer, libraryDatabase, libraryOutline, libraryRequest } from "../library/library.js";
import { put, runnerIn } from "./runner.js";

const folder = mkdtempSync(join(tmpdir(), "autobe-"));
afterAll(() => rmSync(folder, { recursive: true }));

const warnings: string[] = [];
const nothing = (): void => {};

/** As far as the tables, with answers that are always the same. */
const run = async (out: string): Promise<FileTree> => {
  const workspace = await openWorkspace(join(folder, out));
  writeFileSync(workspace.journal, "{}\n");
  const known = answering({
    "analyze/outline": libraryOutline(),
    "analyze/module:catalog": libraryAnswer("catalog"),
    "analyze/module:lending": libraryAnswer("lending"),
  });
  const settings: Run = {
    ...known,
    request: libraryRequest(),
    changes: [],
    until: "database",
    out: workspace.directory,
    talk: { done: nothing, fail: nothing, note: nothing, now: nothing, warn: (text) => void warnings.push(text) },
    signal: new AbortController().signal,
    inspect: () => Promise.reject(new TypeError("The gate is not reached.")),
    recall: (path) => workspace.recall(path),
    template: {},
    prisma: prismaCompiler,
    openChecker: () => Promise.reject(new TypeError("Leaves are not reached.")),
    format: (files) => formatFiles(files, {}),
    adopted: null,
    draw,
    write: async (files) => void (await workspace.write(files)),
    edited: () => [],
    prune: async (paths) => void (await workspace.prune(paths)),
    keep: (files) => workspace.keep(files),
  };
  await generate(settings);
  await workspace.close();
  const root = join(workspace.directory, "prisma", "migrations");
  return Object.fromEntries(
    readdirSync(root).map((name) => [
      `prisma/migrations/${name}/migration.sql`,
      readFileSync(join(root, name, "migration.sql"), "utf8"),
    ]),
  );
};

const earlier = (): ReturnType<typeof libraryDatabase> => {
  const database = libraryDatabase();
  const book = of(database, "Book");
  book.plainFields = book.plainFields.filter((field) => field.name !== "isbn");
  book.uniqueIndexes = [];
  book.plainFields.push(column("pages", "int", { minimum: 1 }));
  return database;
};

describe("a folder", () => {
  it("has one migration until its backend was released", async () => {
    const files = await run("fresh");
    expect(Object.keys(files)).toEqual(["prisma/migrations/0_init/migration.sql"]);
    expect(await run("fresh")).toEqual(files);
    const workspace = await openWorkspace(join(folder, "fresh"));
    expect(await readHistory(workspace)).toBeNull();
    await workspace.close();
  });

  it("goes on from what was released, as often as it is run the same", async () => {
    const out = "released";
    await run(out);
    const { files: old } = await migrationsOf(null, earlier(), prismaCompiler);
    const workspace = await openWorkspace(join(folder, out));
    await workspace.write(old);
    await workspace.keep(release(earlier(), { ...old, "README.md": "" }));
    await workspace.close();
    warnings.length = 0;
    const files = await run(out);
    expect(Object.keys(files)).toEqual([
      "prisma/migrations/0_init/migration.sql",
      "prisma/migrations/1_change/migration.sql",
    ]);
    expect(files).toMatchObject(old);
    expect(warnings).toEqual([
      'The migration drops column "lib_books"."pages" with its values.',
      '"lib_books"."isbn" is new and required: rows that exist get "----------".',
    ]);
    expect(await run(out)).toEqual(files);
  });
});

describe("a history", () => {
  it("counts on, and adds nothing where nothing changed", async () => {
    const first = await migrationsOf(null, earlier(), prismaCompiler);
    const history = historyOf(release(earlier(), first.files));
    expect((await migrationsOf(history, earlier(), prismaCompiler)).files).toEqual(first.files);
    const step = { name: "isbn", renames: [{ model: "Book", from: "title", to: "name" }] };
    const renamed = libraryDatabase();
    of(renamed, "Book").plainFields[0]!.name = "name";
    const second = await migrationsOf(history, renamed, prismaCompiler, step);
    expect(Object.keys(second.files)).toEqual([...Object.keys(first.files), "prisma/migrations/1_isbn/migration.sql"]);
    expect(Object.values(second.files)[1]).toContain('RENAME COLUMN "title" TO "name"');
    const third = await migrationsOf(historyOf(release(renamed, second.files)), libraryDatabase(), prismaCompiler);
    expect(Object.keys(third.files).at(-1)).toBe("prisma/migrations/2_change/migration.sql");
  });

  it("is applied by the project's own runner, once each, and as a whole or not at all", async () => {
    const first = await migrationsOf(null, earlier(), prismaCompiler);
    const second = await migrationsOf(historyOf(release(earlier(), first.files)), libraryDatabase(), prismaCompiler);
    const { root, migrate } = runnerIn(join(folder, "runner"));
    const postgres = new PGlite();
    const session = {
      execute: async (sql: string) => void (await postgres.exec(sql)),
      query: async (sql: string) => (await postgres.query<Record<string, unknown>>(sql)).rows,
    };
    put(root, first.files);
    await migrate(session);
    await fillTables(postgres, earlier());
    put(root, second.files);
    // four rows would all get the same number, and it is unique
    await expect(migrate(session)).rejects.toThrow(
      /^Migration "1_change" failed and was rolled back: Migration stopped: rows of "lib_books" are alike in "isbn"/,
    );
    const count = async (column: string) => (await postgres.query(`SELECT ${column} FROM lib_books`)).rows.length;
    expect(await count("pages")).toBe(4);
    await postgres.exec(
      "DELETE FROM lib_loan_notes; DELETE FROM lib_loans; DELETE FROM lib_copies; DELETE FROM lib_reviews",
    );
    await postgres.exec("DELETE FROM lib_books WHERE pages > 1");
    await migrate(session);
    await migrate(session);
    expect(await count("isbn")).toBe(1);
    await postgres.close();
  });
});

const historyOf = (kept: FileTree): History => JSON.parse(kept[RELEASED]!) as History;
