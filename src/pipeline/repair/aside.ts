/** Derived tests that meet a refusal told in words alone: they cannot arrange what it asks for, and a scenario can. */
import { culpritOf } from "./causes.js";
import type { Standing } from "./contract.js";

/**
 * Only where whoever wrote that refusal was asked to put it right and says that the tests contradict the contract.
 * Refusal, as in `transfers.send SOURCE_EMPTY` → the failing derived tests that met it where they expected something else.
 * What it refuses and what it lets through is still owed: each operation has to answer 2xx and each rule to be exercised.
 */
export const asideOf = ({
  design,
  gated,
  objections,
}: Pick<Standing, "design" | "gated" | "objections">): Map<string, string[]> => {
  const met = new Map<string, string[]>();
  for (const failed of gated.verdict.failedTests) {
    const test = design.test?.functions.find((one) => one.name === failed.name);
    const operation = culpritOf(failed, design);
    if (test?.origin !== "derived" || operation === null || !objections.has(operation.name)) continue;
    const { code } = (failed.exchange?.response ?? {}) as { code?: string };
    const refusal = operation.refusals.find((one) => one.provoke === null && one.code === code);
    if (refusal === undefined || refusal.status !== failed.exchange?.status) continue;
    const name = `${operation.name} ${refusal.code}`;
    met.set(name, [...(met.get(name) ?? []), test.name]);
  }
  return met;
};
