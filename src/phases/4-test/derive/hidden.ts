/** Rows that are there, but not for everybody. */
import { opposite } from "../../../base/comparison.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { originOf } from "./origins.js";
import type { Account, Demand, Plan } from "./plan.js";
import type { Workshop } from "./workshop.js";

/** A row that the account cannot see: somebody else's, or one that fails what its filters ask. */
export const hiddenRow = (
  { planner, document }: Workshop,
  model: AutoBeDatabase.IModel,
  account: Account,
  given: Plan["references"] = new Map(),
): Plan | null => {
  const creators = creatorsOf(document, model, account);
  for (const demands of [[], ...failures(planner.readings(model.name, account))])
    for (const creator of creators) {
      const wish = { demands, isFresh: true, given, ...(creator === null ? {} : { creator }) };
      const plan = planner.find(model, [], wish);
      if (plan !== null && !planner.sees(plan, account)) return plan;
    }
  return null;
};

/** Others before the account itself, which may have made what it cannot see any more. */
const creatorsOf = (
  document: AutoBeOpenApi.IDocument,
  model: AutoBeDatabase.IModel,
  account: Account,
): (Account | null)[] => {
  if (model.stance === "actor") return [null];
  const actors = [...new Set((originOf(document, model.name)?.access ?? []).map(({ actor }) => actor))];
  return [
    ...actors.map((actor) => ({ actor, index: actor === "guest" ? 1 : 2 })),
    ...(actors.includes(account.actor) ? [account] : []),
  ];
};

/** One condition of each alternative is turned round, so that none of them holds. */
const failures = (readings: readonly Demand[]): Demand[][] =>
  readings
    .reduce<Demand[][]>(
      (made, { account, conditions }) =>
        made.flatMap((head) => conditions.map((one) => [...head, { account, conditions: [turned(one)] }])),
      [[]],
    )
    .filter((demands) => demands.length > 0)
    .slice(0, MOST);

const MOST = 8;

const turned = (condition: AutoBeOpenApi.ICondition): AutoBeOpenApi.ICondition => ({
  ...condition,
  operator: opposite(condition.operator),
});
