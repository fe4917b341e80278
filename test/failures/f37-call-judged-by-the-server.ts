/** F37: the server judges the arguments itself and refuses the request: it is the model's mistake, and its words are read. */
import { expect } from "vitest";
import { call, data, json, type Scene, stream } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const failed = (generation: string) => ({
  error: { message: "Failed to call a function.", code: "tool_use_failed", failed_generation: generation },
});

const mined = (title: string, scene: Scene): FailureScenario => ({
  title,
  scenes: [scene],
  expect: ({ outcome, chats, entries }) => {
    expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 });
    expect(chats).toHaveLength(1);
    expect(entries[0]).toMatchObject({ reply: { finishReason: "tool_use_failed" } });
  },
});

export const scenario: FailureScenario[] = [
  mined("the text is right", json(400, failed(`<function=emit>${JSON.stringify(RIGHT)}</function>`))),
  mined("the same in a stream", stream(`event: error\n${data(failed(`[TOOL_CALLS] [${JSON.stringify(RIGHT)}]`))}`)),
  {
    title: "the text is unreadable",
    scenes: [json(400, failed("<function=emit>{{{")), call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      expect(chats[1]!.body["messages"].at(-1).content).toContain("<function=emit>{{{");
    },
  },
  {
    title: "only the server's verdict comes",
    scenes: [
      json(400, { error: { message: "parameters for tool emit did not match schema: errors: [`/columns`: missing]" } }),
      call(RIGHT),
    ],
    expect: ({ outcome, chats, entries }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      expect(chats[1]!.body["messages"].at(-1).content).toContain("`/columns`: missing");
      expect(entries[0]).toMatchObject({ diagnostics: [{ code: "ANSWER.UNREADABLE" }] });
    },
  },
];
