/** F24: servers choke on arguments in the history that are no object: ours are replayed from what was read, or not at all. */
import { expect } from "vitest";
import { call, json, type Scene } from "../fake-endpoint.js";
import { answerOf, column } from "../harness/sample.js";
import { type FailureScenario, RIGHT } from "./failure.js";

/** Refuses a history whose arguments do not parse to an object, as llama.cpp and Ollama do. */
const picky =
  (then: Scene): Scene =>
  (response, heard) => {
    const calls = (heard.body["messages"] as { tool_calls?: { function: { arguments: string } }[] }[]).flatMap(
      (one) => one.tool_calls ?? [],
    );
    const isSound = calls.every((one) => {
      try {
        return JSON.parse(one.function.arguments).constructor === Object;
      } catch {
        return false;
      }
    });
    return (isSound ? then : json(500, { error: { message: "Failed to parse tool call arguments as JSON" } }))(
      response,
      heard,
    );
  };

const BAD = JSON.stringify(answerOf([column("badOne")]));

export const scenario: FailureScenario[] = [
  ["cut", BAD.slice(0, -15)],
  ["encoded twice", JSON.stringify(BAD)],
  ["with trailing commas", BAD.replace("]", ",]")],
  ["no JSON", "I cannot."],
].map(([what, text]) => ({
  title: `arguments that were ${what} are not replayed as they came`,
  scenes: [call(text!), picky(call(RIGHT))],
  expect: ({ outcome, chats }) => {
    expect(outcome?.answer).toMatchObject({ columns: RIGHT.columns });
    expect(chats).toHaveLength(2);
  },
}));
