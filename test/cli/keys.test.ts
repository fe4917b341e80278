/** A key is sent to the host it was given for, and is found nowhere else: not in what is said, not in what is written. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { autobe, type Ended, textsIn } from "../chaos/command.js";
import { type RecordedEndpoint, recordedEndpoint } from "../chaos/endpoint.js";
import { type Recording, record } from "../chaos/recording.js";
import { call, data, delta, fakeEndpoint, type Heard, json, type Scene, say, stream, text } from "../fake-endpoint.js";

const KEY = "sk-live-Zq7PwX2vNd94LtRb0aYc6Hk1GmUe8Sf3";

let folder: string;
let recording: Recording;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-"));
  recording = await record(folder, "database");
});
afterAll(() => rm(folder, { recursive: true }));

/** A scene that repeats the header it was sent, as proxies and debug pages do. */
const echo =
  (scene: (header: string) => Scene): Scene =>
  (response, heard) => {
    expect(heard.headers.authorization).toBe(`Bearer ${KEY}`);
    return scene(heard.headers.authorization!)(response, heard);
  };

/** Long enough that a cut at 300 letters goes through the key. */
const FILLER = "no ".repeat(91);

const error = (status: number, filler = "") =>
  echo((header) => json(status, { error: { message: `${filler}You sent ${header}.` } }));

const SAID: Record<string, Scene> = {
  "429": error(429),
  "500": error(500),
  "500 in many words": error(500, FILLER),
  "503 as text": echo((header) => text(503, `upstream says no to Authorization: ${header}`, "text/plain")),
  "502 as a page": echo((header) => text(502, `<html><pre>${header}</pre></html>`)),
  "a page with 200": echo((header) => text(200, `<html><pre>${header}</pre></html>`)),
  "an error in the stream": echo((header) => stream(data({ error: { code: 502, message: header } }))),
  "a cut stream": echo((header) => stream(delta({ content: `You sent ${header}` }))),
  "an answer in prose": echo((header) => say(`Your key is ${header.slice(7)}, and I will not call anything.`)),
  "an answer in the smallest pieces": echo((header) => async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const letter of `${delta({ content: header })}\n\n${delta({}, "stop")}\n\ndata: [DONE]\n\n`) {
      response.write(letter);
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  }),
  "a call of another function": echo((header) => call({ header })),
};

const ENDED: Record<string, [Scene, number]> = {
  "401": [error(401), 2],
  "403 in many words": [error(403, FILLER), 2],
  "400": [error(400), 2],
  "402": [error(402), 2],
  "404": [error(404), 2],
  "a model that is not there": [echo((header) => json(404, { error: { message: `model ${header} not found` } })), 2],
  "a redirect": [echo((header) => json(302, "", { location: `http://127.0.0.1:9/?key=${header.slice(7)}` })), 2],
};

/** Home, caches and temporary files are looked into as well. */
const search = async (name: string, ended: Ended): Promise<void> => {
  const written = await textsIn(join(folder, name));
  const found = Object.entries({ ...written, stdout: ended.out, stderr: ended.err }).filter(([, content]) =>
    leaks.some((part) => content.includes(part)),
  );
  expect(found.map(([where, content]) => `${where}: ${content.slice(0, 300)}`)).toEqual([]);
};

/** A third of a key is too much, and so is all of it in other letters. */
const leaks = [
  KEY.slice(0, 16),
  KEY.slice(12, 28),
  KEY.slice(-16),
  Buffer.from(KEY).toString("base64").slice(0, 40),
  Buffer.from(`Bearer ${KEY}`).toString("base64").slice(0, 40),
];

const run = async (
  name: string,
  server: Pick<RecordedEndpoint, "url" | "close">,
  args: string[],
  environment: Record<string, string> = {},
): Promise<Ended> => {
  const home = join(folder, name);
  await mkdir(join(home, "tmp"), { recursive: true });
  const places = {
    HOME: home,
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_STATE_HOME: join(home, "state"),
    TMPDIR: join(home, "tmp"),
  };
  try {
    return await autobe([...args, "--model", "toy"], home, {
      ...places,
      OPENAI_BASE_URL: server.url,
      OPENAI_API_KEY: KEY,
      ...environment,
    }).ended;
  } finally {
    await server.close();
  }
};

