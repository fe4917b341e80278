/** F41: a parameter is refused: it is dropped, the same turn goes again, and it is not sent any more. */
import { expect } from "vitest";
import { call, json, type Loose, type Scene } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT, WRONG } from "./failure.js";

const dropped = (
  title: string,
  refusal: Scene,
  verify: (body: Record<string, Loose>) => void,
  more: Partial<FailureScenario> = {},
): FailureScenario => ({
  title,
  scenes: [refusal, call(WRONG), call(RIGHT)],
  ...more,
  expect: ({ outcome, chats, notices }) => {
    expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
    expect(chats).toHaveLength(3);
    expect(() => verify(chats[0]!.body)).toThrow();
    verify(chats[1]!.body);
    verify(chats[2]!.body);
    expect(notices).toEqual([]);
  },
});

const without = (name: string) => (body: Record<string, Loose>) => {
  expect(body).not.toHaveProperty(name);
  expect(body).toHaveProperty("tools");
};
const no = (message: string, status = 400): Scene => json(status, { error: { message } });

export const scenario: FailureScenario[] = [
  dropped(
    "FastAPI's detail",
    json(422, { detail: [{ loc: ["body", "parallel_tool_calls"], type: "extra_forbidden", msg: "Extra inputs" }] }),
    without("parallel_tool_calls"),
  ),
  dropped(
    "Gemini's list",
    json(400, [{ error: { message: 'Unknown name "stream_options": Cannot find field.' } }]),
    without("stream_options"),
  ),
  dropped(
    "vLLM's flat error",
    json(400, { object: "error", message: "parallel_tool_calls is not supported" }),
    without("parallel_tool_calls"),
  ),
  dropped("LM Studio's string", json(400, { error: "Invalid tool_choice type: 'required'" }), (body) =>
    expect(body["tool_choice"]).toBe("auto"),
  ),
  dropped("streams", no("streaming is not supported"), without("stream")),
  dropped(
    "OpenRouter finds nobody",
    no("No endpoints found that can handle the requested parameters.", 404),
    without("provider"),
    {
      settings: { provider: "openrouter" },
    },
  ),
  dropped(
    "strict",
    no("Unrecognized request argument supplied: strict"),
    (body) => expect(body["tools"][0].function).not.toHaveProperty("strict"),
    {
      settings: { provider: "vllm" },
    },
  ),
  {
    title: "one after the other",
    scenes: [
      no("Unsupported parameter: parallel_tool_calls"),
      no("Unsupported parameter: stream_options"),
      no("Invalid tool_choice"),
      no("Invalid tool_choice"),
      call(RIGHT),
    ],
    expect: ({ outcome, chats, entries }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 });
      expect(Object.keys(chats[4]!.body).sort()).toEqual(["messages", "model", "stream", "tools"]);
      expect(entries.filter(({ kind }) => kind === "attempt")).toHaveLength(1);
    },
  },
  {
    title: "what names nothing is told",
    scenes: [no("I do not like your request")],
    expect: ({ mishap, chats }) => {
      expect(mishap).toMatchObject({ name: "Failure", code: "ENDPOINT.REFUSED" });
      expect(mishap!.message).toContain("I do not like your request");
      expect(chats).toHaveLength(1);
    },
  },
];
