/** Can a bound be kept by a kind, and do two bounds leave a value between them? */
import type { Findings } from "../../../base/diagnostic.js";
import type { AutoBeAnalyze } from "../ast.js";

const LIMITS: Partial<Record<AutoBeAnalyze.Kind, number>> = {
  int: 2_147_483_647,
  bigint: Number.MAX_SAFE_INTEGER,
  decimal: 99_999_999_999_999,
  string: 4_000,
  text: 1_000_000,
};
/** Length of a string of which no maximum is said. */
const USUAL_LENGTH = 255;

export const checkBounds = (
  kind: AutoBeAnalyze.Kind,
  minimum: number | null,
  maximum: number | null,
  path: string,
  findings: Findings,
): void => {
  const isText = kind === "string" || kind === "text";
  const isWhole = isText || kind === "int" || kind === "bigint";
  const limit = LIMITS[kind] ?? Number.MAX_VALUE;
  const most = maximum ?? (kind === "string" ? USUAL_LENGTH : null);
  if (minimum !== null && most !== null && minimum > most)
    findings.add("ANALYZE.BAD_RANGE", `${path}.minimum`, `The minimum ${minimum} is above the maximum ${most}.`);
  for (const [name, bound] of [
    ["minimum", minimum],
    ["maximum", maximum],
  ] as const) {
    if (bound === null) continue;
    const least = isText ? (name === "maximum" ? 1 : 0) : -limit;
    if (isWhole && !Number.isInteger(bound))
      findings.add("ANALYZE.BAD_RANGE", `${path}.${name}`, `The ${name} of ${kind} is a whole number.`);
    else if (bound < least || bound > limit)
      findings.add(
        "ANALYZE.BAD_RANGE",
        `${path}.${name}`,
        `${bound} is outside of ${least} to ${limit}, which a ${name} of ${kind} can be.`,
      );
  }
};
