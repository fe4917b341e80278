/** F47: the content is filtered: final, and said. */
import { expect } from "vitest";
import { delta, json, type Scene, stream } from "../fake-endpoint.js";
import type { FailureScenario } from "./failure.js";

const filtered = (title: string, scene: Scene): FailureScenario => ({
  title,
  scenes: [scene],
  expect: ({ mishap, chats }) => {
    expect(mishap).toMatchObject({
      name: "Failure",
      code: "ENDPOINT.FILTERED",
      next: expect.stringContaining("Reword"),
    });
    expect(chats).toHaveLength(1);
  },
});

export const scenario: FailureScenario[] = [
  filtered("before the reply", json(400, { error: { code: "content_filter", message: "triggered our policy" } })),
  filtered("in the reply", stream(delta({ content: "I" }), delta({}, "content_filter"), "data: [DONE]")),
  filtered("inside 200", json(200, { error: { code: "content_filter", message: "triggered our policy" } })),
];
