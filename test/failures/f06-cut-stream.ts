/** F6: the stream ends without an end: no reason to finish, no `[DONE]`. */
import { expect } from "vitest";
import { call, delta, stream } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const cut = stream(
  delta({ tool_calls: [{ index: 0, id: "a", function: { name: "emit", arguments: '{"plan":"p","col' } }] }),
);
const whole = delta({ tool_calls: [{ index: 0, function: { name: "emit", arguments: RIGHT } }] });

export const scenario: FailureScenario[] = [
  {
    title: "it is asked again, and the model is not blamed",
    scenes: [cut, cut, call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 });
      expect(chats.map(({ body }) => body)).toEqual([chats[0]!.body, chats[0]!.body, chats[0]!.body]);
    },
  },
  {
    title: "always",
    scenes: [cut],
    expect: ({ mishap, chats }) => {
      expect(mishap).toMatchObject({ name: "Outage", code: "ENDPOINT.CUT" });
      expect(chats).toHaveLength(4);
    },
  },
  {
    title: "a reason without [DONE] is an end",
    scenes: [stream(whole, delta({}, "stop"))],
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats).toHaveLength(1);
    },
  },
  {
    title: "a piece that is no JSON",
    scenes: [stream(whole, 'data: {"choices":[{"del'), call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats).toHaveLength(2);
    },
  },
];
