/** F33: pieces of a call have no index, no id, or neither. */
import type { FailureScenario } from "./failure.js";
import { inPieces, parts } from "./pieces.js";
import { isRead, TEXT } from "./readable.js";

const streamed = (tags: object) => inPieces({ ...tags, function: { name: "emit" } }, ...parts(TEXT, tags));

export const scenario: FailureScenario[] = [
  isRead("no index", streamed({ id: "a" })),
  isRead("no id", streamed({ index: 0 })),
  isRead("neither", streamed({})),
  isRead("an id only at first", inPieces({ id: "a", function: { name: "emit" } }, ...parts(TEXT, {}))),
];
