/** The protocol as a real server speaks it: streams, calls, history, thinking, a full window. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChatRequest, Endpoint } from "../../src/base/endpoint.js";
import type { AttemptEntry } from "../../src/base/journal.js";
import { createHarness } from "../../src/harness/harness.js";
import { type Connection, connect } from "../../src/io/endpoint/connect.js";
import { emit, memory, options, sample } from "../harness/sample.js";
import { type Flavour, installLlama, type Llama, settingsOf, startLlama } from "./server.js";

const folder = await installLlama();
const signal = new AbortController().signal;

const request: ChatRequest = {
  task: "sample",
  messages: [
    { role: "system", content: "You design tables." },
    { role: "user", content: "Design the shop." },
  ],
  function: emit,
  maximumTokens: 1_000,
};

/** A flavour of the server with a connection to it, for the tests of one block. */
const meet = (flavour: Flavour, ...flags: string[]): { now: () => Connection } => {
  let llama: Llama;
  let connection: Connection;
  beforeAll(async () => {
    llama = await startLlama(folder!, flavour, ...flags);
    connection = await connect(settingsOf(llama), {
      signal,
      notice: () => {},
      retries: { most: 2, first: 5, loading: 5_000 },
    });
  });
  afterAll(async () => {
    await connection?.close();
    await llama?.close();
  });
  return { now: () => connection };
};

/** Replies a task takes before it is given up, all of them wrong. */
const attemptsAt = async (connection: Connection): Promise<AttemptEntry[]> => {
  const journal = memory();
  const limits = { attempts: 3, tokens: null };
  const short: Endpoint = {
    ...connection,
    complete: (asked, signal) => connection.complete({ ...asked, maximumTokens: 250 }, signal),
  };
  await createHarness(options({ journal, connect: async () => short, limits })).ask(sample());
  return journal.entries.filter((entry): entry is AttemptEntry => entry.kind === "attempt");
};

describe.skipIf(folder === null)("a template with tools", () => {
  const { now } = meet("chatml-tools", "-c", "16384", "-np", "2");

  test("has the window of one slot, and says how many there are", () => {
    expect(now().window()).toEqual({
      server: "llamacpp",
      tokens: 8_192,
      largest: 131_072,
      slots: 2,
      knowsTools: true,
    });
  });

  test("streams one call that obeys the schema, and counts its tokens", async () => {
    const reply = await now().complete(request, signal);
    expect(reply).toMatchObject({ streamed: true, finishReason: "tool_calls", content: "" });
    expect(reply.calls.map((call) => call.name)).toEqual(["emit"]);
    expect(emit.validate(JSON.parse(reply.calls[0]!.arguments)).success).toBe(true);
    expect(reply.usage!.completion).toBeGreaterThan(10);
  });

  test("counts a request as it does itself when it answers it", async () => {
    const { usage } = await now().complete(request, signal);
    expect(await now().counter.count(request)).toEqual({ tokens: usage!.prompt, by: "server" });
  });

  test("takes a history of call and reply, whatever the arguments hold", async () => {
    const toolCall = { id: "call00001", name: "emit", arguments: { plan: 'a "b"\n\t\\ </tool_call> é', columns: [] } };
    const messages: ChatRequest["messages"] = [
      ...request.messages,
      { role: "assistant", content: "", toolCall },
      { role: "tool", content: "unserved is missing", toolCallId: "call00001" },
    ];
    const reply = await now().complete({ ...request, messages }, signal);
    expect(reply.calls).toHaveLength(1);
    expect(await now().counter.count({ ...request, messages })).toEqual({
      tokens: reply.usage!.prompt,
      by: "server",
    });
  });

  test("is asked again and again by the harness, without a refusal", async () => {
    const attempts = await attemptsAt(now());
    expect(attempts).toHaveLength(3);
    for (const { diagnostics, usage } of attempts) {
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(usage.source).toBe("server");
    }
  });

  test("gets an answer capped by what the window leaves", async () => {
    const content = "x".repeat(4_500);
    const long = { ...request, messages: [{ role: "user" as const, content }] };
    const { tokens } = await now().counter.count(long);
    const reply = await now().complete({ ...long, maximumTokens: 20_000 }, signal);
    expect(reply.usage!.prompt).toBe(tokens);
    expect(reply.usage!.prompt + reply.usage!.completion).toBeLessThanOrEqual(8_192);
  });

  test("is not sent what cannot fit", async () => {
    const long = {
      ...request,
      messages: [{ role: "user" as const, content: "x".repeat(7_000) }],
      maximumTokens: 9_000,
    };
    const { tokens } = await now().counter.count(long);
    await expect(now().complete(long, signal)).rejects.toMatchObject({
      code: "ENDPOINT.WINDOW_TOO_SMALL",
      message: expect.stringContaining(tokens.toLocaleString("en-US")),
      next: expect.stringContaining("-c 32768 -np 2"),
    });
  });
});

describe.skipIf(folder === null)("an overflow that the server itself finds", () => {
  const { now } = meet("chatml-tools", "-c", "2048", "-np", "1");

  test("is told as such", async () => {
    now().window().tokens = 100_000; // as of a server that says more than it gives
    const long = { ...request, messages: [{ role: "user" as const, content: "x".repeat(7_000) }] };
    await expect(now().complete(long, signal)).rejects.toMatchObject({ code: "ENDPOINT.WINDOW_TOO_SMALL" });
  });
});

describe.skipIf(folder === null).each<Flavour>(["chatml-think", "chatml-thinkopen"])(
  "a template that thinks: %s",
  (flavour) => {
    const { now } = meet(flavour, "-c", "16384", "-np", "1");

    test("does not confuse the harness", async () => {
      for (const { reply, diagnostics } of await attemptsAt(now())) {
        expect(reply.content).not.toContain("<think>");
        expect(diagnostics.length).toBeGreaterThan(0);
      }
    });
  },
);

describe.skipIf(folder === null)("slots that share one window, as they do by default", () => {
  const { now } = meet("chatml-nameonly", "-c", "4096");

  test("answer more than they hold together", async () => {
    expect(now().window()).toMatchObject({ tokens: 4_096, slots: 4 });
    const long = [1, 2, 3, 4].map((first) => ({
      ...request,
      messages: [{ role: "user" as const, content: `${first} ${"7,".repeat(700)}` }],
      maximumTokens: 400,
    }));
    const replies = await Promise.all(long.map((one) => now().complete(one, signal)));
    expect(replies.reduce((sum, { usage }) => sum + usage!.prompt, 0)).toBeGreaterThan(4_096);
  });
});

describe.skipIf(folder === null)("a template without tools", () => {
  const { now } = meet("chatml-plain", "-c", "16384", "-np", "1");

  test("is known for it, and what it says is no answer", async () => {
    expect(now().window().knowsTools).toBe(false);
    for (const { diagnostics } of await attemptsAt(now())) expect(diagnostics.length).toBeGreaterThan(0);
  });
});
