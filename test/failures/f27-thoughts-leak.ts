/** F27: thoughts stand before the answer, drafts and all. */
import { expect } from "vitest";
import { call, say } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";
import { readsCall, readsContent, TEXT } from "./readable.js";

const DRAFT = JSON.stringify({ ...RIGHT, plan: "a draft" });

export const scenario: FailureScenario[] = [
  readsContent("between tags", `<think>Perhaps ${DRAFT}?</think>\n${TEXT}`),
  readsContent("before a lone tag", `Perhaps ${DRAFT}, so emit.</think>${TEXT}`),
  readsContent(
    "before markup",
    `<think>Perhaps ${DRAFT}?</think><tool_call>{"name":"emit","arguments":${TEXT}}</tool_call>`,
  ),
  readsCall("in the arguments", `<think>Perhaps ${DRAFT}?</think>${TEXT}`),
  {
    title: "a thought that never ends is no answer",
    scenes: [say(`<think>Perhaps ${DRAFT}, or`), call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats.length).toBeGreaterThan(1);
    },
  },
];
