/** F13: a list or a record inside of the arguments is a string of JSON. */
import { expect } from "vitest";
import { call } from "../fake-endpoint.js";
import { answerOf, owner } from "../harness/sample.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const expectRight: FailureScenario["expect"] = ({ outcome, chats }) => {
  expect(outcome?.answer).toEqual(RIGHT);
  expect(chats).toHaveLength(1);
};

export const scenario: FailureScenario[] = [
  {
    title: "a list is a string of JSON",
    scenes: [call({ ...RIGHT, columns: JSON.stringify(RIGHT.columns) })],
    expect: expectRight,
  },
  {
    title: "an item is a string of JSON",
    scenes: [call({ ...RIGHT, columns: RIGHT.columns.map((one) => JSON.stringify(one)) })],
    expect: expectRight,
  },
  {
    title: "the string of JSON was not even escaped",
    scenes: [call(JSON.stringify({ ...RIGHT, columns: "@" }).replace("@", JSON.stringify(RIGHT.columns)))],
    expect: expectRight,
  },
  {
    title: "several items are strings of JSON that were not escaped",
    scenes: [call(JSON.stringify(answerOf(["@", "@"])).replaceAll("@", JSON.stringify(owner)))],
    expect: expectRight,
  },
  {
    title: "a string of JSON that was cut is not closed and taken for whole",
    scenes: [
      call({ ...RIGHT, columns: JSON.stringify([...RIGHT.columns, ...RIGHT.columns]).slice(0, -4) }),
      call(RIGHT),
    ],
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats).toHaveLength(2);
    },
  },
];
