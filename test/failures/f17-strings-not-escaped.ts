/** F17: line breaks, backslashes and quotes stand in strings as they are. */
import { expect } from "vitest";
import { call } from "../fake-endpoint.js";
import { answerOf, owner } from "../harness/sample.js";
import { type FailureScenario, RIGHT } from "./failure.js";
import { readsCall } from "./readable.js";

const planned = (plan: string) => answerOf([owner], { plan });
const written = (raw: string): string => JSON.stringify(planned("@")).replace("@", () => raw);
/** One string with two quotes in it, or two with one each. */
const inches = { table: "orders", kind: "text", size: 1, name: "a 5@ b", note: "c 6@ d" };

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
    scenes: [call(JSON.stringify(answerOf([owner, inches])).replaceAll("@", '"')), call(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome?.answer).toEqual(RIGHT);
      expect(chats).toHaveLength(2);
    },
  },
];
