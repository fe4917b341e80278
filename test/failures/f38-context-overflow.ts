/** F38: the prompt does not fit: the cap goes, then the history, then the descriptions; then the numbers are told. */
import { expect } from "vitest";
import { call, json, type Loose, type Scene } from "../fake-endpoint.js";
import { CAPPED, type FailureScenario, RIGHT, WRONG } from "./failure.js";

const llamacpp = {
  error: {
    code: 400,
    type: "exceed_context_size_error",
    message: "request (20346 tokens) exceeds the available context size (8192 tokens), try increasing it",
    n_prompt_tokens: 20346,
    n_ctx: 8192,
  },
};
const openai = { error: { code: "context_length_exceeded", message: "maximum context length is 8192 tokens" } };

/** Refuses while a request is as it says. */
const unless = (
  fits: (body: Record<string, Loose>) => boolean,
  otherwise: Scene,
  refusal: unknown = llamacpp,
): Scene => {
  const refuse = json(400, refusal);
  return (response, heard) => (fits(heard.body) ? otherwise : refuse)(response, heard);
};

const isBare = (body: Record<string, Loose>): boolean => !JSON.stringify(body["tools"]).includes("Table it belongs to");

export const scenario: FailureScenario[] = [
  {
    title: "without the cap it fits",
    task: CAPPED,
    scenes: [unless((body) => !("max_tokens" in body), call(RIGHT), openai)],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 });
      expect(chats).toHaveLength(2);
      expect(isBare(chats[1]!.body)).toBe(false);
    },
  },
  {
    title: "without descriptions it fits",
    scenes: [unless(isBare, call(RIGHT))],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 });
      expect(chats.at(-1)!.body["tools"][0].function.parameters.properties).toHaveProperty("columns");
    },
  },
  {
    title: "without its earlier answer it fits",
    scenes: [call(WRONG), unless((body) => body["messages"].length === 2, call(RIGHT))],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      const [system, user] = chats.at(-1)!.body["messages"];
      expect(system).toEqual(chats[0]!.body["messages"][0]);
      expect(user.content).toContain("Design the shop.");
      expect(user.content).toContain("do not begin with bad");
      expect(isBare(chats.at(-1)!.body)).toBe(false);
    },
  },
  {
    title: "it never fits",
    scenes: [json(400, llamacpp)],
    expect: ({ mishap, notices }) => {
      expect(mishap).toMatchObject({ name: "Failure", code: "ENDPOINT.WINDOW_TOO_SMALL" });
      expect(mishap!.message).toContain("20346 tokens, window 8192");
      expect(mishap!.next).toContain("16,384");
      expect(notices).toEqual([]);
    },
  },
  {
    title: "413 without a word",
    scenes: [json(413, {})],
    expect: ({ mishap, chats }) => {
      expect(mishap).toMatchObject({ code: "ENDPOINT.WINDOW_TOO_SMALL" });
      expect(chats).toHaveLength(2);
    },
  },
];
