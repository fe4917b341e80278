/** F14: the arguments are an object where a string of JSON belongs. */
import { expect } from "vitest";
import { delta, json, stream } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const tool = { index: 0, id: "c1", type: "function", function: { name: "emit", arguments: RIGHT } };

const expectRight: FailureScenario["expect"] = ({ outcome, chats }) => {
  expect(outcome?.answer).toEqual(RIGHT);
  expect(chats).toHaveLength(1);
};

export const scenario: FailureScenario[] = [
  {
    title: "the arguments come as an object in a stream",
    scenes: [stream(delta({ tool_calls: [tool] }), delta({}, "tool_calls"), "data: [DONE]")],
    expect: expectRight,
  },
  {
    title: "the arguments come as an object in one piece",
    scenes: [json(200, { choices: [{ message: { role: "assistant", tool_calls: [tool] }, finish_reason: "stop" }] })],
    expect: expectRight,
  },
];
