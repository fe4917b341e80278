/** The recorded example, replayed through the command line: it passes its gate within its budgets, and twice comes out the same. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), "autobe-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

const generate = (project: string, out: string, ...more: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const example = join(ROOT, "examples", project);
    const from = [`@${join(example, "request.md")}`, "--replay", join(example, "journal.jsonl")];
    const child = spawn(
      process.execPath,
      [join(ROOT, "dist/cli/main.js"), "generate", ...from, "--out", join(FOLDER, out), "--json", ...more],
      { cwd: FOLDER, env: { PATH: process.env["PATH"] }, stdio: ["ignore", "pipe", "pipe"] },
    );
    let [text, err] = ["", ""];
    child.stdout.on("data", (data) => {
      text += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("exit", (code) => resolve({ code, out: text, err }));
  });

/** One that was changed afterwards has a test of its own. */
const isUnchanged = (project: string): boolean =>
  !readFileSync(join(ROOT, "examples", project, "journal.jsonl"), "utf8").includes('\n{"kind":"change"');
/** The small ones go through the gate, and keep their ASTs. */
const isSmall = (project: string): boolean => existsSync(join(ROOT, "examples", project, "ast"));

const UNCHANGED = readdirSync(join(ROOT, "examples")).filter(isUnchanged);

describe.each(UNCHANGED.filter((one) => !isSmall(one)))("the large example %s", (project) => {
  it("replays as far as its implementation, without a loss, within its budgets of replies and tokens", async () => {
    const { code, out, err } = await generate(project, project, "--until", "realize");
    expect(code, err).toBe(0);
    expect(err).not.toContain("⚠");
    const { phases, calls, items, tokens } = JSON.parse(out);
    expect(phases.database.models).toBeGreaterThanOrEqual(10);
    expect(phases.interface.operations).toBeGreaterThanOrEqual(50);
    expect(phases.test.functions).toBeGreaterThanOrEqual(150);
    expect(phases.realize.functions).toBe(phases.interface.operations);
    expect(items.dropped).toBe(0);
    expect(calls.total).toBeLessThanOrEqual(60);
    expect(tokens.largestPrompt).toBeLessThanOrEqual(12_000);
    expect(tokens.prompt + tokens.completion).toBeLessThanOrEqual(300_000);
  });
});

describe.each(UNCHANGED.filter(isSmall))("the example %s", (project) => {
  let whole: Ended;
  let again: Ended;
  beforeAll(async () => {
    whole = await generate(project, `${project}-whole`);
    again = await generate(project, `${project}-again`, "--until", "realize");
  }, 300_000);

  it("passes its gate, and says so in one object", () => {
    expect(whole.code, whole.err).toBe(0);
    expect(whole.out.trim().split("\n")).toHaveLength(1);
    const { verify } = JSON.parse(whole.out);
    expect(verify).toMatchObject({ typeErrors: 0, prismaErrors: 0, booted: true, tests: { failed: 0 } });
    expect(verify.tests.passed).toBeGreaterThanOrEqual(25);
    expect(verify.operations.answered2xx).toBe(verify.operations.total);
    expect(verify.requirements.exercised).toBe(verify.requirements.must);
    expect(verify.rules.exercised).toBe(verify.rules.total);
  });

  it("stays within its budgets of replies and tokens", () => {
    const { calls, tokens } = JSON.parse(whole.out);
    expect(calls.total).toBeLessThanOrEqual(15);
    expect(tokens.largestPrompt).toBeLessThanOrEqual(6_000);
    expect(tokens.prompt + tokens.completion).toBeLessThanOrEqual(80_000);
  });

  it("comes out the same, byte for byte", () => {
    expect(again.code, again.err).toBe(0);
    const [left, right] = [textsOf(join(FOLDER, `${project}-whole`)), textsOf(join(FOLDER, `${project}-again`))];
    expect(Object.keys(right).length).toBeGreaterThan(80);
    for (const [path, text] of Object.entries(right)) expect(left[path], path).toBe(text);
  });

  it("is released once it has passed its gate, and not before", () => {
    const [passed, begun] = ["whole", "again"].map((one) =>
      join(FOLDER, `${project}-${one}`, ".autobe", "released.json"),
    );
    expect(existsSync(begun!)).toBe(false);
    const { migrations, database } = JSON.parse(readFileSync(passed!, "utf8"));
    const migration = "prisma/migrations/0_init/migration.sql";
    expect(migrations).toEqual({ [migration]: readFileSync(join(FOLDER, `${project}-whole`, migration), "utf8") });
    expect(database.files.length).toBeGreaterThan(0);
  });

  it("comes to the ASTs that lie beside its journal", () => {
    const recorded = join(ROOT, "examples", project, "ast");
    const asts = textsOf(join(FOLDER, `${project}-whole`, ".autobe", "ast"));
    if (process.env["GOLDEN"])
      for (const [path, text] of Object.entries(asts)) writeFileSync(join(recorded, path), text);
    expect(asts).toEqual(textsOf(recorded));
  });
});

/** Texts by path, without what a run keeps for itself. */
const textsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), path] as const)
      .filter(([path]) => !path.startsWith(".autobe"))
      .map(([path, full]) => [path, readFileSync(full, "utf8")]),
  );
