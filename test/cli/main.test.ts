/** The command line as a user meets it: messages, exit codes, and what lies on stdout. */
import { spawn } from "node:child_process";
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { call, type FakeEndpoint, fakeEndpoint, json, type Scene, say, text } from "../fake-endpoint.js";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-"));
});
afterAll(() => rm(folder, { recursive: true }));

const servers: FakeEndpoint[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
const serve = async (scenes: Scene[], models?: Scene): Promise<string> => {
  const server = await fakeEndpoint(scenes, models);
  servers.push(server);
  return server.url;
};

const autobe = (args: string[], environment: Record<string, string> = {}, interrupt?: Promise<void>) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], XDG_CACHE_HOME: join(folder, "cache"), ...environment },
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("exit", (code) => resolve({ code, out, err }));
    interrupt?.then(() => child.kill("SIGINT"));
  });

describe("bad input ends with one message, the right code, and nothing on stdout", () => {
  const generate = (...more: string[]) => ["generate", "a shop", "--out", "shop", ...more];
  test.each([
    ["no endpoint", generate(), 2, "ENDPOINT.NOT_CONFIGURED", /No endpoint is configured[\s\S]*--base-url/],
    ["no request", ["generate", " "], 2, "CLI.EMPTY_REQUEST", /The request is empty/],
    ["no request file", ["generate", "@none.md"], 2, "CLI.NO_REQUEST", /none\.md could not be read/],
    ["a wrong number", generate("--concurrency", "many"), 2, "CLI.WRONG_OPTION", /--concurrency/],
    ["a wrong phase", generate("--until", "lunch"), 2, "", /lunch/],
    ["an unknown option", generate("--frobnicate"), 2, "", /frobnicate/],
    ["refresh without replay", generate("--refresh"), 2, "CLI.WRONG_OPTION", /--replay/],
    ["a journal that is not there", generate("--replay", "none.jsonl"), 2, "JOURNAL.NOT_READ", /none\.jsonl could not/],
    ["a folder that is not there", ["resume", "nowhere"], 2, "WORKSPACE.NOT_OURS", /holds no run/],
    ["an unknown preset", ["doctor", "--provider", "x"], 2, "ENDPOINT.UNKNOWN_PROVIDER", /openrouter/],
    ["an unknown function", ["schema", "none"], 2, "CLI.UNKNOWN_FUNCTION", /Nearest/],
    ["nobody there", generate("--base-url", "http://127.0.0.1:9/v1"), 3, "ENDPOINT.UNREACHABLE", /cannot be reached/],
  ])("%s", async (_, args, code, known, message) => {
    const ended = await autobe(args);
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toContain(known);
    expect(ended.err).toMatch(message);
    expect(ended.err).not.toMatch(/\n\s+at /);
    await expect(access(join(folder, "shop"))).rejects.toThrow();
  });

  test("a wrong key, which is never printed", async () => {
    const url = await serve([], json(401, { error: { message: "bad key sk-very-secret" } }));
    const ended = await autobe(generate(), { OPENAI_BASE_URL: url, OPENAI_API_KEY: "sk-very-secret" });
    expect(ended).toMatchObject({ code: 2, out: "" });
    expect(ended.err).toContain("OPENAI_API_KEY");
    expect(ended.err).not.toContain("very-secret");
  });

  test("a key that belongs elsewhere is not sent, and that is said", async () => {
    const url = await serve([], json(401, { error: { message: "no key" } }));
    const ended = await autobe(generate("--base-url", url), { OPENAI_API_KEY: "sk-very-secret" });
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(`OPENAI_BASE_URL=${url}`);
    expect(JSON.stringify(servers[0]!.others)).not.toContain("very-secret");
  });

  test("a web page instead of an endpoint", async () => {
    const url = await serve([], text(200, "<!doctype html><title>Hello</title>"));
    expect(await autobe(generate("--base-url", url))).toMatchObject({
      code: 2,
      err: expect.stringContaining("web pages"),
    });
  });

  test("foreign files", async () => {
    await mkdir(join(folder, "foreign"));
    await writeFile(join(folder, "foreign", "thesis.doc"), "");
    const ended = await autobe(["generate", "a shop", "--out", "foreign", "--base-url", await serve([])]);
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining("thesis.doc") });
    expect(await readdir(join(folder, "foreign"))).toEqual(["thesis.doc"]);
  });

  test("a corrupt journal", async () => {
    await mkdir(join(folder, "corrupt", ".autobe"), { recursive: true });
    await writeFile(join(folder, "corrupt", ".autobe", "journal.jsonl"), "{oops\n{}\n");
    expect(await autobe(["resume", "corrupt"])).toMatchObject({ code: 2, err: expect.stringContaining("line 1") });
  });

  test("another request in the folder of a run, and a run that has not come to its contract", async () => {
    await mkdir(join(folder, "begun", ".autobe"), { recursive: true });
    const header = {
      kind: "run",
      at: "2026-01-01T00:00:00.000Z",
      version: "0",
      request: "a shop",
      model: "m",
      baseUrl: "u",
    };
    await writeFile(join(folder, "begun", ".autobe", "journal.jsonl"), `${JSON.stringify(header)}\n`);
    const other = await autobe(["generate", "a zoo", "--out", "begun"]);
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining("WORKSPACE.OTHER_REQUEST") });
    const early = await autobe(["verify", "begun"]);
    expect(early).toMatchObject({ code: 2, err: expect.stringContaining("WORKSPACE.NOT_FINISHED") });
  });

  test("Ctrl-C while the endpoint is silent", async () => {
    let hear = (): void => {};
    const heard = new Promise<void>((resolve) => {
      hear = resolve;
    });
    const url = await serve([], () => hear());
    const ended = await autobe(generate("--base-url", url), {}, heard);
    expect(ended).toMatchObject({ code: 130, out: "", err: expect.stringContaining("Interrupted") });
  });
});

