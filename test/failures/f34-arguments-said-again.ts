/** F34: the stream ends with the whole arguments once more. */
import { expect } from "vitest";
import type { FailureScenario } from "./failure.js";
import { inPieces, parts } from "./pieces.js";
import { isRead, TEXT } from "./readable.js";

const first = { index: 0, id: "a", function: { name: "emit", arguments: "" } };

const once = isRead(
  "in one piece, and is heard once",
  inPieces(first, ...parts(TEXT, { index: 0 }), { index: 0, function: { arguments: TEXT } }),
);

export const scenario: FailureScenario[] = [
  {
    ...once,
    expect: async (seen) => {
      await once.expect(seen);
      expect(seen.entries[0]).toMatchObject({ reply: { calls: [{ name: "emit", arguments: TEXT }] } });
    },
  },
  isRead("in small pieces", inPieces(first, ...parts(TEXT + TEXT, { index: 0 }))),
];
