import { afterEach, describe, expect, test } from "vitest";
import type { ChatRequest } from "../../src/base/endpoint.js";
import { type Connection, type ConnectOptions, connect } from "../../src/io/endpoint/connect.js";
import {
  call,
  data,
  delta,
  type FakeEndpoint,
  fakeEndpoint,
  json,
  type Loose,
  type Scene,
  say,
  stream,
  text,
} from "../fake-endpoint.js";

const ARGS = { a: 1, long: "x".repeat(50) };
const request: ChatRequest = {
  task: "t",
  messages: [
    { role: "system", content: "s" },
    { role: "user", content: "u" },
  ],
  function: { name: "emit", description: "d", parameters: { type: "object", properties: { a: { type: "integer" } } } },
  maximumTokens: 500,
};

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const retries = { most: 3, first: 5, loading: 20_000 };
const patience = { firstByte: 2_000, idle: 300 };

interface Met {
  server: FakeEndpoint;
  connection: Connection;
  notices: string[];
  ask(changes?: Partial<ChatRequest>, signal?: AbortSignal): ReturnType<Connection["complete"]>;
}

const meet = async (scenes: Scene[], changes: Partial<ConnectOptions> = {}, models?: Scene): Promise<Met> => {
  const server = await fakeEndpoint(scenes, models);
  open.push(server);
  const notices: string[] = [];
  const connection = await connect(
    {
      baseUrl: server.url,
      key: "sk-secret",
      keyVariable: "OPENAI_API_KEY",
      withheld: null,
      model: "toy",
      provider: null,
    },
    { signal: new AbortController().signal, notice: (line) => void notices.push(line), patience, retries, ...changes },
  );
  open.push(connection);
  const ask: Met["ask"] = (more = {}, signal = new AbortController().signal) =>
    connection.complete({ ...request, ...more }, signal);
  return { server, connection, notices, ask };
};

describe("a request", () => {
  test("asks for one streamed call, with nothing a server might refuse for no gain", async () => {
    const { server, ask } = await meet([call(ARGS)]);
    await ask();
    expect(server.chats[0]!.body).toEqual({
      model: "toy",
      messages: request.messages,
      tools: [{ type: "function", function: request.function }],
      tool_choice: "required",
      parallel_tool_calls: false,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 500,
    });
  });

  test("carries the key, and nothing else that lies in the environment", async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      OPENAI_ORG_ID: "org",
      OPENAI_PROJECT_ID: "project",
      OPENAI_ADMIN_KEY: "admin",
      OPENAI_CUSTOM_HEADERS: "x-private: leak",
    });
    const { server, ask } = await meet([call(ARGS)]);
    await ask();
    process.env = before;
    const { headers } = server.chats[0]!;
    expect(headers["authorization"]).toBe("Bearer sk-secret");
    expect(JSON.stringify(headers)).not.toMatch(/org"|project|admin|leak|stainless/i);
  });

  test("without a key sends no Authorization at all", async () => {
    const server = await fakeEndpoint([call(ARGS)]);
    open.push(server);
    const settings = { baseUrl: server.url, key: null, keyVariable: "", withheld: null, model: "toy", provider: null };
    const connection = await connect(settings, { signal: new AbortController().signal, notice: () => {} });
    open.push(connection);
    await connection.complete(request, new AbortController().signal);
    expect(server.chats[0]!.headers).not.toHaveProperty("authorization");
    expect(server.others[0]!.headers).not.toHaveProperty("authorization");
  });

  test("replays a call from its parsed arguments", async () => {
    const { server, ask } = await meet([call(ARGS)]);
    const toolCall = { id: "call00001", name: "emit", arguments: { a: "\n" } };
    await ask({
      messages: [
        ...request.messages,
        { role: "assistant", content: "", toolCall },
        { role: "tool", content: "no", toolCallId: "call00001" },
      ],
    });
    const [, , assistant, tool] = server.chats[0]!.body["messages"];
    expect(assistant.tool_calls[0].function.arguments).toBe('{"a":"\\n"}');
    expect(tool).toEqual({ role: "tool", content: "no", tool_call_id: "call00001" });
  });
});

const piece = (id: string | undefined, index: number | undefined, name: string | undefined, args: unknown) =>
  delta({ tool_calls: [{ index, id, function: { name, arguments: args } }] });
const end = [delta({}, "tool_calls"), "data: [DONE]"];

