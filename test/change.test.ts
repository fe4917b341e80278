/** The recorded change of the to-do service, through the command line: what is asked, what becomes of rows and of files that were edited. */
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileTree } from "../src/base/file-tree.js";
import type { JournalEntry } from "../src/base/journal.js";
import { openWorkspace } from "../src/io/workspace.js";
import type { AutoBeDatabase } from "../src/phases/2-database/ast.js";
import { end, release } from "../src/pipeline/history.js";
import { fillTables } from "./database/rows.js";
import { put, runnerIn } from "./pipeline/runner.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const EXAMPLES = join(ROOT, "examples");
const JOURNAL = join(EXAMPLES, "todo-labels", "journal.jsonl");
const REQUEST = `@${join(EXAMPLES, "todo", "request.md")}`;
const CHANGE = `@${join(EXAMPLES, "todo-labels", "request.md")}`;
const FOLDER = mkdtempSync(join(tmpdir(), "autobe-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

const autobe = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, "dist/cli/main.js"), ...args], {
      cwd: FOLDER,
      env: { PATH: process.env["PATH"] },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("exit", (code) => resolve({ code, out, err }));
  });

const at = (...path: string[]): string => join(FOLDER, ...path);
const textOf = (...path: string[]): string => readFileSync(at(...path), "utf8");
const entriesOf = (path: string): JournalEntry[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const migrationsIn = (project: string): FileTree =>
  Object.fromEntries(
    readdirSync(at(project, "prisma", "migrations"))
      .map((name) => `prisma/migrations/${name}/migration.sql`)
      .map((path) => [path, textOf(project, path)]),
  );

/** As the gate leaves a backend that passed it. */
const releaseIn = async (project: string): Promise<AutoBeDatabase.IApplication> => {
  const database = JSON.parse(textOf(project, ".autobe", "ast", "database.json"));
  const workspace = await openWorkspace(at(project));
  await workspace.keep({ ...release(database, migrationsIn(project)), ...end(0) });
  await workspace.close();
  return database;
};

const PROVIDER = "src/providers/TaskListsProvider.ts";
const PAGE = "docs/analysis/01-overview.md";

describe("a change of a released backend", () => {
  let early: Ended;
  let changed: Ended;
  let before: AutoBeDatabase.IApplication;
  let first: FileTree;
  let edited: string;
  beforeAll(async () => {
    const made = await autobe("generate", REQUEST, "--replay", JOURNAL, "--until", "realize", "--out", at("todo"));
    expect(made.code, made.err).toBe(0);
  }, 120_000);

  it("", () => {});
});
