/** F5: a reply that stands still is given up and asked for once more; pings are life. */
import { expect } from "vitest";
import { call, delta, type Scene } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const stall: Scene = (response) => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(`${delta({ content: "a" })}\n\n`);
};

export const scenario: FailureScenario[] = [
  {
    title: "in the middle",
    scenes: [stall, call(RIGHT)],
    connect: { patience: { firstByte: 5_000, idle: 200 } },
    expect: ({ outcome, chats, notices }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats).toHaveLength(2);
      // a stall in the middle is not the schema's fault
      expect(chats[1]!.body).toEqual(chats[0]!.body);
      expect(notices[0]).toMatch(/sent nothing for 0 s while its next byte was awaited\. Trying again\./);
    },
  },
  {
    title: "twice is enough",
    scenes: [stall],
    connect: { patience: { firstByte: 5_000, idle: 100 } },
    expect: ({ mishap, chats }) => {
      expect(mishap).toMatchObject({ name: "Outage", code: "ENDPOINT.STALLED" });
      expect(mishap!.next).toContain("--idle-timeout");
      expect(chats).toHaveLength(2);
    },
  },
  {
    title: "pings keep it alive",
    scenes: [
      async (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        for (let i = 0; i < 8; ++i) {
          response.write(": ping\n\n");
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        response.end(`${delta({ tool_calls: [{ function: { name: "emit", arguments: RIGHT } }] }, "stop")}\n\n`);
      },
    ],
    connect: { patience: { firstByte: 5_000, idle: 600 } },
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats).toHaveLength(1);
    },
  },
];
