/** F2: the server is there, its model is not yet. */
import { expect } from "vitest";
import { call, json, type Scene } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const llamacpp = json(503, { error: { code: 503, message: "Loading model", type: "unavailable_error" } });
const ollama = json(500, { error: { message: "llm server loading model" } });

const waited = (title: string, loading: Scene): FailureScenario => ({
  title,
  scenes: [...Array<Scene>(6).fill(loading), call(RIGHT)],
  connect: { retries: { most: 1, first: 2, loading: 60_000, poll: 5 } },
  expect: ({ outcome, chats, notices }) => {
    expect(outcome?.answer).toEqual(RIGHT);
    expect(chats).toHaveLength(7); // none of them counts as a try
    expect(notices[0]).toMatch(/is loading the model\. Trying again in 1 s\./);
  },
});

export const scenario: FailureScenario[] = [
  waited("llama.cpp says 503", llamacpp),
  waited("Ollama says 500", ollama),
  {
    title: "it loads while the models are listed",
    scenes: [call(RIGHT)],
    others: (() => {
      let asked = 0;
      return (response, heard) => (++asked < 5 ? llamacpp : json(200, { data: [{ id: "toy" }] }))(response, heard);
    })(),
    expect: ({ outcome, others }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(others.length).toBeGreaterThanOrEqual(5);
    },
  },
  {
    title: "it never ends",
    scenes: [llamacpp],
    connect: { retries: { most: 1, first: 2, loading: 500, poll: 5 } },
    expect: ({ mishap, chats }) => {
      expect(mishap).toMatchObject({ name: "Outage", code: "ENDPOINT.LOADING" });
      expect(chats.length).toBeGreaterThan(2);
    },
  },
];
