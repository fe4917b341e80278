/** F43: with the schema the first byte never comes, without it it does: the server compiles without end. */
import { expect } from "vitest";
import { call } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT, WRONG } from "./failure.js";

const patience = { firstByte: 300, idle: 3_000 };

export const scenario: FailureScenario[] = [
  {
    title: "the next rung is tried once, and kept",
    scenes: [() => {}, call(WRONG), call(RIGHT)],
    connect: { patience },
    expect: ({ outcome, chats, notices }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      const [first, second, third] = chats.map(({ body }) => body["tools"][0].function);
      expect(second).not.toEqual(first);
      expect(second.strict).toBe(true);
      expect(third).toEqual(second);
      expect(notices).toEqual([expect.stringContaining("first byte")]);
    },
  },
  {
    title: "where that hangs too, it is not the schema",
    scenes: [() => {}],
    connect: { patience },
    expect: ({ mishap, chats }) => {
      expect(mishap).toMatchObject({ name: "Outage", code: "ENDPOINT.STALLED" });
      expect(mishap!.next).toContain("--first-byte-timeout");
      expect(chats).toHaveLength(2);
    },
  },
];
