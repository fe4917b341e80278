/** F36: status 200 and nothing in it: the server could not read the call its model made. */
import { expect } from "vitest";
import { call, data, delta, json, type Scene, stream } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const empty = (title: string, scene: Scene): FailureScenario => ({
  title,
  scenes: [scene, scene, call(RIGHT)],
  expect: ({ outcome, chats }) => {
    expect(outcome).toMatchObject({ answer: RIGHT, attempts: 3 });
    expect(chats[1]!.body["messages"].at(-1).content).toContain("JSON object");
    const [first, second, third] = chats.map(({ body }) => body["tools"][0].function);
    expect(second).toEqual(first); // once may be chance
    expect(third.parameters).not.toEqual(first.parameters);
    expect(third.strict).toBe(true);
  },
});

export const scenario: FailureScenario[] = [
  empty("an empty message", json(200, { choices: [{ message: { content: "" }, finish_reason: "stop" }] })),
  empty("no choices", json(200, { choices: [] })),
  empty("an empty stream", stream(delta({ role: "assistant" }), delta({}, "stop"), "data: [DONE]")),
  empty(
    "Gemini's reason",
    stream(
      delta({ content: "default_api.emit(" }, "function_call_filter: MALFORMED_FUNCTION_CALL"),
      data({ choices: [], usage: { prompt_tokens: 90, completion_tokens: 0 } }),
      "data: [DONE]",
    ),
  ),
];
