/** F17: line breaks, backslashes and quotes stand in strings as they are. */
import { expect } from "vitest";
import { call } from "../fake-endpoint.js";
import { answerOf, owner } from "../harness/sample.js";
import type { FailureScenario } from "./failure.js";
import { readsCall } from "./readable.js";

const planned = (plan: string) => answerOf([owner], { plan });
const written = (raw: string): string => JSON.stringify(planned("@")).replace("@", () => raw);
const noted = (...notes: string[]) =>
  answerOf(notes.map((note, i) => ({ ...owner, name: i === 0 ? "owner" : `n${i}`, note })));

export const scenario: FailureScenario[] = [
  readsCall("a line break and a tab", written("one\n\ttwo"), planned("one\n\ttwo")),
  readsCall("a pattern's backslashes", written("like \\d{3}\\s"), planned("like \\d{3}\\s")),
  readsCall("an apostrophe escaped", written("it\\'s"), planned("it's")),
  readsCall(
    "quotes round a word",
    written('the "own" ones, "all", of them'),
    planned('the "own" ones, "all", of them'),
  ),
  readsCall("a quote at the end", written('called "x"'), planned('called "x"')),
  readsCall("code with braces and quotes", written('if ({ a: "b" } }) { "c" }'), planned('if ({ a: "b" } }) { "c" }')),
  readsCall("one quote alone, as inches", written('a 5" pipe'), planned('a 5" pipe')),
  {
    title: "quotes that can be matched in two ways are not guessed at",
    scenes: [
      call(JSON.stringify(noted("5@ wide", "6@ long")).replaceAll("@", '"').replaceAll('"note":', '"a":"x","note":')),
      call(noted("5 wide", "6 long")),
    ],
    expect: ({ outcome }) => {
      const notes = outcome?.answer?.columns.map((one) => one.note);
      expect([
        ["5 wide", "6 long"],
        ['5" wide', '6" long'],
      ]).toContainEqual(notes);
    },
  },
];
