/** F11: the model is not there: some that are get named. */
import { expect } from "vitest";
import { json, type Scene } from "../fake-endpoint.js";
import type { FailureScenario } from "./failure.js";

const many = json(200, { data: Array.from({ length: 12 }, (_, i) => ({ id: `model-${i}` })) });

const unknown = (title: string, scene: Scene, others: Scene, next: RegExp): FailureScenario => ({
  title,
  scenes: [scene],
  others,
  expect: ({ mishap, chats }) => {
    expect(mishap).toMatchObject({ name: "Failure", code: "ENDPOINT.UNKNOWN_MODEL" });
    expect(mishap!.message).toContain("toy");
    expect(mishap!.next).toMatch(next);
    expect(chats).toHaveLength(1);
  },
});

export const scenario: FailureScenario[] = [
  unknown(
    "Ollama's 404",
    json(404, { error: { message: "model 'toy' not found" } }),
    many,
    /model-0, .*model-9 and 2 more/,
  ),
  unknown("OpenAI's code", json(404, { error: { code: "model_not_found", message: "no access" } }), many, /model-0/),
  unknown("a 400", json(400, { object: "error", message: "The model `toy` does not exist." }), many, /model-0/),
  unknown(
    "and no list",
    json(404, { error: { message: "model toy not found" } }),
    json(404, {}),
    /--model or AUTOBE_MODEL/,
  ),
];
