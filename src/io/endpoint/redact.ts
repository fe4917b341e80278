/** What an endpoint says, without the key that was sent to it: servers and proxies like to repeat it. */
import type { Wire, WireReply } from "./wire.js";

/** Shorter ones are words like `none` that local servers are given, and no secret. */
const SHORTEST = 12;

const HIDDEN = "***";

/** A wire that nothing comes through with the key in it. */
export const withoutKey = (wire: Wire, key: string | null): Wire => {
  if (!isSecret(key)) return wire;
  const cleaned = ({ status, headers, body }: WireReply): WireReply => ({
    status,
    headers: new Headers([...headers].map(([name, value]): [string, string] => [name, value.replaceAll(key, HIDDEN)])),
    body: redacted(body, key),
  });
  return {
    get: async (...sent) => cleaned(await wire.get(...sent)),
    post: async (...sent) => cleaned(await wire.post(...sent)),
    close: () => wire.close(),
  };
};

/** Every text of a reply: its pieces are joined long after they came. */
export const redact = <T>(reply: T, key: string | null): T => {
  if (!isSecret(key)) return reply;
  if (typeof reply === "string") return reply.replaceAll(key, HIDDEN) as T;
  if (Array.isArray(reply)) return reply.map((one) => redact(one, key)) as T;
  if (reply === null || typeof reply !== "object") return reply;
  return Object.fromEntries(Object.entries(reply).map(([name, one]) => [name, redact(one, key)])) as T;
};

/** A body that comes in pieces; only what may be the beginning of the key waits for the next one. */
export async function* redacted(body: AsyncIterable<Uint8Array>, key: string): AsyncGenerator<Uint8Array> {
  let held = "";
  for await (const chunk of body) {
    const text = (held + Buffer.from(chunk).toString("latin1")).replaceAll(key, HIDDEN);
    const waiting = beginningAtEnd(text, key);
    held = text.slice(text.length - waiting);
    yield Buffer.from(text.slice(0, text.length - waiting), "latin1");
  }
  if (held !== "") yield Buffer.from(held, "latin1");
}

const isSecret = (key: string | null): key is string => key !== null && key.length >= SHORTEST;

/** How many of the last letters of the text are first letters of the key. */
const beginningAtEnd = (text: string, key: string): number => {
  for (let length = Math.min(key.length - 1, text.length); length > 0; --length)
    if (key.startsWith(text.slice(text.length - length))) return length;
  return 0;
};
