/** The whole gate on a small project of the template and test/goldens/gate-project: it passes as it is, and no fault passes. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Evidence } from "../../src/base/evidence.js";
import type { Mutant } from "../../src/base/mutation.js";
import type { Talk } from "../../src/base/talk.js";
import { explain } from "../../src/gate/explain.js";
import { judge, type Promises } from "../../src/gate/judge.js";
import { mutantsOf } from "../../src/gate/mutation/mutants.js";
import { tryMutants } from "../../src/io/mutation-runner.js";
import { readTemplate } from "../../src/io/package-folder.js";
import { createProjectCompiler } from "../../src/io/project-compiler.js";
import { readSources } from "../../src/io/sources.js";
import { runTests } from "../../src/io/test-runner.js";
import { verifyProject } from "../../src/io/verify.js";

const GOLDEN = fileURLToPath(new URL("../goldens/gate-project", import.meta.url));
const SILENT: Talk = { done: () => {}, warn: () => {}, fail: () => {}, note: () => {}, now: () => {} };
const PROVIDER = "src/providers/NoteProvider.ts";

const promises: Promises = {
  operations: [
    ...["join", "login", "refresh", "logout"].map((one) => ({ method: "post", path: `/auth/member/${one}` })),
    { method: "get", path: "/auth/member/me" },
    { method: "post", path: "/notes" },
    { method: "get", path: "/notes/{noteId}" },
  ],
  requirements: ["notes.R1", "notes.R2"],
  rules: ["notes.B1"],
};

let folder: string;
let sound: Evidence;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-gate-"));
  for (const [path, text] of Object.entries(await readTemplate())) {
    const target = join(folder, path.replace(/(^|\/)dot-/, "$1."));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text.replaceAll(/\{\{\w+\}\}/g, "gate"));
  }
  await cp(GOLDEN, folder, { recursive: true });
  process.env["OPENAI_API_KEY"] = "sk-not-for-generated-code";
  sound = await verifyProject(folder, SILENT);
});

afterAll(async () => {
  delete process.env["OPENAI_API_KEY"];
  await rm(folder, { recursive: true, force: true });
});

const read = (path: string): Promise<string> => readFile(join(folder, path), "utf8");

/** Does a task while a file of the project says something else. */
const whileBroken = async <T>(path: string, from: string, to: string, task: () => Promise<T>): Promise<T> => {
  const text = await read(path);
  expect(text).toContain(from);
  await writeFile(join(folder, path), text.replace(from, to));
  try {
    return await task();
  } finally {
    await writeFile(join(folder, path), text);
  }
};

