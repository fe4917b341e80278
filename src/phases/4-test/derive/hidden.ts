/** Rows that are there, but not for everybody. */
import { opposite } from "../../../base/comparison.js";
import { spoken, withArticle } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { originOf } from "./origins.js";
import { contains, keyPath, newest } from "./phrases.js";
import type { Account, Demand, Plan } from "./plan.js";
import { object, type Script } from "./script.js";
import type { Workshop } from "./workshop.js";

/** What an account is kept from it neither reads nor finds in a list. */
export const hiddenTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  if (operation.kind !== "at" && operation.kind !== "list") return;
  for (const caller of workshop.callers(operation)) {
    const who = caller.actor === "guest" ? "nobody without a token" : `no ${spoken(caller.actor)}`;
    const title = `${who} sees ${withArticle(model.name)} that is kept from them`;
    const requirements = workshop.requirementsOf(operation, caller.actor);
    workshop.add(operation, `hidden.${caller.actor}`, title, { requirements }, (script) =>
      hide(workshop, model, operation, caller, script),
    );
  }
};

const hide = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  caller: Account,
  script: Script,
): boolean => {
  const row = model.stance === "actor" ? null : unseenRow(workshop, model, caller);
  if (row === null) return false;
  const above = model.parent?.kind === "routed" ? row.references.get(model.parent.relation) : undefined;
  if (above?.kind === "row" && !workshop.planner.reaches(above.plan, caller)) return false;
  if (operation.kind === "at") {
    script.call(operation, caller, object(keyPath(script, row)), { status: 404 });
    return true;
  }
  const name = script.row(row);
  const page = script.name("page");
  script.call(operation, caller, object({ ...script.path(row), query: newest(model) }), { keep: page });
  script.holds("it is not in the list", {
    type: "prefixUnaryExpression",
    operator: "!",
    operand: contains(page, `${name}.id`),
  });
  return true;
};

/** One that is hidden by what it holds, for that rows of others are hidden is told apart. */
const unseenRow = (workshop: Workshop, model: AutoBeDatabase.IModel, caller: Account): Plan | null => {
  const { planner, document } = workshop;
  const ways = failures(planner.readings(model.name, caller)).filter((demands) =>
    demands.some(({ conditions }) => conditions.some(({ value }) => value !== "me")),
  );
  for (const demands of ways)
    for (const creator of [caller, ...creatorsOf(document, model, caller)]) {
      const plan = planner.find(model, [], { demands, isFresh: true, ...(creator === null ? {} : { creator }) });
      if (plan !== null && !planner.sees(plan, caller)) return plan;
    }
  return caller.actor === "guest" ? hiddenRow(workshop, model, caller) : null;
};

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
