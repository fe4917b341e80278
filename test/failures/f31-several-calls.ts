/** F31: several calls: the first that is right is meant, and only one is answered. */
import { expect } from "vitest";
import { call, delta, stream } from "../fake-endpoint.js";
import { answerOf, column } from "../harness/sample.js";
import { type FailureScenario, RIGHT } from "./failure.js";
import { isRead, TEXT } from "./readable.js";

const calls = (...texts: string[]) =>
  stream(
    ...texts.map((text, index) =>
      delta({ tool_calls: [{ index, id: `c${index}`, function: { name: "emit", arguments: text } }] }),
    ),
    delta({}, "tool_calls"),
    "data: [DONE]",
  );

export const scenario: FailureScenario[] = [
  isRead("a broken one first", calls('{"plan": "dra', TEXT)),
  isRead("a broken one last", calls(TEXT, "{}")),
  {
    title: "two wrong ones are answered as one",
    scenes: [calls(...[1, 2].map(() => JSON.stringify(answerOf([column("badOne")])))), call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      const { messages } = chats[1]!.body;
      expect(messages.filter((one: { role: string }) => one.role === "tool")).toHaveLength(1);
      expect(messages.find((one: { role: string }) => one.role === "assistant").tool_calls).toHaveLength(1);
    },
  },
];
