/** F1: the connection is refused, or reset before or in the middle of a reply. */
import { expect } from "vitest";
import { call, delta, fakeEndpoint } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const gone = await fakeEndpoint([]);
await gone.close();

export const scenario: FailureScenario[] = [
  {
    title: "nothing listens",
    scenes: [call(RIGHT)],
    settings: { baseUrl: gone.url },
    expect: ({ mishap, notices }) => {
      expect(mishap).toMatchObject({ name: "Outage", code: "ENDPOINT.UNREACHABLE" });
      expect(mishap!.message).toContain("ECONNREFUSED");
      expect(mishap!.message).toContain(gone.url);
      expect(notices).toHaveLength(2);
    },
  },
  {
    title: "it hangs up twice, then answers",
    scenes: [
      (response) => void response.socket!.destroy(),
      (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(`${delta({ content: "a" })}\n\n`, () => response.socket!.destroy());
      },
      call(RIGHT),
    ],
    expect: ({ outcome, chats, entries }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats).toHaveLength(3);
      expect(entries.filter(({ kind }) => kind === "attempt")).toHaveLength(1);
    },
  },
  {
    title: "it hangs up always",
    scenes: [(response) => void response.socket!.destroy()],
    expect: ({ mishap, chats }) => {
      expect(mishap).toMatchObject({ name: "Outage", code: "ENDPOINT.UNREACHABLE" });
      expect(mishap!.message).toMatch(/hung up/);
      expect(chats).toHaveLength(4);
    },
  },
];
