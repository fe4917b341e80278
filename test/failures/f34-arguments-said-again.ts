/** F34: the stream ends with the whole arguments once more. */
import type { FailureScenario } from "./failure.js";
import { inPieces, parts } from "./pieces.js";
import { isRead, TEXT } from "./readable.js";

const first = { index: 0, id: "a", function: { name: "emit", arguments: "" } };

export const scenario: FailureScenario[] = [
  isRead("in one piece", inPieces(first, ...parts(TEXT, { index: 0 }), { index: 0, function: { arguments: TEXT } })),
  isRead("in small pieces", inPieces(first, ...parts(TEXT + TEXT, { index: 0 }))),
];
