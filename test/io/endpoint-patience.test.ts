/** What is waited out, and when waiting ends. */
import { describe, expect, test } from "vitest";
import { call, data, delta, json, type Scene, stream, text } from "../fake-endpoint.js";
import { ARGS, meet, retries } from "./meet.js";

describe("the world's silence is waited out", () => {
  const again: Record<string, Scene> = {
    "502 with a web page (F4)": text(502, "<html>Bad Gateway</html>"),
    "200 with a web page (F8)": text(200, "<html>Just a moment...</html>"),
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

  test("web pages are an Outage of an endpoint that has answered before", async () => {
    const { ask } = await meet([call(ARGS), text(200, "<html>")]);
    await ask();
    await expect(ask()).rejects.toMatchObject({ name: "Outage", code: "ENDPOINT.WEB_PAGE" });
  });

  const outages: Record<string, [Scene, string]> = {
    "a rate limit": [json(429, { error: { message: "slow down" } }), "ENDPOINT.RATE_LIMITED"],
    "a model that never loads": [json(503, { error: { message: "Loading model" } }), "ENDPOINT.LOADING"],
    "cut streams": [stream(delta({ content: "a" })), "ENDPOINT.CUT"],
    "a stream without end": [
      (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(`data: ${"x".repeat(17 * 1024 * 1024)}\n\n`);
      },
      "ENDPOINT.ENDLESS",
    ],
  };
  test.each(Object.entries(outages))("in the end %s is an Outage", async (_, [scene, code]) => {
    const { ask } = await meet([scene], { retries: { most: 1, first: 5, loading: 10 } });
    await expect(ask()).rejects.toMatchObject({ name: "Outage", code });
  });
});
