/** A call happens as a whole or not at all: what is refused, or breaks off half-way, leaves nothing. */
import type { IExpression } from "../../../base/expression.js";
import { spoken, withArticle } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { AutoBeTest } from "../ast.js";
import { columnsOf } from "./changing.js";
import { isApart, pathOf, planned, readingOf, type Showing, targetOf } from "./effects.js";
import { keyPath } from "./phrases.js";
import type { Account, Plan } from "./plan.js";
import { identifier, number, object } from "./script.js";
import { watcherOf, watchList } from "./watching.js";
import type { Workshop } from "./workshop.js";

/** Calls that write in more than one place: the second write fails, and the first one is undone. */
export const wholeTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const effects = operation.effects.filter(isApart);
  const write = WRITERS[operation.kind];
  if (effects.length === 0 || write === undefined) return;
  const said = spoken(operation.transition?.action ?? operation.kind);
  const title = `where the database fails half-way, to ${said} ${withArticle(model.name)} leaves nothing`;
  workshop.add(operation, "whole", title, { requirements: [] }, (script) =>
    effects.some((effect) =>
      workshop.callers(operation).some((caller) => write({ workshop, model, operation, effect, script, caller })),
    ),
  );
};

/** A row on which the effect surely takes place, so that there is a second write. */
const moving = (showing: Showing): Plan | null => {
  const plan = planned(showing, {});
  return plan === null || (showing.effect.action !== "insert" && targetOf(showing, plan) === null) ? null : plan;
};

/** The call, during which all writes but the first fail. */
const breakOff = ({ script, operation, caller }: Showing, given: IExpression): void => {
  script.account(caller);
  script.statements.push(bed("breakAt", number(2)));
  script.call(operation, caller, given, { status: 500 });
  script.statements.push(bed("mend"));
};

const bed = (name: string, ...given: IExpression[]): AutoBeTest.IStatement => ({
  type: "expressionStatement",
  expression: { type: "callExpression", expression: identifier(`bed.${name}`), arguments: given },
});

const create = (showing: Showing): boolean => {
  const { workshop, script } = showing;
  const plan = moving(showing);
  const watcher = plan === null ? null : watcherOf(workshop, plan);
  if (plan === null || watcher === null) return false;
  const argument = object({ ...script.path(plan), body: script.body(plan) });
  watchList(script, plan, watcher, () => breakOff(showing, argument));
  return true;
};

/** What is written first is the row itself. */
const change = (showing: Showing): boolean => {
  const { workshop, model, operation, script, caller } = showing;
  const plan = moving(showing);
  const reading = workshop.operation("at", model.name, caller.actor);
  if (plan === null || reading === undefined) return false;
  const path = keyPath(script, plan);
  const body = (): IExpression => ({
    ...object({}),
    properties: columnsOf(workshop, script, operation, plan, caller),
  });
  const argument = object({ ...path, ...(operation.kind === "update" ? { body: body() } : {}) });
  stays(showing, { operation: reading, account: caller, path }, () => breakOff(showing, argument));
  return true;
};

/** What is written first is the effect. */
const erase = (showing: Showing): boolean => {
  const { script } = showing;
  const plan = showing.effect.action === "insert" ? null : moving(showing);
  const target = plan === null ? null : targetOf(showing, plan);
  const reading = plan === null || target === null ? null : readingOf(showing, plan, target);
  if (plan === null || target === null || reading === null) return false;
  const argument = object(keyPath(script, plan));
  stays(showing, { ...reading, path: pathOf(script, target) }, () => breakOff(showing, argument));
  return true;
};

interface Reading {
  operation: AutoBeOpenApi.IOperation;
  account: Account;
  path: Record<string, IExpression>;
}

const stays = ({ script }: Showing, { operation, account, path }: Reading, run: () => void): void => {
  const [before, after] = [script.name("before"), script.name("after")];
  script.call(operation, account, object(path), { keep: before });
  run();
  script.call(operation, account, object(path), { keep: after });
  script.equal("it stays as it is", identifier(after), identifier(before));
};

const WRITERS: Partial<Record<AutoBeOpenApi.Kind, (showing: Showing) => boolean>> = {
  create,
  update: change,
  transition: change,
  erase,
};
