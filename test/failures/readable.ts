/** Scenarios of texts that are read at once, whatever was done to them. */
import { expect } from "vitest";
import { call, type Scene, say } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT } from "./failure.js";

export const TEXT = JSON.stringify(RIGHT);

/** Played, it is accepted without a second request. */
export const isRead = (title: string, scene: Scene, right: object = RIGHT): FailureScenario => ({
  title,
  scenes: [scene],
  expect: ({ outcome, chats }) => {
    expect(outcome?.answer).toEqual(right);
    expect(chats).toHaveLength(1);
  },
});

export const readsCall = (title: string, text: string, right?: object): FailureScenario =>
  isRead(title, call(text), right);
export const readsContent = (title: string, text: string, right?: object): FailureScenario =>
  isRead(title, say(text), right);
