/** A key does not follow a redirect, and does not come back in what the endpoint says. */
import { describe, expect, test } from "vitest";
import { redacted } from "../../src/io/endpoint/redact.js";
import { call, fakeEndpoint, type Heard, json, type Scene } from "../fake-endpoint.js";
import { ARGS, meet, open } from "./meet.js";

const elsewhere = async () => {
  const server = await fakeEndpoint([call(ARGS)]);
  open.push(server);
  const heard = (): Heard[] => [...server.chats, ...server.others];
  return { heard, to: (path: string, status: number): Scene => json(status, "", { location: server.url + path }) };
};

describe("a redirect is not followed", () => {
  test.each([301, 302, 303, 307, 308])("%i of a reply", async (status) => {
    const { to, heard } = await elsewhere();
    const { ask, server } = await meet([to("/chat/completions", status)]);
    await expect(ask()).rejects.toMatchObject({ name: "Failure", code: "ENDPOINT.WRONG_URL" });
    expect(server.chats[0]!.headers.authorization).toBe("Bearer sk-secret");
    expect(heard()).toEqual([]);
  });

  test.each([301, 302, 303, 307, 308])("%i of the list of models", async (status) => {
    const { to, heard } = await elsewhere();
    await expect(meet([], {}, to("/models", status))).rejects.toMatchObject({ code: "ENDPOINT.WRONG_URL" });
    expect(heard()).toEqual([]);
  });
});

describe("a key is taken out of what comes back", () => {
  const KEY = "sk-sk-abcabcabd-0123";
  const through = async (text: string, size: number): Promise<string> => {
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    const read: Uint8Array[] = [];
    for await (const piece of redacted(ReadableStream.from(pieces), KEY)) read.push(piece);
    return Buffer.concat(read).toString();
  };

  test.each([1, 2, 3, 7, 19, 20, 21, 1000])("in pieces of %i bytes", async (size) => {
    expect(await through(`a${KEY}b${KEY}${KEY}größer sk-sk-sk-${KEY} 😀`, size)).toBe(
      "a***b******größer sk-sk-sk-*** 😀",
    );
  });

  test.each([1, 5, 1000])("and nothing else is changed, in pieces of %i bytes", async (size) => {
    const text = `${KEY.slice(0, -1)} sk-sk-sk-abc größer ${KEY.slice(1)} sk-`;
    expect(await through(text, size)).toBe(text);
  });

  test("at once where it is not the beginning of one: a slow stream stays alive", async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    void writable.getWriter().write(Buffer.from(": ping\n\n"));
    const { value } = await redacted(readable, KEY).next();
    expect(Buffer.from(value!).toString()).toBe(": ping\n\n");
  });
});
