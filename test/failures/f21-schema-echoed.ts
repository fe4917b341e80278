/** F21: the model hands back the schema instead of an instance of it. */
import { expect } from "vitest";
import { call } from "../fake-endpoint.js";
import { emit } from "../harness/sample.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const refused = (title: string, echo: unknown): FailureScenario => ({
  title,
  scenes: [call(echo), call(RIGHT)],
  expect: ({ outcome, chats }) => {
    expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
    expect(chats[1]!.body["messages"].at(-1).content).toContain("what is wanted is an instance of it");
  },
});

export const scenario: FailureScenario[] = [
  refused("the schema", emit.parameters),
  refused("the whole function", { name: "emit", description: "…", parameters: emit.parameters }),
];
