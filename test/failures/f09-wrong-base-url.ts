/** F9: the path is wrong: what would be right is looked for, and said. */
import { expect } from "vitest";
import { call, json, type Scene } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const missing = json(404, { error: { message: "File Not Found", type: "not_found_error" } });
/** Lists models under one path only. */
const only =
  (path: string): Scene =>
  (response, heard) =>
    (heard.path === path ? json(200, { data: [{ id: "toy" }, { id: "teddy" }] }) : missing)(response, heard);

const said = (title: string, others: Scene, message: RegExp, more: Partial<FailureScenario> = {}): FailureScenario => ({
  title,
  scenes: [missing],
  others,
  ...more,
  expect: ({ mishap }) => {
    expect(mishap).toMatchObject({ name: "Failure", code: "ENDPOINT.WRONG_URL" });
    expect(mishap!.message).toMatch(message);
  },
});

export const scenario: FailureScenario[] = [
  said("/v1 is missing", only("/api/v1/models"), /it answered 404, but http:\S+\/api\/v1 answers/, {
    settings: (url) => ({ baseUrl: url.replace("/v1", "/api") }),
  }),
  said("/v1 is too much", only("/models"), /it answered 404, but http:\S+:\d+ answers/),
  said("nothing is known there", missing, /it answered 404 to \/chat\/completions \(File Not Found\)/),
  said("models are listed, and no chat is held", only("/v1/models"), /\(File Not Found\), and lists toy, teddy/),
  {
    title: "the whole path, as documents show it, is understood by the settings",
    scenes: [call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats[0]!.path).toBe("/v1/chat/completions");
    },
  },
];
