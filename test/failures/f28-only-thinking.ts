/** F28: the model thinks until its cap is reached, and answers nothing. */
import { expect } from "vitest";
import { call, delta, json, stream } from "../fake-endpoint.js";
import { CAPPED, type FailureScenario, RIGHT } from "./failure.js";

const thinking = stream(delta({ reasoning_content: "I will call emit, but first " }), delta({ content: "" }, "length"));
const inContent = stream(delta({ content: "<think>I will call emit, but first " }, "length"), "data: [DONE]");
const OFF = { chat_template_kwargs: { enable_thinking: false } };

export const scenario: FailureScenario[] = [
  {
    title: "it is asked to think no more",
    scenes: [thinking, call(RIGHT)],
    expect: ({ outcome, chats, entries }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      expect(chats[0]!.body).not.toHaveProperty("chat_template_kwargs");
      expect(chats[1]!.body).toMatchObject(OFF);
      expect(chats[1]!.body["messages"].at(-1).content).toContain("it is empty");
      expect(entries[0]).toMatchObject({ diagnostics: [{ code: "ANSWER.EMPTY" }], reply: { reasoning: /first/ } });
    },
  },
  {
    title: "its thinking stands in the content",
    scenes: [inContent, call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats[1]!.body).toMatchObject(OFF);
    },
  },
  {
    title: "it cannot be told, and is given more room",
    task: CAPPED,
    scenes: [
      thinking,
      json(422, { detail: [{ loc: ["body", "chat_template_kwargs"], type: "extra_forbidden" }] }),
      thinking,
      call(RIGHT),
    ],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 3 });
      expect(chats[3]!.body).not.toHaveProperty("chat_template_kwargs");
      expect(chats[3]!.body["max_tokens"]).toBe(2 * chats[0]!.body["max_tokens"]);
    },
  },
  {
    title: "a preset knows another switch",
    scenes: [thinking, call(RIGHT)],
    settings: { provider: "openrouter" },
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats[1]!.body).toMatchObject({ reasoning: { enabled: false } });
    },
  },
];