describe("a reply is put together", () => {
  test("from a stream", async () => {
    const { ask } = await meet([call(ARGS)]);
    const reply = await ask();
    expect(reply.calls).toEqual([{ name: "emit", arguments: JSON.stringify(ARGS) }]);
    expect(reply).toMatchObject({
      finishReason: "tool_calls",
      usage: { prompt: 100, completion: 20, cached: 0 },
      streamed: true,
    });
  });

  test("from a whole reply that came although a stream was asked (F8)", async () => {
    const message = { content: null, tool_calls: [{ id: "x", function: { name: "emit", arguments: '{"a":1}' } }] };
    const { ask } = await meet([json(200, { choices: [{ message, finish_reason: "stop" }] })]);
    expect(await ask()).toMatchObject({ calls: [{ name: "emit", arguments: '{"a":1}' }], streamed: false });
  });

  const odd: Record<string, [string[], { name: string; arguments: string }[]]> = {
    "equal index, other id (F32)": [
      [piece("a", 0, "emit", '{"a":1}'), piece("b", 0, "emit", '{"a":2}')],
      [
        { name: "emit", arguments: '{"a":1}' },
        { name: "emit", arguments: '{"a":2}' },
      ],
    ],
    "no index, no id (F33)": [
      [piece(undefined, undefined, "emit", '{"a"'), piece(undefined, undefined, undefined, ":1}")],
      [{ name: "emit", arguments: '{"a":1}' }],
    ],
    "whole arguments once more (F34)": [
      [piece("a", 0, "emit", '{"a":1}'), piece("a", 0, undefined, '{"a":1}')],
      [{ name: "emit", arguments: '{"a":1}' }],
    ],
    "an object instead of a string (F14)": [
      [piece("a", 0, "emit", { a: 1 })],
      [{ name: "emit", arguments: '{"a":1}' }],
    ],
    "an empty name later": [
      [piece("a", 0, "emit", '{"a"'), piece("a", 0, "", ":1}")],
      [{ name: "emit", arguments: '{"a":1}' }],
    ],
  };
  test.each(Object.entries(odd))("with %s", async (_, [lines, calls]) => {
    const { ask } = await meet([stream(": ping", ...lines, ...end)]);
    expect((await ask()).calls).toEqual(calls);
  });

  test("whatever the network cuts, a character included", async () => {
    const bytes = Buffer.from(
      `${delta({ content: "größer € 😀" })}\r\n\r\n${delta({}, "stop")}\r\n\r\ndata: [DONE]\r\n\r\n`,
    );
    const { ask } = await meet([
      async (response) => {
        response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
        for (const byte of bytes) {
          response.write(Buffer.from([byte]));
          await new Promise((resolve) => setImmediate(resolve));
        }
        response.end();
      },
    ]);
    expect((await ask()).content).toBe("größer € 😀");
  });

  test("with thinking kept apart, and prose as content (F29)", async () => {
    const { ask } = await meet([
      stream(delta({ reasoning_content: "hm" }), delta({ content: "no" }), delta({}, "stop")),
    ]);
    expect(await ask()).toMatchObject({ calls: [], content: "no", reasoning: "hm" });
  });
});

