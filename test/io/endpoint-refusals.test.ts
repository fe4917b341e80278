/** What an endpoint refuses: learned where a smaller request will do, told to the user where it will not. */
import { describe, expect, test } from "vitest";
import { connect } from "../../src/io/endpoint/connect.js";
import { call, delta, fakeEndpoint, json, type Loose, type Scene, say, stream, text } from "../fake-endpoint.js";
import { ARGS, meet, open, request, retries } from "./meet.js";

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
