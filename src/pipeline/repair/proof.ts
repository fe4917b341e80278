/** What may not be put right by showing or promising less. */
import { canonical } from "../../base/canonical.js";
import { type Diagnostic, Findings } from "../../base/diagnostic.js";
import type { IAmend, IAmendRefusal } from "../../phases/3-interface/ast.js";
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

/** Whoever puts the contract right may say otherwise how it refuses and what it changes: routes, types and what is promised stay, but for refusals that were released. */
export const checkPromises = (
  before: IAmend,
  after: IAmend,
  released: readonly Pick<IAmendRefusal, "operation" | "code">[] = [],
): Diagnostic[] => {
  const found = new Findings();
  checkList("remove", before.remove, after.remove, (one) => one, found);
  checkList("operations", before.operations, after.operations, (one) => one.name, found);
  checkList("properties", before.properties, after.properties, (one) => `${one.type}.${one.name}`, found);
  const [promised, kept] = [promisedBy(before), promisedBy(after)];
  const fresh = kept.filter((one) => promised.every(({ what }) => what !== one.what));
  for (const { what, list, of, serves } of promised) {
    if (list === "refusals" && released.some((one) => of === `${one.operation} ${one.code}`)) continue;
    const same = kept.filter((one) => one.what === what);
    const lost = serves.filter((id) => !same.some((one) => one.serves.includes(id)));
    const other = fresh.find((one) => one.list === list && one.of === of);
    if (same.length > 0 && lost.length > 0)
      found.add("REPAIR.PROMISES_LESS", `$input.${same[0]!.at}`, `It is to serve ${lost.join(", ")} as before.`);
    else if (same.length === 0)
      found.add(
        "REPAIR.PROMISE_LOST",
        other === undefined ? "$input.unserved" : `$input.${other.at}.${list === "refusals" ? "status" : "action"}`,
        `${what} ${other === undefined ? `is gone: say it again in ${list}` : "stays"}. ${OPEN[list]}`,
      );
  }
  return found.list;
};

const OPEN = {
  refusals: "Of a refusal when, avoid, needs and while can be put right.",
  effects: "Of an effect what, at, column, value, only and code can be put right.",
};

/** Item by item, so that whoever changed one hears which, and where that change belongs. */
const checkList = <Item extends object | string>(
  list: "remove" | "operations" | "properties",
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => string,
  found: Findings,
): void => {
  after.forEach((item, index) => {
    const [name, at] = [nameOf(item), `$input.${list}[${index}]`];
    const known = before.find((one) => nameOf(one) === name);
    if (known === undefined)
      found.add(
        "REPAIR.CONTRACT_CHANGED",
        at,
        `${name} was not in ${list}: leave it out. ${OPEN.refusals} ${OPEN.effects}`,
      );
    else
      for (const [member, was] of changesIn(known, item))
        found.add(
          "REPAIR.CONTRACT_CHANGED",
          `${at}.${member}`,
          `${member} of ${name} stays ${canonical(was)}: others were built on it. ${OPEN.refusals} ${OPEN.effects}`,
        );
  });
  for (const name of before.map(nameOf))
    if (!after.some((one) => nameOf(one) === name))
      found.add("REPAIR.CONTRACT_CHANGED", `$input.${list}`, `${name} is gone from ${list}: say it again as it was.`);
};

/** Members that say something else, with what they said; null is as good as absent. */
const changesIn = <Item extends object | string>(known: Item, item: Item): [string, unknown][] =>
  Object.keys({ ...Object(known), ...Object(item) }).flatMap((member): [string, unknown][] => {
    const [was, is] = [known, item].map((one) => (one as Record<string, unknown>)[member]);
    return canonical(was) === canonical(is) ? [] : [[member, was]];
  });

const promisedBy = ({ refusals, effects }: IAmend): Promised[] => [
  ...refusals.map(
    ({ operation, code, status, serves }, i): Promised => ({
      what: `${operation} refusing with ${status} ${code}`,
      list: "refusals",
      of: `${operation} ${code}`,
      at: `refusals[${i}]`,
      serves,
    }),
  ),
  ...effects.map(
    ({ operation, table, action, serves }, i): Promised => ({
      what: `${operation} to ${action} ${table}`,
      list: "effects",
      of: `${operation} ${table}`,
      at: `effects[${i}]`,
      serves,
    }),
  ),
];

interface Promised {
  /** As others were built on it. */
  what: string;
  list: "refusals" | "effects";
  /** Its name, whatever it promises. */
  of: string;
  at: string;
  serves: string[];
}
