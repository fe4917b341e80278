/** F49: the reply has no end: it is left at sixteen megabytes, and not asked for again. */
import { expect } from "vitest";
import type { FailureScenario } from "./failure.js";

const MEGABYTE = 1024 * 1024;

export const scenario: FailureScenario = {
  title: "it is left at sixteen megabytes",
  scenes: [
    async (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let i = 0; i < 64 && !response.destroyed; ++i) {
        response.write(`:${"x".repeat(MEGABYTE)}\n`);
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    },
  ],
  expect: ({ mishap, chats }) => {
    expect(mishap).toMatchObject({ name: "Outage", code: "ENDPOINT.ENDLESS" });
    expect(mishap!.message).toContain("16 MB");
    expect(chats).toHaveLength(1);
  },
};
