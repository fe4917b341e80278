/** F44: the server wants back what came with its reply: a signature, or its thinking. */
import { expect } from "vitest";
import { call, delta, json, type Loose, stream } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT, WRONG } from "./failure.js";

const extra = { google: { thought_signature: "c2lnbmVk" } };
const signed = stream(
  delta({ reasoning_content: "I ", role: "assistant" }),
  delta({ reasoning_content: "think.", annotations: [] }),
  delta({
    tool_calls: [
      {
        index: 0,
        id: "a",
        type: "function",
        function: { name: "emit", arguments: JSON.stringify(WRONG) },
        extra_content: extra,
      },
    ],
  }),
  delta({ reasoning_details: [{ type: "reasoning.encrypted", data: "x" }] }),
  delta({}, "tool_calls"),
  "data: [DONE]",
);
const missing = json(400, {
  error: { message: "The `reasoning_content` in the thinking mode must be passed back to the API." },
});
const unwanted = json(400, { error: { message: "reasoning_details: Extra inputs are not permitted" } });

const assistantOf = (body: Record<string, Loose>) => body["messages"].find(({ role }: Loose) => role === "assistant");

export const scenario: FailureScenario[] = [
  {
    title: "what we do not know comes back as it was, and stands in the journal",
    scenes: [signed, call(RIGHT)],
    expect: ({ outcome, chats, entries }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      const assistant = assistantOf(chats[1]!.body);
      expect(assistant).toMatchObject({
        tool_calls: [{ function: { name: "emit" }, extra_content: extra }],
        reasoning_details: [{ data: "x" }],
      });
      expect(assistant).not.toHaveProperty("annotations");
      expect(assistant).not.toHaveProperty("reasoning_content"); // long, and most do not want it
      expect(entries[0]).toMatchObject({ reply: { echo: { call: { extra_content: extra } }, reasoning: "I think." } });
    },
  },
  {
    title: "its thinking comes back once it is asked for",
    scenes: [signed, missing, call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      expect(assistantOf(chats[2]!.body)).toMatchObject({ reasoning_content: "I think." });
    },
  },
  {
    title: "DeepSeek's preset sends it at once",
    scenes: [signed, call(RIGHT)],
    settings: { provider: "deepseek" },
    expect: ({ chats }) => expect(assistantOf(chats[1]!.body)).toMatchObject({ reasoning_content: "I think." }),
  },
  {
    title: "what is not wanted back is left out",
    scenes: [signed, unwanted, call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      expect(JSON.stringify(chats[2]!.body)).not.toMatch(/reasoning_details|thought_signature/);
    },
  },
  {
    title: "a signature that never came: the question is asked in one piece",
    scenes: [
      call(WRONG),
      json(400, { error: { message: "Function call is missing a thought_signature" } }),
      json(400, { error: { message: "Function call is missing a thought_signature" } }),
      call(RIGHT),
    ],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      expect(assistantOf(chats[3]!.body)).toBeUndefined();
    },
  },
];
