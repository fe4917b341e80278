/** The context window of each kind of server, and what is done with it before a request is sent. */
import { describe, expect, test } from "vitest";
import { type Look, lookForWindow } from "../../src/io/endpoint/window.js";
import { call, json, type Scene } from "../fake-endpoint.js";
import { ARGS, meet, request } from "./meet.js";

/** Answers by path; whatever is not named is not there. */
const routes =
  (said: Record<string, unknown>): Scene =>
  (response, heard) =>
    json(heard.path in said ? 200 : 404, said[heard.path] ?? { error: { message: "no route" } })(response, heard);

const listing = (more: object) => ({ "/v1/models": { data: [{ id: "toy", ...more }] } });

const windowOf = async (said: Record<string, unknown>) => (await meet([call(ARGS)], {}, routes(said))).connection;

describe("the window is read", () => {
  const SERVERS: Record<string, [Record<string, unknown>, object]> = {
    "from /props of llama.cpp, per slot": [
      {
        ...listing({ owned_by: "llamacpp", meta: { n_ctx: 8192, n_ctx_train: 131072 } }),
        "/props": {
          default_generation_settings: { n_ctx: 4096 },
          total_slots: 2,
          chat_template_caps: { supports_tools: false },
        },
      },
      { server: "llamacpp", tokens: 4096, largest: 131072, slots: 2, knowsTools: false },
    ],
    "from the list of llama.cpp where /props is shut": [
      listing({ owned_by: "llamacpp", meta: { n_ctx: 8192, n_ctx_train: 131072 } }),
      { server: "llamacpp", tokens: 8192, slots: null },
    ],
    "from /api/ps of Ollama, as allocated": [
      {
        ...listing({ owned_by: "library" }),
        "/api/ps": {
          models: [
            { name: "other", context_length: 1 },
            { name: "toy:latest", context_length: 4096 },
          ],
        },
        "/api/show": { parameters: "stop x\nnum_ctx 32768", model_info: { "llama.context_length": 131072 } },
      },
      { server: "ollama", tokens: 4096, largest: 131072 },
    ],
    "from the parameters of an Ollama model that is not loaded": [
      {
        ...listing({ owned_by: "library" }),
        "/api/ps": { models: [] },
        "/api/show": { parameters: "num_ctx                        32768", model_info: {} },
      },
      { server: "ollama", tokens: 32768 },
    ],
    "from /api/v0/models of LM Studio, as loaded": [
      {
        ...listing({ owned_by: "organization_owner" }),
        "/api/v0/models": { data: [{ id: "toy", loaded_context_length: 4096, max_context_length: 32768 }] },
      },
      { server: "lmstudio", tokens: 4096, largest: 32768 },
    ],
    "from the list of vLLM": [listing({ owned_by: "vllm", max_model_len: 8192 }), { server: "vllm", tokens: 8192 }],
    "from the list of OpenRouter, as its provider gives it": [
      listing({ context_length: 200000, top_provider: { context_length: 131072 } }),
      { server: "other", tokens: 131072 },
    ],
    "from the list of Groq": [listing({ context_window: 131072 }), { server: "other", tokens: 131072 }],
    "as unknown where nobody says": [listing({}), { server: "other", tokens: null, slots: null }],
  };
  test.each(Object.entries(SERVERS))("%s", async (_, [said, window]) => {
    const connection = await windowOf(said);
    expect(connection.window()).toMatchObject(window);
    expect(connection.slots).toBe(connection.window().slots);
  });
});

test("a server nobody has heard of is asked for its models, and for nothing else", async () => {
  const { server, ask } = await meet([call(ARGS)], {}, routes(listing({})));
  await ask();
  expect(server.others.map(({ path }) => path)).toEqual(["/v1/models"]);
});

test("Ollama is known by its port where its model is signed by somebody else", async () => {
  const settings = { key: null, keyVariable: "", withheld: null, model: "toy", provider: null };
  const asked: string[] = [];
  const look: Look = async (path) => void asked.push(path);
  const listed = { id: "toy", owned_by: "hf.co" };
  await lookForWindow({ ...settings, baseUrl: "http://127.0.0.1:11434/v1" }, "toy", listed, look);
  expect(asked).toEqual(["/api/ps", "/api/show"]);
});

const llamacpp = (window: number, tokens: number) =>
  routes({
    ...listing({ owned_by: "llamacpp", meta: { n_ctx: window } }),
    "/props": { default_generation_settings: { n_ctx: window }, total_slots: 4 },
    "/v1/chat/completions/input_tokens": { input_tokens: tokens },
  });

