/** What is learned of an endpoint is there again in the next run, holds no secret, and is forgotten in time. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FIRST_FORM, type Form } from "../../src/io/endpoint/form.js";
import { cacheFolder, fileStore } from "../../src/io/endpoint/store.js";
import { call, json } from "../fake-endpoint.js";
import { ARGS, meet } from "./meet.js";

let home: string;
let folder: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "autobe-cache-"));
  folder = cacheFolder({ XDG_CACHE_HOME: home });
});
afterEach(() => rm(home, { recursive: true }));

const DAY = 24 * 3_600_000;
const identity = { baseUrl: "http://127.0.0.1:1/v1", provider: null, model: "m" };
const learned: Form = { ...FIRST_FORM, rung: 3, refused: ["stream_options"], toolChoice: "auto", most: 4_096 };
const onlyFile = async (): Promise<string> => {
  const names = await readdir(folder);
  expect(names).toHaveLength(1);
  return join(folder, names[0]!);
};

test("what was learned is written down, without the key", async () => {
  const refusal = json(400, {
    error: { message: "The provided JSON schema contains features not supported by xgrammar." },
  });
  const profiles = fileStore(folder);
  const { server, connection, ask } = await meet([refusal, call(ARGS)], { profiles });
  await ask();
  const again = await meet([call(ARGS)], { profiles });
  await again.ask(); // another port is another endpoint
  expect(again.server.chats[0]!.body).toEqual(server.chats[0]!.body);
  await connection.close();

  const text = await readFile(await onlyFile(), "utf8");
  expect(text).not.toContain("sk-secret");
  expect(JSON.parse(text)).toMatchObject({ version: 1, endpoint: server.url, model: "toy", form: { rung: 2 } });
  const { form } = JSON.parse(text) as { form: Form };
  expect(await profiles.load({ baseUrl: server.url, provider: null, model: "toy" })).toEqual(form);
});

test("a loaded form is the form of the first request", async () => {
  const profiles = { load: async () => learned, save: async () => {} };
  const { server, ask } = await meet([call(ARGS)], { profiles });
  await ask({ maximumTokens: 9_000 });
  const { body } = server.chats[0]!;
  expect(body).toMatchObject({ tool_choice: "auto", max_tokens: 4_096 });
  expect(body).not.toHaveProperty("stream_options");
});

test("nothing learned, nothing written", async () => {
  const { ask } = await meet([call(ARGS)], { profiles: fileStore(folder) });
  await ask();
  expect(await readdir(home)).toEqual([]);
});

describe("an entry", () => {
  test("belongs to one URL, one preset and one model", async () => {
    const store = fileStore(folder);
    await store.save(identity, learned);
    expect(await store.load(identity)).toEqual(learned);
    expect(await store.load({ ...identity, model: "n" })).toBeNull();
    expect(await store.load({ ...identity, baseUrl: "http://127.0.0.1:2/v1" })).toBeNull();
    expect(await store.load({ ...identity, provider: "vllm" })).toBeNull();
  });

  test("is forgotten thirty days after its oldest lesson, however often it was added to", async () => {
    let now = 1_000 * DAY;
    const store = fileStore(folder, () => now);
    await store.save(identity, { ...learned, rung: 1 });
    now += 29 * DAY;
    await store.save(identity, learned);
    expect(await store.load(identity)).toEqual(learned);
    now += 2 * DAY;
    expect(await store.load(identity)).toBeNull();
    await store.save(identity, learned); // and begins anew
    now += 29 * DAY;
    expect(await store.load(identity)).toEqual(learned);
    now -= 40 * DAY; // a clock that was put back proves nothing
    expect(await store.load(identity)).toBeNull();
  });

  test.each<[string, (text: string) => string]>([
    ["cut", (text) => text.slice(0, 40)],
    ["empty", () => ""],
    ["of another version", (text) => text.replace('"version": 1', '"version": 99')],
    ["with a rung there is not", (text) => text.replace('"rung": 3', '"rung": 8')],
    ["a list", () => "[]"],
  ])("%s is ignored and replaced", async (_, spoil) => {
    const store = fileStore(folder);
    await store.save(identity, learned);
    const file = await onlyFile();
    await writeFile(file, spoil(await readFile(file, "utf8")));
    expect(await store.load(identity)).toBeNull();
    await store.save(identity, learned);
    expect(await store.load(identity)).toEqual(learned);
  });

  test("holds no part of a URL that may be secret", async () => {
    await fileStore(folder).save({ ...identity, baseUrl: "http://127.0.0.1:1/v1?key=sk-secret" }, learned);
    expect(await readFile(await onlyFile(), "utf8")).not.toContain("sk-secret");
  });

  test("is written whole by whoever comes last", async () => {
    const store = fileStore(folder);
    const forms = [0, 1, 2, 3, 4, 5].map((rung) => ({ ...learned, rung }) as Form);
    await Promise.all(forms.map((form) => store.save(identity, form)));
    expect(forms).toContainEqual(await store.load(identity));
    await onlyFile();
  });

  test("that cannot be written is no reason to stop", async () => {
    await writeFile(folder, "a file where the folder should be");
    const store = fileStore(folder);
    await store.save(identity, learned);
    expect(await store.load(identity)).toBeNull();
  });
});

test("the folder is where the platform has such things", () => {
  const windows = cacheFolder({ LOCALAPPDATA: "C:\\Local" }, "win32");
  expect(windows).toContain("C:\\Local");
  expect(cacheFolder({}, "darwin")).toBe(join(homedir(), "Library", "Caches", "autobe"));
  expect(cacheFolder({}, "linux")).toBe(join(homedir(), ".cache", "autobe"));
  expect(cacheFolder({ XDG_CACHE_HOME: "/x" }, "darwin")).toBe(join("/x", "autobe"));
  expect(cacheFolder({ XDG_CACHE_HOME: " " }, "linux")).toBe(join(homedir(), ".cache", "autobe"));
});
