/** What an endpoint says, without the key that was sent to it: servers and proxies like to repeat it. */

/** Shorter ones are words like `none` that local servers are given, and no secret. */
const SHORTEST = 12;

const HIDDEN = "***";

export const redact = (text: string, key: string | null): string =>
  isSecret(key) ? text.replaceAll(key, HIDDEN) : text;

export const isSecret = (key: string | null): key is string => key !== null && key.length >= SHORTEST;

/** Every text of a reply: its pieces are joined long after they came. */
export const redactReply = <T>(reply: T, key: string | null): T => {
  if (!isSecret(key)) return reply;
  if (typeof reply === "string") return redact(reply, key) as T;
  if (Array.isArray(reply)) return reply.map((one) => redactReply(one, key)) as T;
  if (reply === null || typeof reply !== "object") return reply;
  return Object.fromEntries(Object.entries(reply).map(([name, one]) => [name, redactReply(one, key)])) as T;
};

/** For a body that comes in pieces; only what may be the beginning of the key waits for the next one. */
export const redactor = (key: string): TransformStream<Uint8Array, Uint8Array> => {
  let held = "";
  return new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      const text = (held + Buffer.from(chunk).toString("latin1")).replaceAll(key, HIDDEN);
      const waiting = beginningAtEnd(text, key);
      held = text.slice(text.length - waiting);
      controller.enqueue(Buffer.from(text.slice(0, text.length - waiting), "latin1"));
    },
    flush: (controller) => controller.enqueue(Buffer.from(held, "latin1")),
  });
};

/** How many of the last letters of the text are first letters of the key. */
const beginningAtEnd = (text: string, key: string): number => {
  for (let length = Math.min(key.length - 1, text.length); length > 0; --length)
    if (key.startsWith(text.slice(text.length - length))) return length;
  return 0;
};
