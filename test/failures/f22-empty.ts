/** F22: nothing is in the answer; that is never a short answer. */
import { expect } from "vitest";
import { call, say } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

export const scenario: FailureScenario[] = ["", "{}", "null", "  \n", "[]", '""', "[{}]", '{"arguments":{}}'].map(
  (text) => ({
    title: `the arguments are ${JSON.stringify(text)}`,
    scenes: [text === "" ? say(" ") : call(text), call(RIGHT)],
    connect: { retries: { most: 0, first: 1, loading: 1 } },
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      const last = chats.at(-1)!.body["messages"].at(-1).content as string;
      if (text !== "") expect(last).toContain("`plan`, `columns`, `unserved`");
    },
  }),
);