const MANNER = { seed: 1, share: 0, delay: 0 };
const generate = () => ["generate", recording.request, "--out", "out", "--until", recording.until, "--json"];

describe("a key is never written or said", () => {
  test("in runs that come to their end through everything that repeats it", async () => {
    const scenes = Object.values(SAID);
    const shares = [0, 1, 2].map((i) => scenes.filter((_, j) => j % 3 === i));
    await Promise.all(
      shares.map(async (before, i) => {
        const server = await recordedEndpoint(recording, { ...MANNER, before });
        const ended = await run(`whole-${i}`, server, generate());
        expect(ended.code, ended.err).toBe(0);
        expect(server.manner.before).toEqual([]);
        await search(`whole-${i}`, ended);
        const written = Object.keys(await textsIn(join(folder, `whole-${i}`, "out")));
        expect(written).toContain(".autobe/journal.jsonl");
        expect(ended.err).toContain("***");
      }),
    );
  });

  test.each(Object.entries(ENDED))("where a run ends with %s", async (name, [scene, code]) => {
    const server = await recordedEndpoint(recording, { ...MANNER, before: Array(9).fill(scene) });
    const ended = await run(name, server, generate());
    expect(ended.code, ended.err).toBe(code);
    await search(name, ended);
  });

  test.each(["403 in many words", "a redirect"])("where the list of models is %s", async (name) => {
    const server = await recordedEndpoint(recording, { ...MANNER, models: ENDED[name]![0] });
    const ended = await run(`models ${name}`, server, generate());
    expect(ended.code, ended.err).toBe(2);
    await search(`models ${name}`, ended);
  });

  test.each(["an answer in prose", "a call of another function"])("by the doctor who hears %s", async (name) => {
    const ended = await run(`doctor ${name}`, await fakeEndpoint([SAID[name]!]), ["doctor"]);
    expect(ended.code, ended.err).toBe(2);
    await search(`doctor ${name}`, ended);
  });

  test.each(["400"])("by the doctor who is refused with %s", async (name) => {
    const ended = await run(`refused ${name}`, await fakeEndpoint([ENDED[name]![0]]), ["doctor", "--json"]);
    expect(ended.code, ended.err).toBe(2);
    await search(`refused ${name}`, ended);
  });
});

describe("a key is never sent elsewhere", () => {
  const listener = async (scenes: Scene[] = [call({ sum: 42 })], models?: Scene) => {
    const server = await fakeEndpoint(scenes, models);
    const heard = (): Heard[] => [...server.chats, ...server.others];
    return { server, heard, told: () => JSON.stringify(heard()) };
  };

  test.each([
    ["the key of OpenAI", { OPENAI_BASE_URL: "" }, []],
    ["the key of another base", { OPENAI_BASE_URL: "https://own.example/v1" }, []],
    ["the key of another port", { OPENAI_BASE_URL: "http://127.0.0.1:9/v1" }, []],
    ["the key of a preset", { OPENAI_BASE_URL: "", OPENROUTER_API_KEY: KEY }, ["--provider", "openrouter"]],
    ["the key of OpenAI, for a local preset", { OPENAI_BASE_URL: "" }, ["--provider", "ollama"]],
    ["what the client would add by itself", { OPENAI_BASE_URL: "", OPENAI_API_KEY: "", ...more() }, []],
  ])("%s, with the base of a flag", async (name, environment, flags) => {
    const { server, heard, told } = await listener();
    const ended = await run(name, server, ["doctor", "--base-url", server.url, ...flags], environment);
    expect(ended.err).toContain("calls a function        yes");
    expect(server.chats.length).toBeGreaterThan(0);
    expect(heard().filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
    expect(told()).not.toContain(KEY);
  });
});

/** Variables that the client reads unless it is told not to. */
function more(): Record<string, string> {
  const names = ["ADMIN_KEY", "ORG_ID", "PROJECT_ID", "WEBHOOK_SECRET", "CUSTOM_HEADERS"];
  return Object.fromEntries(names.map((name) => [`OPENAI_${name}`, name === "CUSTOM_HEADERS" ? `x-key: ${KEY}` : KEY]));
}