describe("the gate", () => {
  it("passes a sound project", () => {
    const verdict = judge(sound, promises);
    expect(explain(sound, verdict)).toEqual([]);
    expect(verdict).toMatchObject({
      passed: true,
      verify: {
        typeErrors: 0,
        booted: true,
        database: "pglite",
        tests: { failed: 0 },
        operations: { total: 7, answered2xx: 7 },
        requirements: { must: 2, exercised: 2 },
        rules: { total: 1, exercised: 1 },
      },
    });
    expect(sound.steps.map(({ step }) => step)).toEqual(["schema", "client", "build", "sdk", "build tests", "tests"]);
  });

  it("answers the SDK and does not write it", async () => {
    expect(Object.keys(sound.sdk!)).toContain("src/api/functional/notes/index.ts");
    expect(sound.sdk!["src/api/functional/notes/index.ts"]).toContain('from "../../structures/INote"');
    await expect(read("src/api/index.ts")).rejects.toThrow("ENOENT");
  });

  it("tells whether the tests notice a fault, and changes nothing of the project", async () => {
    const before = await readSources(folder);
    const text = await read(PROVIDER);
    const own = mutantsOf(before).filter(({ file, members }) => file === PROVIDER && members[0] === "NoteProvider.at");
    const byHand = (description: string, code: string, members = ["NoteProvider.at"]): Mutant => ({
      ...{ operator: "by hand", file: PROVIDER, line: 1, description, members },
      files: { [PROVIDER]: text.replace("if (row === null)", `${code} if (row === null)`) },
    });
    const mutants = [
      ...own,
      byHand("never answers", "await new Promise<void>(() => {});"),
      byHand("ends the process", 'process.kill(process.pid, "SIGKILL");'),
      byHand("lies where no test comes to", "", ["NoteProvider.nothing"]),
      byHand("still is read", ""),
    ];
    const fates = await tryMutants(folder, mutants, SILENT, { patience: 3000 });
    const told = mutants.map((one, index) => [
      `${one.operator}: ${one.description}`.replace(/\(.*/, "…"),
      fates[index]!.end,
      fates[index]!.by?.error.startsWith("no end") ? "no end" : (fates[index]!.by?.test ?? null),
    ]);
    expect(told).toEqual([
      ["drop condition: without the condition: id: props.noteId", "survived", null],
      ["drop owner filter: without the condition: ownerId: props.caller.id", "killed", "note.at.foreign"],
      ["drop guard: without the guard: if …", "unfit", null],
      ["flip comparison: !== in row === null", "unfit", null],
      ["wrong status: 403 in refusal…", "killed", "note.at.foreign"],
      ["by hand: never answers", "killed", "no end"],
      ["by hand: ends the process", "ended", null],
      ["by hand: lies where no test comes to", "unreached", null],
      ["by hand: still is read", "survived", null],
    ]);
    expect(await readSources(folder)).toEqual(before);
  });

  it("tells why an application does not boot", async () => {
    const sql = "prisma/migrations/0_init/migration.sql";
    const build = join(folder, ".autobe", "build");
    const run = await whileBroken(sql, "CREATE TABLE", "CREATE TABEL", () => runTests(folder, build));
    expect(run).toMatchObject({ booted: false, report: null });
    expect(run.why).toContain('Migration "0_init" failed');
    const mutants = mutantsOf(await readSources(folder));
    const tried = whileBroken(sql, "CREATE TABLE", "CREATE TABEL", () => tryMutants(folder, mutants, SILENT));
    await expect(tried).rejects.toMatchObject({
      code: "MUTATION.NOT_STARTED",
      message: expect.stringContaining('Migration "0_init" failed'),
    });
    const late = await runTests(folder, build, { timeLimit: 500 });
    expect(late).toMatchObject({ booted: false, report: null });
    expect(late.why).toContain("did not end within");
  });

  it("sees a provider that forgets whose the row is", async () => {
    const broken = await whileBroken(PROVIDER, "id: props.noteId, ownerId: props.caller.id", "id: props.noteId", () =>
      verifyProject(folder, SILENT),
    );
    expect(broken.sdk).toEqual(sound.sdk); // a second build in this process writes the same bytes
    expect(broken.swagger).toEqual(sound.swagger);
    const verdict = judge(broken, promises);
    expect(verdict).toMatchObject({
      passed: false,
      unexercised: { requirements: ["notes.R2"], rules: [] },
      failedTests: [{ name: "note.at.foreign", exchange: { template: "/notes/{noteId}", status: 200 } }],
    });
  });

  it("does not start what does not type-check, and hears the transforms", async () => {
    const structure = "src/api/structures/INote.ts";
    const broken = await whileBroken(PROVIDER, "props.body.title", "props.body.titel", () =>
      whileBroken(structure, "title: string;", "title: string;\n  big?: Map<string, number>;", () =>
        verifyProject(folder, SILENT),
      ),
    );
    expect(broken.stopped?.step).toBe("build");
    expect(broken.typeComplaints.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
      `${PROVIDER}:11 TS2551`,
      "src/controllers/NotesController.ts:19 TypedRoute.Post",
      "src/controllers/NotesController.ts:32 TypedRoute.Get",
    ]);
    expect(judge(broken, promises)).toMatchObject({ passed: false, verify: { typeErrors: 3, booted: false } });
  });

  it("does not build upon a schema that Prisma refuses", async () => {
    const broken = await whileBroken("prisma/schema/notes.prisma", "Member @relation", "Membre @relation", () =>
      verifyProject(folder, SILENT),
    );
    expect(broken).toMatchObject({
      stopped: { step: "schema" },
      schemaComplaints: [{ file: "prisma/schema/notes.prisma" }],
    });
  });
});

describe("the compiler of the gate", () => {
  it("checks a file that lies only in memory", async () => {
    const compiler = await createProjectCompiler(folder);
    const text = (await read(PROVIDER)).replace("findFirst", "findFrist");
    const path = "src/providers/OtherProvider.ts";
    expect(compiler.checkFiles({ [path]: text }, [path])).toEqual([
      {
        file: path,
        start: text.indexOf("findFrist"),
        end: text.indexOf("findFrist") + "findFrist".length,
        line: 16,
        code: "TS2551",
        message: expect.stringContaining("Did you mean 'findFirst'?"),
      },
    ]);
    expect(compiler.checkFiles({}, [PROVIDER])).toEqual([]);
  });
});
