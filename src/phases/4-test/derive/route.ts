/** The shortest way of a planned row through its lifecycle, each call by somebody who sees the row then and may make it. */
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { type Account, isSame, type Knowledge, type Plan } from "./knowledge.js";

/** Who knows what else a call needs. */
interface Guide extends Knowledge {
  needsOf(plan: Plan, operation: AutoBeOpenApi.IOperation, caller: Account, depth: number): Plan[] | null;
}

/** Null where none of the people can bring the row there. */
export const findRoute = (
  guide: Guide,
  plan: Plan,
  initial: string,
  state: string,
  people: readonly Account[],
  depth: number,
): Plan["transitions"] | null => {
  const queue: Plan[] = [{ ...plan, state: initial, transitions: [] }];
  const seen = new Set([initial]);
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (at.state === state) return at.transitions;
    for (const operation of guide.document.operations) {
      const { transition } = operation;
      if (operation.model !== plan.model.name || transition === null) continue;
      if (!transition.from.includes(at.state!) || seen.has(transition.to)) continue;
      for (const caller of people.filter(
        (one) =>
          guide.reaches(at!, one) && guide.mayTouch(at!, operation, one) && !guide.isRefused(at!, operation, one),
      )) {
        const needs = during(plan, at, () => guide.needsOf(plan, operation, caller, depth));
        if (needs === null) continue;
        seen.add(transition.to);
        const transitions = [...at.transitions, { operation, caller, needs }];
        queue.push({ ...at, state: transition.to, transitions });
        break;
      }
    }
  }
  return null;
};

/** What needs the row itself must be led to this very plan, as it stands then. */
const during = <T>(plan: Plan, { state, transitions }: Plan, task: () => T): T => {
  const kept = { state: plan.state, transitions: plan.transitions };
  Object.assign(plan, { state, transitions });
  const found = task();
  Object.assign(plan, kept);
  return found;
};

/** Each once, nobody left out: a guest acts too. */
export const distinct = (accounts: readonly Account[]): Account[] =>
  accounts.filter((account, index) => accounts.findIndex((one) => isSame(one, account)) === index);