describe("the world's silence is waited out", () => {
  const again: Record<string, Scene> = {
    "502 with a web page (F4)": text(502, "<html>Bad Gateway</html>"),
    "429 (F3)": json(429, { error: { message: "slow down" } }, { "retry-after-ms": "20" }),
    "a cut stream (F6)": stream(delta({ tool_calls: [{ index: 0, function: { arguments: '{"a' } }] })),
    "an error inside 200 (F7)": stream(data({ error: { code: 502, message: "Provider returned error" } })),
    "an error as whole 200 (F7)": json(200, { error: { code: 429, message: "later" } }),
    "an empty body (F8)": text(200, "", "application/json"),
    "a reset": (response) => void response.socket!.destroy(),
    "a reset in the middle": (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`${delta({ content: "a" })}\n\n`, () => response.socket!.destroy());
    },
    "a stall (F5)": (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`${delta({ content: "a" })}\n\n`);
    },
    "finish_reason error (F7)": stream(delta({}, "error")),
  };
  test.each(Object.entries(again))("%s", async (_, scene) => {
    const { server, notices, ask } = await meet([scene, call(ARGS)]);
    expect((await ask()).calls).toHaveLength(1);
    expect(server.chats).toHaveLength(2);
    expect(notices).toHaveLength(1);
  });

  test("a loading model costs none of the tries (F2)", async () => {
    const loading = json(503, { error: { code: 503, message: "Loading model", type: "unavailable_error" } });
    const { server, ask } = await meet([loading, loading, call(ARGS)], { retries: { ...retries, most: 1 } });
    await ask();
    expect(server.chats).toHaveLength(3);
  }, 20_000);

  test("Retry-After is obeyed", async () => {
    const { ask } = await meet([json(429, {}, { "retry-after": "1" }), call(ARGS)]);
    const started = Date.now();
    await ask();
    expect(Date.now() - started).toBeGreaterThanOrEqual(990);
  });

  test("pings of a slow server are life", async () => {
    const { server, ask } = await meet([
      async (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        for (let i = 0; i < 6; ++i) {
          response.write(": ping\n\n");
          await new Promise((resolve) => setTimeout(resolve, 150));
        }
        response.end(`${delta({ content: "late" })}\n\ndata: [DONE]\n\n`);
      },
    ]);
    expect((await ask()).content).toBe("late");
    expect(server.chats).toHaveLength(1);
  });

  test("until the tries are used up, which is an Outage", async () => {
    const { server, ask } = await meet([text(500, "boom")]);
    await expect(ask()).rejects.toMatchObject({ name: "Outage", code: "ENDPOINT.DOWN" });
    expect(server.chats).toHaveLength(4);
  });

  test("a stall only once more, and no byte at all likewise (F5)", async () => {
    const { server, ask } = await meet([() => {}], { patience: { firstByte: 150, idle: 100 } });
    await expect(ask()).rejects.toMatchObject({ name: "Outage", code: "ENDPOINT.STALLED" });
    expect(server.chats).toHaveLength(2);
  });

  test("an interruption ends it at once", async () => {
    const { ask } = await meet([() => {}]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const started = Date.now();
    await expect(ask({}, controller.signal)).rejects.toMatchObject({ name: "AbortError" });
    expect(Date.now() - started).toBeLessThan(1_000);
  });
});

