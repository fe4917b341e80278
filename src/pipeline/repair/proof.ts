/** What may not be put right by showing or promising less. */
import { canonical } from "../../base/canonical.js";
import { type Diagnostic, Findings } from "../../base/diagnostic.js";
import type { IAmend } from "../../phases/3-interface/ast.js";
import type { IScenarios } from "../../phases/4-test/ast.js";

/** Whoever puts a scenario right may not make it show less. */
export const checkProof = (before: IScenarios, after: IScenarios): Diagnostic[] => {
  const found = new Findings();
  for (const { name, serves } of before.scenarios) {
    const place = after.scenarios.findIndex((one) => one.name === name);
    const lost = serves.filter((id) => !after.scenarios[place]?.serves.includes(id));
    if (place === -1) found.add("REPAIR.SCENARIO_LOST", "$input.blocked", `The scenario ${name} is gone: it stays.`);
    else if (lost.length > 0)
      found.add(
        "REPAIR.SERVES_LESS",
        `$input.scenarios[${place}].serves`,
        `It is to serve ${lost.join(", ")} as before.`,
      );
    else if (weightOf(after, name) < weightOf(before, name))
      found.add(
        "REPAIR.SHOWS_LESS",
        `$input.scenarios[${place}].name`,
        `${name} expects and refuses less than before. Put what is right in the place of what was wrong, in steps of ${name}.`,
      );
  }
  return found.list;
};

const weightOf = ({ steps }: IScenarios, name: string): number =>
  steps
    .filter((step) => step.scenario === name)
    .reduce((sum, step) => sum + step.expect.length + (step.status >= 400 ? 1 : 0), 0);

/** Whoever puts the contract right may say otherwise how it refuses and what it changes: routes, types and what is promised stay. */
export const checkPromises = (before: IAmend, after: IAmend): Diagnostic[] => {
  const found = new Findings();
  for (const list of ["remove", "operations", "properties"] as const)
    if (canonical(before[list]) !== canonical(after[list]))
      found.add("REPAIR.CONTRACT_CHANGED", `$input.${list}`, `${list} stay as they were: others were built on them.`);
  const promised = ({ refusals, effects }: IAmend): Promised[] => [
    ...refusals.map(({ operation, code, status, serves }, i) => ({
      what: `${operation} refusing with ${status} ${code}`,
      at: `refusals[${i}]`,
      serves,
    })),
    ...effects.map(({ operation, table, action, serves }, i) => ({
      what: `${operation} to ${action} ${table}`,
      at: `effects[${i}]`,
      serves,
    })),
  ];
  const kept = promised(after);
  for (const { what, serves } of promised(before)) {
    const same = kept.filter((one) => one.what === what);
    const lost = serves.filter((id) => !same.some((one) => one.serves.includes(id)));
    if (same.length === 0) found.add("REPAIR.PROMISE_LOST", "$input.unserved", `${what} is gone: it stays.`);
    else if (lost.length > 0)
      found.add("REPAIR.PROMISES_LESS", `$input.${same[0]!.at}`, `It is to serve ${lost.join(", ")} as before.`);
  }
  return found.list;
};

interface Promised {
  what: string;
  at: string;
  serves: string[];
}
