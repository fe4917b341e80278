/** F10: the key is refused: final, the variable is named, the key is not. */
import { expect } from "vitest";
import { json, type Scene, text } from "../fake-endpoint.js";
import { type FailureScenario, KEY } from "./failure.js";

const refused = (title: string, scene: Scene, more: Partial<FailureScenario> = {}): FailureScenario => ({
  title,
  scenes: [scene],
  ...more,
  expect: ({ mishap, chats, notices, entries }) => {
    expect(mishap).toMatchObject({ name: "Failure", code: "ENDPOINT.WRONG_KEY" });
    expect(`${mishap!.message} ${mishap!.next}`).toContain("OPENAI_API_KEY");
    expect(JSON.stringify([mishap!.message, mishap!.next, notices, entries])).not.toContain(KEY);
    expect(chats.length).toBeLessThan(2);
  },
});

/** Every message that quotes a server. */
const redacted = (title: string, scene: Scene): FailureScenario => ({
  title,
  scenes: [scene],
  expect: ({ mishap, notices, entries }) => {
    expect(mishap ?? entries).not.toBeNull();
    expect(JSON.stringify([mishap?.message, mishap?.next, notices, entries])).not.toContain(KEY);
    expect(JSON.stringify([mishap?.message, notices, entries])).toMatch(/…|\*\*\*/);
  },
});

const leak = `the header was Bearer ${KEY}`;

export const scenario: FailureScenario[] = [
  refused("401", json(401, { error: { message: "Invalid API Key" } })),
  refused("403 with the key in it", json(403, { error: { message: leak } })),
  refused("401 in plain text", text(401, leak, "text/plain")),
  refused("401 to the list of models", json(500, {}), { others: json(401, { error: { message: leak } }) }),
  redacted("the key in a server's fault", json(500, { error: { message: leak } })),
  redacted("the key in a rate limit", json(429, { error: { message: leak } }, { "retry-after-ms": "1" })),
  redacted("the key in a refusal", json(400, { detail: leak })),
  redacted("the key in a redirect", json(302, "", { location: `https://login.example/?key=${KEY}` })),
  redacted("the key in a wrong path", json(404, { error: { message: leak } })),
  redacted("the key in a filter", json(400, { error: { code: "content_filter", message: leak } })),
  redacted("the key in a failed call", json(400, { error: { code: "tool_use_failed", message: leak } })),
];