describe("what is refused is learned and remembered", () => {
  const no = (message: string, status = 400) => json(status, { error: { message } });
  const cases: Record<string, [Scene, (body: Record<string, Loose>) => void]> = {
    "parallel_tool_calls (F41)": [
      json(422, { detail: [{ loc: ["body", "parallel_tool_calls"], type: "extra_forbidden" }] }),
      (body) => expect(body).not.toHaveProperty("parallel_tool_calls"),
    ],
    stream_options: [no("Unknown field: stream_options"), (body) => expect(body).not.toHaveProperty("stream_options")],
    "tool_choice required": [no("Invalid tool_choice: required"), (body) => expect(body["tool_choice"]).toBe("auto")],
    "max_tokens (F40)": [
      no("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
      (body) => expect([body["max_tokens"], body["max_completion_tokens"]]).toEqual([undefined, 500]),
    ],
    "a cap beyond what the model gives": [
      no("max_tokens is too large: 500. This model supports at most 384 completion tokens"),
      (body) => expect(body["max_tokens"]).toBe(384),
    ],
    "a cap beyond the window": [
      no("This model's maximum context length is 512 tokens. However, you requested 600 tokens"),
      (body) => expect(body).not.toHaveProperty("max_tokens"),
    ],
    "the schema (F42)": [
      no("The provided JSON schema contains features not supported by xgrammar."),
      (body) => expect(body["tools"][0].function.parameters.properties.a).toEqual({ anyOf: [{ type: "integer" }] }),
    ],
    "tools at all": [
      no("toy does not support tools"),
      (body) => {
        expect(body).not.toHaveProperty("tools");
        expect(body["messages"][0].content).toContain("JSON Schema");
      },
    ],
    stream: [no("streaming is not supported"), (body) => expect(body).not.toHaveProperty("stream")],
  };
  test.each(Object.entries(cases))("%s", async (_, [refusal, verify]) => {
    const { server, notices, ask } = await meet([refusal, call(ARGS)]);
    const parameters = { type: "object", properties: { a: { oneOf: [{ type: "integer", format: "int32" }] } } };
    const more = { function: { ...request.function, parameters } };
    await ask(more);
    await ask(more);
    expect(server.chats).toHaveLength(3);
    verify(server.chats[1]!.body);
    verify(server.chats[2]!.body);
    expect(notices).toEqual([]);
  });

  test("a schema refused twice is told in words", async () => {
    const { server, ask } = await meet([no("failed to parse grammar"), no("failed to parse grammar"), call(ARGS)]);
    await ask();
    expect(server.chats[2]!.body["tools"][0].function.parameters).toEqual({ type: "object" });
    expect(server.chats[2]!.body["messages"][0].content).toContain('"integer"');
  });
});

describe("what only the user can mend is a Failure", () => {
  const cases: Record<string, [Scene, string]> = {
    "a wrong key (F10)": [json(401, { error: { message: "Invalid API Key sk-secret" } }), "ENDPOINT.WRONG_KEY"],
    "an unknown model (F11)": [json(404, { error: { message: "model 'toy' not found" } }), "ENDPOINT.UNKNOWN_MODEL"],
    "a wrong path (F9)": [json(404, { error: { message: "File Not Found" } }), "ENDPOINT.WRONG_URL"],
    "a login page (F8)": [text(200, "<title>Login</title>"), "ENDPOINT.WRONG_URL"],
    "a redirect": [json(302, "", { location: "https://elsewhere.example/" }), "ENDPOINT.WRONG_URL"],
    "no credit": [json(429, { error: { code: "insufficient_quota", message: "pay" } }), "ENDPOINT.NO_CREDIT"],
    "a small window (F38)": [
      json(400, { error: { type: "exceed_context_size_error", n_ctx: 8 } }),
      "ENDPOINT.WINDOW_TOO_SMALL",
    ],
    "a content filter (F47)": [stream(delta({}, "content_filter")), "ENDPOINT.FILTERED"],
    "anything else": [json(400, [{ error: { message: "Gemini says no" } }]), "ENDPOINT.REFUSED"],
  };
  test.each(Object.entries(cases))("%s", async (_, [scene, code]) => {
    const { ask } = await meet([scene], {}, json(200, { data: [{ id: "one" }, { id: "two" }] }));
    const mishap = await ask({ maximumTokens: null }).catch((error: unknown) => error);
    expect(mishap).toMatchObject({ name: "Failure", code });
    const { message, next } = mishap as { message: string; next: string };
    expect(message + next).not.toContain("sk-secret");
    if (code === "ENDPOINT.UNKNOWN_MODEL") expect(next).toContain("one, two");
    if (code === "ENDPOINT.REFUSED") expect(message).toContain("Gemini says no");
  });
});

describe("first contact", () => {
  const first = (models: Scene, model: string | null = "toy", path = "") =>
    meet([say("hi")], {}, models).then(async ({ server }) => {
      const settings = {
        baseUrl: server.url + path,
        key: null,
        keyVariable: "K",
        withheld: null,
        model,
        provider: null,
      };
      const options = { signal: new AbortController().signal, notice: () => {}, retries };
      const connection = await connect(settings, options);
      open.push(connection);
      return connection;
    });

  test("takes the only model there is", async () => {
    expect((await first(json(200, { data: [{ id: "solo" }] }), null)).model).toBe("solo");
  });

  test("names ten of many where none is named", async () => {
    const many = { data: Array.from({ length: 12 }, (_, i) => ({ id: `m${i}` })) };
    await expect(first(json(200, many), null)).rejects.toMatchObject({
      code: "ENDPOINT.NO_MODEL",
      next: expect.stringMatching(/m0, .*m9 and 2 more/),
    });
  });

  test("goes on where no list is kept", async () => {
    expect((await first(json(404, {}))).models).toBeNull();
  });

  test("says where /v1 is missing", async () => {
    const models: Scene = (response, { path }) =>
      json(path === "/v1/x/v1/models" || path === "/v1/models" ? 200 : 404, { data: [{ id: "toy" }] })(
        response,
        {} as never,
      );
    await expect(first(models, "toy", "/x")).rejects.toMatchObject({
      code: "ENDPOINT.WRONG_URL",
      message: expect.stringContaining("/x/v1 answers"),
    });
  });

  test("nobody there is an Outage that names the URL", async () => {
    const server = await fakeEndpoint([]);
    await server.close();
    const settings = { baseUrl: server.url, key: null, keyVariable: "K", withheld: null, model: "toy", provider: null };
    const options = { signal: new AbortController().signal, notice: () => {}, retries };
    await expect(connect(settings, options)).rejects.toMatchObject({
      name: "Outage",
      code: "ENDPOINT.UNREACHABLE",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });

  test("the bridge's rough counts are not taken", async () => {
    const bridge = await meet([call(ARGS)], {}, json(200, { data: [{ id: "toy", owned_by: "bridge" }] }));
    expect((await bridge.ask()).usage).toBeNull();
  });
});
