/** `--prisma` as a user meets it: what is said, what is written, who is asked, and the whole gate without a model. */
import { spawn } from "node:child_process";
import { access, copyFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, fakeEndpoint, type Loose } from "../fake-endpoint.js";
import { schemaText } from "./schemas.js";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const schemaFile = (name: string): string => fileURLToPath(new URL(`./${name}.prisma`, import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-"));
});
afterAll(() => rm(folder, { recursive: true }));

const autobe = (...args: string[]) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: { PATH: process.env["PATH"] } });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("exit", (code) => resolve({ code, out, err }));
  });

describe("what cannot be is said before anything is written", () => {
  const adopt = (name: string, ...more: string[]) => [
    "generate",
    "--prisma",
    schemaFile(name),
    "--out",
    "none",
    ...more,
  ];
  test.each([
    [
      "a file that is not there",
      ["generate", "--prisma", "none.prisma", "--no-model"],
      "ADOPT.NO_SCHEMA",
      /none\.prisma/,
    ],
    ["a folder", ["generate", "--prisma", ".", "--no-model"], "ADOPT.NO_SCHEMA", /one file/],
    ["what is not supported", adopt("refused", "--no-model"), "ADOPT.UNSUPPORTED", /refused\.prisma:2 {2}provider/],
    ["no model and no schema", ["generate", "a shop", "--no-model"], "CLI.WRONG_OPTION", /Add --prisma/],
    ["a name and no schema", ["generate", "a shop", "--name", "shop"], "CLI.WRONG_OPTION", /Add --prisma/],
    ["no model and a journal", adopt("blog", "--no-model", "--replay", "j"), "CLI.WRONG_OPTION", /asks nobody/],
    ["a name without letters", adopt("blog", "--no-model", "--name", "42"), "CLI.WRONG_OPTION", /begins with a letter/],
    ["nobody to ask", adopt("blog"), "ENDPOINT.NOT_CONFIGURED", /--base-url/],
    ["neither sentence nor schema", ["generate"], "CLI.EMPTY_REQUEST", /The request is empty/],
  ])("%s", async (_, args, code, message) => {
    const ended = await autobe(...args);
    expect(ended).toMatchObject({ code: 2, out: "", err: expect.stringContaining(code) });
    expect(ended.err).toMatch(message);
    await expect(access(join(folder, "none"))).rejects.toThrow();
  });
});

test("a run without a model is resumed from its folder alone, and the schema is only read", async () => {
  const file = join(folder, "clinic.prisma");
  await copyFile(schemaFile("blog"), file);
  const { mtimeMs } = await stat(file);
  const first = await autobe("generate", "--prisma", "clinic.prisma", "--no-model", "--until", "database", "--json");
  expect(first.code, first.err).toBe(0);
  expect(JSON.parse(first.out)).toMatchObject({ project: "clinic", model: "none", calls: { total: 0 }, verify: null });
  expect(await readFile(file, "utf8")).toBe(schemaText("blog"));
  expect((await stat(file)).mtimeMs).toBe(mtimeMs);

  await rm(file);
  const resumed = await autobe("resume", "clinic", "--until", "test", "--json");
  expect(resumed.code, resumed.err).toBe(0);
  expect(JSON.parse(resumed.out)).toMatchObject({ phases: { interface: { operations: 39 } }, calls: { total: 0 } });
  expect(await autobe("verify", "clinic")).toMatchObject({
    code: 2,
    err: expect.stringContaining("autobe resume DIR"),
  });

  const changed = await autobe("change", "clinic", "Posts can have labels.");
  expect(changed).toMatchObject({ code: 2, err: expect.stringContaining("WORKSPACE.ADOPTED_SCHEMA") });

  await writeFile(file, schemaText("school"));
  const other = await autobe("generate", "--prisma", "clinic.prisma", "--no-model");
  expect(other).toMatchObject({ code: 2, err: expect.stringContaining("WORKSPACE.OTHER_REQUEST") });
});

test("with a model the contract alone is asked for, and the tables stay", async () => {
  const asked: string[] = [];
  const server = await fakeEndpoint([
    (response, heard) => {
      const { name, parameters } = heard.body["tools"][0].function;
      asked.push(name);
      const silence = Object.entries<Loose>(parameters.properties).map(([key, { type }]) => [
        key,
        type === "array" ? [] : "Nothing to change.",
      ]);
      return call(Object.fromEntries(silence))(response, heard);
    },
  ]);
  try {
    const args = ["--prisma", schemaFile("blog"), "--out", "asked", "--base-url", server.url, "--until", "test"];
    const ended = await autobe("generate", "a blog for a village", ...args, "--json");
    expect(ended.code, ended.err).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({ model: "toy", phases: { analyze: { requirements: 7 } } });
    expect(new Set(asked)).toEqual(new Set(["amendInterface"]));
    expect(await readFile(join(folder, "asked/docs/analysis/01-overview.md"), "utf8")).toContain(
      "a blog for a village",
    );
  } finally {
    await server.close();
  }
});

test("what comes out without a model passes the whole gate", async () => {
  const ended = await autobe("generate", "--prisma", schemaFile("odd"), "--no-model", "--out", "odd", "--json");
  expect(ended.code, ended.err).toBe(0);
  const { verify, calls } = JSON.parse(ended.out);
  expect(calls.total).toBe(0);
  expect(verify).toMatchObject({ typeErrors: 0, prismaErrors: 0, booted: true, tests: { failed: 0 } });
  expect(verify.tests.passed).toBeGreaterThanOrEqual(300);
  expect(verify.operations.answered2xx).toBe(verify.operations.total);
  expect(verify.requirements).toEqual({ must: 14, exercised: 14 });
  expect(verify.rules.exercised).toBe(verify.rules.total);
}, 300_000);
