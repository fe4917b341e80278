/** F32: every call of a stream has the same index; another id or name begins another call. */
import type { FailureScenario } from "./failure.js";
import { inPieces, parts } from "./pieces.js";
import { isRead, TEXT } from "./readable.js";

const begun = (id: string | undefined, name: string): object => ({ index: 0, id, function: { name, arguments: "" } });

export const scenario: FailureScenario[] = [
  isRead(
    "with another id",
    inPieces(
      begun("a", "emit"),
      ...parts('{"plan":"dra', { index: 0 }),
      begun("b", "emit"),
      ...parts(TEXT, { index: 0 }),
    ),
  ),
  isRead(
    "with another name",
    inPieces(
      begun(undefined, "think"),
      ...parts(TEXT.replace('"p"', '"thinking"'), { index: 0 }),
      begun(undefined, "emit"),
      ...parts(TEXT, { index: 0 }),
    ),
  ),
];
