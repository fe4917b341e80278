/** F35: the reason to finish is not to be believed: what came decides. */
import { expect } from "vitest";
import { call, delta, type Scene, stream } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const args = delta({
  tool_calls: [{ index: 0, id: "a", function: { name: "emit", arguments: JSON.stringify(RIGHT) } }],
});

const read = (title: string, scene: Scene): FailureScenario => ({
  title,
  scenes: [scene],
  expect: ({ outcome, chats }) => {
    expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 });
    expect(chats).toHaveLength(1);
  },
});

export const scenario: FailureScenario[] = [
  read("`stop` with a call", call(RIGHT, "stop")),
  {
    title: "`length` is believed: who closed the brackets is not known, so the rest is asked for",
    scenes: [call(RIGHT, "length"), call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      expect(chats).toHaveLength(2);
    },
  },
  read(
    "`tool_calls` without one",
    stream(delta({ content: JSON.stringify(RIGHT) }), delta({}, "tool_calls"), "data: [DONE]"),
  ),
  read("none at all", stream(args, delta({}), "data: [DONE]")),
  read("two of them", stream(args, delta({}, "tool_calls"), delta({ content: "" }, "tool_calls"), "data: [DONE]")),
  read("one on every piece", stream(delta({ content: null }, "stop"), args, delta({}, "stop"), "data: [DONE]")),
];