test("what an endpoint taught is kept in the cache of the user", async () => {
  const refusal = json(400, { error: { message: "Unknown parameter: parallel_tool_calls" } });
  const url = await serve([
    (response, heard) => ("parallel_tool_calls" in heard.body ? refusal : call({ sum: 42 }))(response, heard),
  ]);
  await autobe(["doctor", "--base-url", url]);
  const kept = join(folder, "cache", "autobe");
  const texts = await Promise.all((await readdir(kept)).map((name) => readFile(join(kept, name), "utf8")));
  const [entry] = texts.map((text) => JSON.parse(text)).filter(({ endpoint }) => endpoint === url);
  expect(entry.form.refused).toEqual(["parallel_tool_calls"]);
});

describe("doctor", () => {
  test("finds a good endpoint good", async () => {
    const url = await serve([call({ sum: 42 })]);
    const ended = await autobe(["doctor", "--base-url", url]);
    expect(ended).toMatchObject({ code: 0, out: "" });
    expect(ended.err).toMatch(/reachable +yes[\s\S]*lists models +yes[\s\S]*calls a tool +yes[\s\S]*streams +yes/);
  });

  test("prints one object with --json", async () => {
    const url = await serve([call({ sum: 42 })]);
    const { code, out, err } = await autobe(["doctor", "--base-url", url, "--json"]);
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out)).toMatchObject({ model: "toy", findings: expect.arrayContaining([]) });
  });

  test("says what a model cannot", async () => {
    const url = await serve([say("42 of course")]);
    const ended = await autobe(["doctor", "--base-url", url]);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/calls a tool +no +it said: 42 of course/);
  });

  test("names the models there are where the one named is not", async () => {
    const url = await serve([json(404, { error: { code: "model_not_found", message: "no such model" } })]);
    const ended = await autobe(["doctor", "--base-url", url, "--model", "foo"]);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/no model called foo[\s\S]*toy/);
  });
});

test("schema lists functions and prints one, by its name alone too", async () => {
  const listed = await autobe(["schema"]);
  expect(listed).toMatchObject({ code: 0, err: "" });
  expect(listed.out.trim().split("\n")).toEqual(expect.arrayContaining(["outline", "full/writeFunction"]));
  for (const name of ["full/writeFunction", "writeFunction"]) {
    const { out } = await autobe(["schema", name]);
    expect(JSON.parse(out)).toMatchObject({ name: "writeFunction", parameters: { type: "object" } });
  }
});
