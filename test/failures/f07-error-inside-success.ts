/** F7: status 200, and an error inside: it is classified by the code it carries. */
import { expect } from "vitest";
import { call, data, delta, json, type Scene, stream } from "../fake-endpoint.js";
import { type FailureScenario, KEY, RIGHT } from "./failure.js";

const again = (title: string, scene: Scene, message: RegExp): FailureScenario => ({
  title,
  scenes: [scene, call(RIGHT)],
  expect: ({ outcome, chats, notices }) => {
    expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 });
    expect(chats).toHaveLength(2);
    expect(notices).toEqual([expect.stringMatching(message)]);
  },
});

const final = (title: string, scene: Scene, code: string): FailureScenario => ({
  title,
  scenes: [scene],
  expect: ({ mishap, chats }) => {
    expect(mishap).toMatchObject({ name: "Failure", code });
    expect(mishap!.message).not.toContain(KEY);
    expect(chats).toHaveLength(1);
  },
});

const raw = '{"error":"upstream went away"}';

export const scenario: FailureScenario[] = [
  again(
    "as an event, with what the provider said",
    stream(
      delta({ content: "a" }),
      data({ error: { code: 502, message: "Provider returned error", metadata: { raw, provider_name: "p" } } }),
    ),
    /502: Provider returned error \(.*upstream went away/,
  ),
  again("as a whole reply", json(200, { error: { code: 429, message: "later" } }), /429: later/),
  again("by a word for a code", json(200, { error: { type: "overloaded_error", message: "busy" } }), /529: busy/),
  again("without any code", json(200, { error: "out of memory" }), /502: out of memory/),
  again("as a reason to finish", stream(delta({ content: "a" }), delta({}, "error"), "data: [DONE]"), /broke off/),
  final("a wrong key", json(200, { error: { code: 401, message: `no auth for ${KEY}` } }), "ENDPOINT.WRONG_KEY"),
  final("no credit", stream(data({ error: { code: "insufficient_quota", message: "pay" } })), "ENDPOINT.NO_CREDIT"),
  {
    title: "a refusal to learn from",
    scenes: [
      json(200, { error: "Invalid tool_choice type: 'required'. Supported string values: none, auto" }),
      call(RIGHT),
    ],
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats[1]!.body["tool_choice"]).toBe("auto");
    },
  },
];
