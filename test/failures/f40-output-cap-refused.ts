/** F40: the cap on the answer has another name, another bound, or no place. */
import { expect } from "vitest";
import { call, json, type Loose } from "../fake-endpoint.js";
import { CAPPED, type FailureScenario, RIGHT, WRONG } from "./failure.js";

/** What the second and all later requests must look like. */
const learned = (title: string, message: string, verify: (body: Record<string, Loose>) => void): FailureScenario => ({
  title,
  task: CAPPED,
  scenes: [json(400, { error: { message } }), call(WRONG), call(RIGHT)],
  expect: ({ outcome, chats, notices }) => {
    expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
    expect(chats).toHaveLength(3);
    expect(chats[0]!.body["max_tokens"]).toBeGreaterThan(8_192);
    verify(chats[1]!.body);
    verify(chats[2]!.body);
    expect(notices).toEqual([]);
  },
});

export const scenario: FailureScenario[] = [
  learned(
    "another name",
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    (body) => {
      expect(body).not.toHaveProperty("max_tokens");
      expect(body["max_completion_tokens"]).toBeGreaterThan(8_192);
    },
  ),
  learned("a smaller one", "max_tokens is too large. This model supports at most 4096 completion tokens.", (body) =>
    expect(body["max_tokens"]).toBe(4_096),
  ),
  learned("none", "max_tokens: Extra inputs are not permitted", (body) => {
    expect(body).not.toHaveProperty("max_tokens");
    expect(body).not.toHaveProperty("max_completion_tokens");
  }),
  {
    title: "a preset has the other name from the first",
    task: CAPPED,
    scenes: [call(RIGHT)],
    settings: { provider: "openai" },
    expect: ({ chats }) => {
      expect(chats[0]!.body).not.toHaveProperty("max_tokens");
      expect(chats[0]!.body).toHaveProperty("max_completion_tokens");
    },
  },
];
