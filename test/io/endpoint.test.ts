/** What is sent, and how a reply is put together from pieces. */
import { describe, expect, test } from "vitest";
import { connect } from "../../src/io/endpoint/connect.js";
import { call, delta, fakeEndpoint, json, stream } from "../fake-endpoint.js";
import { ARGS, meet, open, request } from "./meet.js";

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
