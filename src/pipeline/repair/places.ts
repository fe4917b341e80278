/** Where in an answer the remarks of a repair stand: the items that belong to the part, and the one that a failure speaks of. */
import type { IAmend } from "../../phases/3-interface/ast.js";
import type { IScenarios } from "../../phases/4-test/ast.js";
import type { IRealizeAmend, IRealizeOperation } from "../../phases/5-realize/ast.js";
import { type Broken, isCalled, type Part } from "./causes.js";

/** The list in which an item that is missing would be. */
export const listOf = ({ side }: Part): string => (side === "contract" ? "effects" : "steps");

/** `steps[3]`, `refusals[0]`: what of the answer belongs to the part. */
export const placesOf = ({ name, key, side }: Part, answer: object): string[] => {
  if (side === "contract") {
    const { refusals = [], effects = [] } = answer as Partial<IAmend>;
    const own = (list: string, items: readonly { operation: string }[]): string[] =>
      items.flatMap(({ operation }, place) => (isCalled(name, operation, answer) ? [`${list}[${place}]`] : []));
    return [...own("refusals", refusals), ...own("effects", effects)];
  }
  const { steps = [] } = answer as Partial<IScenarios & IRealizeAmend & IRealizeOperation>;
  return (steps as object[]).flatMap((step, place) => {
    const { scenario, operation } = step as { scenario?: string; operation?: string };
    const owner = side === "scenario" ? scenario : key.startsWith("realize/amend:") ? operation : name;
    return owner === name ? [`steps[${place}]`] : [];
  });
};

/** The step that refused or should have, the call that was answered otherwise, or what the contract says first. */
export const worstOf = (
  { side }: Part,
  answer: object,
  places: readonly string[],
  broken: Broken | undefined,
): string | undefined => {
  const text = `${broken?.failed.error} ${JSON.stringify(broken?.failed.exchange?.response ?? null)}`;
  const found = places.filter((place) => {
    const [, list, index] = /^(\w+)\[(\d+)\]$/.exec(place)!;
    const item = (answer as Record<string, object[]>)[list!]![Number(index)]!;
    if (side !== "scenario") {
      const { code, refusal } = item as { code?: string | null; refusal?: string | null };
      const refused = side === "contract" ? code : refusal;
      return refused != null && text.includes(refused);
    }
    const { call, expect } = item as IScenarios["steps"][number];
    return call === broken?.operation?.name && (expect.length === 0 || expect.some((one) => text.includes(one)));
  });
  return found.at(-1) ?? places[0];
};
