/** F50: the counts are missing, late, elsewhere, or no counts: ours are taken, and the answer stands. */
import { expect } from "vitest";
import type { AttemptEntry } from "../../src/base/journal.js";
import { data, delta, stream } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const args = delta({
  tool_calls: [{ index: 0, id: "a", function: { name: "emit", arguments: JSON.stringify(RIGHT) } }],
});

const counted = (title: string, more: object[], usage: object): FailureScenario => ({
  title,
  scenes: [stream(args, delta({}, "stop"), ...more.map(data), "data: [DONE]")],
  expect: ({ outcome, entries }) => {
    expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 });
    expect(entries[0]).toMatchObject({ kind: "attempt", usage });
    const { prompt, completion, cached } = (entries[0] as AttemptEntry).usage;
    for (const count of [prompt, completion, cached]) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
  },
});

const ours = { source: "o200k" };

export const scenario: FailureScenario[] = [
  counted("none", [], ours),
  counted("null on every piece", [{ choices: [], usage: null }], ours),
  counted("zero", [{ choices: [], usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } }], ours),
  counted("negative", [{ choices: [], usage: { prompt_tokens: -1, completion_tokens: 5 } }], ours),
  counted("words", [{ choices: [], usage: { prompt_tokens: "many", completion_tokens: null } }], ours),
  counted(
    "half of it words",
    [
      {
        choices: [],
        usage: { prompt_tokens: 90, completion_tokens: "few", prompt_tokens_details: { cached_tokens: -3 } },
      },
    ],
    {
      source: "server",
      prompt: 90,
      completion: 0,
      cached: 0,
    },
  ),
  counted("at Groq's place", [{ choices: [], x_groq: { usage: { prompt_tokens: 90, completion_tokens: 9 } } }], {
    source: "server",
    prompt: 90,
    completion: 9,
  }),
  counted(
    "after zeros",
    [
      { choices: [], usage: { prompt_tokens: 90, completion_tokens: 9, prompt_tokens_details: null } },
      { choices: [], usage: { prompt_tokens: 0 } },
    ],
    {
      source: "server",
      prompt: 90,
    },
  ),
];
