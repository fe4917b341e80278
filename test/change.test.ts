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

const CHANGED = "prisma/migrations/1_tasks-can-have-labels-everybody-keeps/migration.sql";
const PROVIDER = "src/providers/TodoTaskProvider.ts";
const EDIT = "\n// one line of the user's\n";

describe("a change of a released backend", () => {
  let early: Ended;
  let changed: Ended;
  let before: AutoBeDatabase.IApplication;
  let released: FileTree;
  let edited: string;
  beforeAll(async () => {
    const recorded = join(EXAMPLES, "todo", "journal.jsonl");
    const made = await autobe("generate", REQUEST, "--replay", recorded, "--until", "realize", "--out", at("todo"));
    expect(made.code, made.err).toBe(0);
    early = await autobe("change", at("todo"), CHANGE, "--replay", JOURNAL);
    before = await releaseIn("todo");
    released = migrationsIn("todo");
    appendFileSync(at("todo", PROVIDER), EDIT);
    edited = textOf("todo", PROVIDER);
    changed = await autobe("change", at("todo"), CHANGE, "--replay", JOURNAL, "--until", "realize", "--json");
  }, 240_000);

  it("has to wait until the run before it has come to its end", () => {
    expect([early.code, early.out]).toEqual([2, ""]);
    expect(early.err).toContain("WORKSPACE.NOT_FINISHED");
    expect(early.err).toContain("autobe resume todo");
  });

  it("asks what it touches, and nothing twice", async () => {
    expect(changed.code, changed.err).toBe(0);
    const entries = entriesOf(at("todo", ".autobe", "journal.jsonl"));
    const from = entries.findIndex((entry) => entry.kind === "change");
    expect(entries.slice(from).flatMap((entry) => (entry.kind === "attempt" ? [entry.task] : []))).toEqual([
      "analyze/change:1",
      "analyze/module:tasks",
      "database/arrange:tasks",
      "database/models:tasks/1",
      "interface/amend:taskLists",
      "test/scenarios:taskLists",
      "realize/operation:taskLists.clearDone",
    ]);
    const prompts = entries.flatMap((entry) => (entry.kind === "attempt" ? [entry.usage.prompt] : []));
    expect(Math.max(...prompts)).toBeLessThanOrEqual(6_000);
    const other = await autobe("change", at("todo"), "Something else.", "--until", "realize");
    expect([other.code, other.err.includes("WORKSPACE.NOT_FINISHED")]).toEqual([2, true]);
    // the same sentence goes on with it, and needs no endpoint
    const again = await autobe("change", at("todo"), CHANGE, "--until", "realize");
    expect(again.code, again.err).toBe(0);
    expect(entriesOf(at("todo", ".autobe", "journal.jsonl"))).toEqual(entries);
  });

  it("keeps what was edited by hand, and says where the new text is", () => {
    expect(textOf("todo", PROVIDER)).toBe(edited);
    const beside = textOf("todo", `${PROVIDER}.autobe-new`);
    expect(beside).toContain("labelIds");
    expect(beside).not.toContain(EDIT);
    expect(changed.err.split("edited by hand").length).toBe(2);
    expect(changed.err).toContain(`${PROVIDER} was edited by hand and is kept; the new text is ${PROVIDER}.autobe-new`);
    expect(existsSync(at("todo", "src/providers/TaskLabelProvider.ts"))).toBe(true);
  });

  it("migrates rows that are there, without loss, by the project's own runner", async () => {
    const migrations = migrationsIn("todo");
    expect(Object.keys(migrations)).toEqual([...Object.keys(released), CHANGED]);
    expect(migrations).toMatchObject(released);
    const { root, migrate } = runnerIn(at("runner"));
    const postgres = new PGlite();
    const rows = async (sql: string) => (await postgres.query<Record<string, unknown>>(sql)).rows;
    const session = { execute: async (sql: string) => void (await postgres.exec(sql)), query: rows };
    put(root, released);
    await migrate(session);
    await fillTables(postgres, before);
    const tables = ["todo_members", "todo_task_lists", "todo_todo_tasks"];
    const all = () => Promise.all(tables.map((table) => rows(`SELECT * FROM ${table} ORDER BY id`)));
    const old = await all();
    expect(old.map((one) => one.length)).toEqual([4, 4, 4]);
    put(root, migrations);
    await migrate(session);
    expect(await all()).toEqual(old);
    expect(await rows("SELECT * FROM todo_task_labels")).toEqual([]);
    await postgres.close();
  });

  it("refuses an empty sentence, and a folder that is not ours", async () => {
    const [empty, foreign] = [await autobe("change", at("todo"), " "), await autobe("change", FOLDER, "More.")];
    expect([empty.code, foreign.code]).toEqual([2, 2]);
    expect(empty.err).toContain("CLI.EMPTY_REQUEST");
    expect(foreign.err).toContain("WORKSPACE.NOT_OURS");
  });

  it("passes the gate", async () => {
    writeFileSync(at("todo", PROVIDER), textOf("todo", `${PROVIDER}.autobe-new`) + EDIT);
    const { code, out, err } = await autobe("resume", at("todo"), "--json");
    expect(code, err).toBe(0);
    const { verify } = JSON.parse(out);
    expect(verify).toMatchObject({ typeErrors: 0, prismaErrors: 0, booted: true, tests: { failed: 0 } });
    expect(verify.requirements).toEqual({ must: 15, exercised: 15 });
    expect(verify.rules).toEqual({ total: 2, exercised: 2 });
    expect(textOf("todo", PROVIDER)).toContain(EDIT);
    const history = JSON.parse(textOf("todo", ".autobe", "released.json"));
    expect([history.changes, Object.keys(history.migrations)]).toEqual([1, [...Object.keys(released), CHANGED]]);
  }, 240_000);
});

it("a journal that has a change is replayed with it", async () => {
  const { code, err } = await autobe(
    "generate",
    REQUEST,
    "--replay",
    JOURNAL,
    "--until",
    "realize",
    "--out",
    at("whole"),
  );
  expect(code, err).toBe(0);
  const known = (path: string) =>
    entriesOf(path).map((entry) =>
      entry.kind === "attempt"
        ? [entry.task, entry.inputs, entry.reply]
        : entry.kind === "accepted"
          ? [entry.task, entry.inputs, entry.answer]
          : entry.request,
    );
  expect(known(at("whole", ".autobe", "journal.jsonl"))).toEqual(known(JOURNAL));
  expect(Object.values(migrationsIn("whole")).join()).toContain("todo_task_labels");
}, 240_000);
