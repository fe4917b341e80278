/** F29: the model talks instead of calling, or refuses. */
import { expect } from "vitest";
import { call, delta, say, stream } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const refusal = stream(delta({ refusal: "I'm sorry, I can't help with that." }), delta({}, "stop"), "data: [DONE]");

export const scenario: FailureScenario[] = [
  {
    title: "one nudge",
    scenes: [say("Sure! Shall I begin with the orders?"), call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      const last = chats[1]!.body["messages"].at(-1);
      expect(last.role).toBe("user");
      expect(last.content).toContain("Answer with one call of `emit`");
      expect(last.content).toContain("Shall I begin");
    },
  },
  {
    title: "a refusal that is kept up is told in its own words",
    scenes: [refusal],
    harness: { limits: { attempts: 2, tokens: null } },
    expect: ({ outcome, chats, entries }) => {
      expect(outcome).toMatchObject({ answer: null, attempts: 2 });
      expect(chats).toHaveLength(2);
      expect(entries[1]).toMatchObject({
        reply: { content: "I'm sorry, I can't help with that." },
        diagnostics: [{ code: "ANSWER.UNREADABLE", message: expect.stringContaining("I'm sorry, I can't help") }],
      });
    },
  },
];
