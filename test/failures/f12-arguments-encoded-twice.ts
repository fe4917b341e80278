/** F12: the arguments are a string of JSON inside a string of JSON. */
import { expect } from "vitest";
import { call } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

export const scenario: FailureScenario = {
  title: "the arguments are JSON encoded twice",
  scenes: [call(JSON.stringify(JSON.stringify(RIGHT)))],
  expect: ({ outcome, chats }) => {
    expect(outcome?.answer).toEqual(RIGHT);
    expect(chats).toHaveLength(1);
  },
};
