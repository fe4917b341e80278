/** The shortest way of a planned row through its lifecycle, each call by somebody who sees the row then and may make it. */
import { type Account, isSame, type Knowledge, type Plan } from "./knowledge.js";

/** Null where none of the people can bring the row there. */
export const findRoute = (
  knowledge: Knowledge,
  plan: Plan,
  initial: string,
  state: string,
  people: readonly Account[],
): Plan["transitions"] | null => {
  const queue: Plan[] = [{ ...plan, state: initial, transitions: [] }];
  const seen = new Set([initial]);
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (at.state === state) return at.transitions;
    for (const operation of knowledge.document.operations) {
      const { transition } = operation;
      if (operation.model !== plan.model.name || transition === null) continue;
      if (!transition.from.includes(at.state!) || seen.has(transition.to)) continue;
      const caller = people.find((one) => knowledge.reaches(at!, one) && knowledge.mayTouch(at!, operation, one));
      if (caller === undefined) continue;
      seen.add(transition.to);
      queue.push({ ...at, state: transition.to, transitions: [...at.transitions, { operation, caller }] });
    }
  }
  return null;
};

/** Each once, nobody left out: a guest acts too. */
export const distinct = (accounts: readonly Account[]): Account[] =>
  accounts.filter((account, index) => accounts.findIndex((one) => isSame(one, account)) === index);
