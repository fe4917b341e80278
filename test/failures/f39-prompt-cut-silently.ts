/** F39: the server cuts what does not fit, and only its counts tell: asking on would be for nothing. */
import { expect } from "vitest";
import { data, delta, json, type Scene, stream } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const counted = (args: string, prompt: number, completion: number, finish: string): Scene =>
  stream(
    delta({ tool_calls: [{ index: 0, id: "a", function: { name: "emit", arguments: args } }] }, finish),
    data({ choices: [], usage: { prompt_tokens: prompt, completion_tokens: completion } }),
    "data: [DONE]",
  );

const whole = JSON.stringify(RIGHT);
/** About 2,000 tokens. */
const long = { user: "Orders belong to customers. ".repeat(400) };
const ollama = json(200, { data: [{ id: "toy", owned_by: "library" }] });

const stopped = (
  title: string,
  scene: Scene,
  message: RegExp,
  more: Partial<FailureScenario> = {},
): FailureScenario => ({
  title,
  scenes: [scene],
  ...more,
  expect: ({ mishap, chats }) => {
    expect(mishap).toMatchObject({ name: "Failure", code: "ENDPOINT.PROMPT_CUT" });
    expect(mishap!.message).toMatch(message);
    expect(mishap!.next).toContain("OLLAMA_CONTEXT_LENGTH=16384 ollama serve");
    expect(chats).toHaveLength(1);
  },
});

const goesOn = (title: string, scene: Scene, more: Partial<FailureScenario> = {}): FailureScenario => ({
  title,
  scenes: [scene],
  ...more,
  expect: ({ outcome }) => expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 }),
});

export const scenario: FailureScenario[] = [
  stopped("less was read than sent", counted(whole, 193, 40, "stop"), /about 2\d{3} tokens the server read 193/, {
    task: long,
  }),
  stopped("the window was full", counted(whole.slice(0, -9), 3_000, 1_096, "length"), /ended at 4096 tokens/),
  stopped("Ollama's old window, and no reason", counted(whole.slice(0, -9), 193, 1_855, "stop"), /ended at 2048/),
  stopped(
    "Ollama is known by its list, and told the schema in words, which count",
    counted(whole, 800, 40, "stop"),
    /the server read 800/,
    { others: ollama, task: { user: "Orders belong to customers. ".repeat(220) } },
  ),
  goesOn("a full window with a whole answer is chance", counted(whole, 4_000, 96, "stop")),
  goesOn("a small prompt is not measured", counted(whole, 40, 40, "stop")),
  goesOn("a hosted one tells a schema in fewer words", counted(whole, 800, 40, "stop"), {
    task: { user: "Orders belong to customers. ".repeat(220) },
  }),
  goesOn("counts that are no counts prove nothing", counted(whole, 0, 40, "stop"), { task: long }),
];
