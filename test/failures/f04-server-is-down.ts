/** F4: a dead upstream is asked again; a server that cannot read what it was sent is not. */
import { expect } from "vitest";
import { call, json, type Scene, text } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const again = (title: string, scene: Scene): FailureScenario => ({
  title,
  scenes: [scene, scene, call(RIGHT)],
  expect: ({ outcome, chats, notices, entries }) => {
    expect(outcome?.answer).toEqual(RIGHT);
    expect(chats).toHaveLength(3);
    expect(notices).toHaveLength(2);
    expect(entries.filter(({ kind }) => kind === "attempt")).toHaveLength(1);
  },
});

export const scenario: FailureScenario[] = [
  again("502 with a web page", text(502, "<html><h1>502 Bad Gateway</h1></html>")),
  again("504 without a word", text(504, "")),
  again("500", json(500, { error: { message: "internal error", type: "server_error" } })),
  again("529 of an overloaded one", json(529, { type: "error", error: { type: "overloaded_error", message: "busy" } })),
  {
    title: "it stays down, and its page is not shown",
    scenes: [text(502, "<html><h1>502 Bad Gateway</h1></html>")],
    expect: ({ mishap, chats }) => {
      expect(mishap).toMatchObject({ name: "Outage", code: "ENDPOINT.DOWN" });
      expect(mishap!.message).toMatch(/answered 502: a web page/);
      expect(chats).toHaveLength(4);
    },
  },
  {
    title: "500 over the model's own words is the model's mistake",
    scenes: [json(500, { error: { code: 500, message: "Failed to parse input at pos 3: <tool_call>" } }), call(RIGHT)],
    expect: ({ outcome, chats, notices, entries }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      expect(notices).toEqual([]);
      expect(chats[1]!.body["messages"].at(-1).content).toContain("could not be read");
      expect(entries[0]).toMatchObject({ diagnostics: [{ code: "ANSWER.UNREADABLE" }] });
    },
  },
  {
    title: "400 over the chat template is final at once",
    scenes: [json(400, { error: { message: "The chat template does not take a system role" } })],
    expect: ({ mishap, chats }) => {
      expect(mishap).toMatchObject({ name: "Failure", code: "ENDPOINT.REFUSED" });
      expect(mishap!.message).toContain("The chat template");
      expect(chats).toHaveLength(1);
    },
  },
];