describe("before a request is sent", () => {
  test("the cap of its answer is lowered to what the window leaves", async () => {
    const { server, ask } = await meet([call(ARGS)], {}, llamacpp(8192, 5_000));
    await ask({ maximumTokens: 9_000 });
    expect(server.chats[0]!.body["max_tokens"]).toBe(3_192);
    const counted = server.others.find(({ path }) => path.endsWith("/input_tokens"))!.body;
    expect(counted).toMatchObject({ messages: request.messages, tools: [{ function: { name: "emit" } }] });
  });

  test("nothing is counted where it fits anyway", async () => {
    const { server, ask } = await meet([call(ARGS)], {}, llamacpp(8192, 5_000));
    await ask();
    expect(server.chats[0]!.body["max_tokens"]).toBe(500);
    expect(server.others.map(({ path }) => path)).not.toContain("/v1/chat/completions/input_tokens");
  });

  test("it is refused with the numbers where no room is left for an answer", async () => {
    const { server, ask } = await meet([call(ARGS)], {}, llamacpp(4096, 3_000));
    await expect(ask({ maximumTokens: 9_000 })).rejects.toMatchObject({
      code: "ENDPOINT.WINDOW_TOO_SMALL",
      message: expect.stringMatching(/4,096 tokens in each of 4 slots.* needs 5,048: 3,000 of prompt and 2,048/),
      next: expect.stringMatching(/-c 16384 -np 1, or -c 65536 -np 4/),
    });
    expect(server.chats).toHaveLength(0);
  });

  const long = [{ role: "user" as const, content: "Count to ten. ".repeat(1_000) }];

  test.each([
    [
      "library",
      { "/api/ps": { models: [{ name: "toy", context_length: 4096 }] } },
      /OLLAMA_CONTEXT_LENGTH=16384.*num_ctx/,
    ],
    ["organization_owner", { "/api/v0/models": { data: [{ id: "toy", loaded_context_length: 4096 }] } }, /slider/],
    ["vllm", {}, /--max-model-len 16384/],
    ["anybody", {}, /window of 16,384 tokens/],
  ])("the way out is that of the server: %s", async (owner, said, next) => {
    const more = owner === "vllm" || owner === "anybody" ? { max_model_len: 4096 } : {};
    const { ask } = await meet([call(ARGS)], {}, routes({ ...listing({ owned_by: owner, ...more }), ...said }));
    await expect(ask({ messages: long, maximumTokens: 9_000 })).rejects.toMatchObject({
      message: expect.stringContaining("counted with o200k"),
      next: expect.stringMatching(next),
    });
  });

  test("a model that cannot be given more is told apart", async () => {
    const small = { owned_by: "llamacpp", meta: { n_ctx: 4096, n_ctx_train: 4096 } };
    const { ask } = await meet([call(ARGS)], {}, routes(listing(small)));
    await expect(ask({ messages: long, maximumTokens: 9_000 })).rejects.toMatchObject({
      next: expect.stringMatching(/toy takes 4,096 tokens at most: choose a model/),
    });
  });

  test("vLLM counts with its own tokenizer", async () => {
    const said = { ...listing({ owned_by: "vllm", max_model_len: 8192 }), "/tokenize": { count: 6_000 } };
    const { server, ask } = await meet([call(ARGS)], {}, routes(said));
    await ask({ messages: long, maximumTokens: 9_000 });
    expect(server.chats[0]!.body["max_tokens"]).toBe(2_192);
  });

  test("our own count follows what the server has said of earlier ones", async () => {
    const usage = { prompt_tokens: 7_500, completion_tokens: 20 };
    const scene = json(200, { choices: [{ message: { content: "x" }, finish_reason: "stop" }], usage });
    const { ask } = await meet([scene], {}, routes(listing({ context_window: 8192 })));
    await ask({ messages: long, maximumTokens: 9_000 });
    await expect(ask({ messages: long, maximumTokens: 9_000 })).rejects.toMatchObject({
      code: "ENDPOINT.WINDOW_TOO_SMALL",
    });
  });

  test("a model loaded by its first request is asked for its window after that", async () => {
    let loaded = false;
    const scene: Scene = (response, heard) => {
      loaded = true;
      return call(ARGS)(response, heard);
    };
    const models: Scene = (response, heard) => {
      const said = { "/api/ps": { models: loaded ? [{ name: "toy", context_length: 4096 }] : [] }, "/api/show": {} };
      return routes({ ...listing({ owned_by: "library" }), ...said })(response, heard);
    };
    const { connection, ask } = await meet([scene], {}, models);
    expect(connection.window().tokens).toBeNull();
    await ask();
    expect(connection.window().tokens).toBe(4096);
    await expect(ask({ messages: long })).rejects.toMatchObject({ code: "ENDPOINT.WINDOW_TOO_SMALL" });
  });

  test("and its first reply counts for nothing where the prompt cannot have fitted", async () => {
    let loaded = false;
    const models: Scene = (response, heard) => {
      const said = { "/api/ps": { models: loaded ? [{ name: "toy", context_length: 2048 }] : [] }, "/api/show": {} };
      return routes({ ...listing({ owned_by: "library" }), ...said })(response, heard);
    };
    const scene: Scene = (response, heard) => {
      loaded = true;
      return call(ARGS)(response, heard);
    };
    const { ask } = await meet([scene], {}, models);
    await expect(ask({ messages: long })).rejects.toMatchObject({ code: "ENDPOINT.WINDOW_TOO_SMALL" });
  });
});
