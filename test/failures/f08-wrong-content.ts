/** F8: what comes is not what was asked for: a web page, nothing, a whole reply for a stream, a stream without its name. */
import { expect } from "vitest";
import { call, data, delta, json, type Scene, text } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const message = {
  role: "assistant",
  content: null,
  tool_calls: [{ id: "a", function: { name: "emit", arguments: JSON.stringify(RIGHT) } }],
};
const whole = {
  choices: [{ index: 0, message, finish_reason: "tool_calls" }],
  usage: { prompt_tokens: 9, completion_tokens: 9 },
};

const read = (title: string, scene: Scene): FailureScenario => ({
  title,
  scenes: [scene],
  expect: ({ outcome, chats }) => {
    expect(outcome?.answer).toEqual(RIGHT);
    expect(chats).toHaveLength(1);
  },
});

export const scenario: FailureScenario[] = [
  {
    title: "a login page",
    scenes: [text(200, "<!doctype html><title>Login</title>")],
    expect: ({ mishap }) => {
      expect(mishap).toMatchObject({ name: "Failure", code: "ENDPOINT.WRONG_URL" });
      expect(mishap!.message).toContain("web page");
    },
  },
  {
    title: "nothing at all",
    scenes: [text(200, "", "application/json"), call(RIGHT)],
    expect: ({ outcome, chats, notices }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 });
      expect(chats).toHaveLength(2);
      expect(notices).toEqual([expect.stringContaining("empty")]);
    },
  },
  read("a whole reply although a stream was asked", json(200, whole)),
  read(
    "a stream that calls itself JSON",
    text(
      200,
      `: hello\n\n${delta({ tool_calls: message.tool_calls })}\n\n${delta({}, "stop")}\n\n`,
      "application/json",
    ),
  ),
  read("a stream with names of events", (response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    response.end(
      `event: message\r\nid: 1\r\n${data({ choices: [{ delta: message, finish_reason: "stop" }] })}\r\n\r\n`,
    );
  }),
  {
    title: "half a reply",
    scenes: [text(200, JSON.stringify(whole).slice(0, 90), "application/json"), call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats).toHaveLength(2);
    },
  },
];
