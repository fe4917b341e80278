/** F23: scalars of another kind, only where theirs cannot stand. */
import { answerOf, column, owner } from "../harness/sample.js";
import type { FailureScenario } from "./failure.js";
import { readsCall } from "./readable.js";

const drifted = (title: string, given: object, right: object): FailureScenario =>
  readsCall(title, JSON.stringify(answerOf([{ ...owner, ...given }])), answerOf([{ ...owner, ...right }]));

export const scenario: FailureScenario[] = [
  drifted("a number as text", { size: "5" }, { size: 5 }),
  drifted("text as a number", { note: 5 }, { note: "5" }),
  drifted("a text that may well say null", { note: "null" }, { note: "null" }),
  readsCall("one record for a list of it", JSON.stringify({ ...answerOf([]), columns: owner }), answerOf([owner])),
  readsCall(
    "a number as the text that it may be",
    JSON.stringify(answerOf([owner, column("5")])),
    answerOf([owner, column("5")]),
  ),
];
