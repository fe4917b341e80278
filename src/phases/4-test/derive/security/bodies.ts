/** Bodies with members more than the contract has: what the server decides stays decided. */
import type { IExpression } from "../../../../base/expression.js";
import { dto, spoken, withArticle } from "../../../../base/naming.js";
import type { AutoBeDatabase } from "../../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../../3-interface/ast.js";
import { keyPath } from "../phrases.js";
import type { Account, Plan } from "../plan.js";
import { identifier, object, type Script } from "../script.js";
import type { Workshop } from "../workshop.js";
import { type Forged, forgedOf } from "./forgery.js";

const NOBODY: Account = { actor: "guest", index: 1 };

export const forgedCreation = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const title = `whoever creates ${withArticle(model.name)} decides nothing that the server decides`;
  workshop.add(operation, "forged", title, { requirements: [] }, (script) => {
    for (const caller of workshop.callers(operation)) {
      const plan =
        workshop.planner.find(model, [caller], { demands: [], creator: caller }) ??
        workshop.planner.find(model, [], { demands: [], creator: caller });
      if (plan === null) continue;
      const path = script.path(plan);
      const body = script.declare("body", script.body(plan), operation.requestBody);
      const members = forgedOf(workshop, script, model, operation, { plan, caller });
      const forged = declareForged(script, members);
      const created = script.name("created");
      const argument = object({ ...path, body: forge(identifier(body), forged) });
      script.call(operation, caller, argument, { keep: created, makes: plan });
      refutes(script, members, forged, created);
      return true;
    }
    return false;
  });
};

export const forgedUpdate = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const title = `whoever changes ${withArticle(model.name)} changes nothing that the server decides`;
  workshop.add(operation, "forged", title, { requirements: [] }, (script) => {
    for (const caller of workshop.callers(operation)) {
      const plan = workshop.touchable(model, operation, caller);
      if (plan === null) continue;
      const path = keyPath(script, plan);
      const members = forgedOf(workshop, script, model, operation, { plan, caller });
      const forged = declareForged(script, members);
      const changed = script.name("changed");
      const argument = object({ ...path, body: forge(object({}), forged) });
      const reading = workshop.operation("at", model.name, caller.actor);
      const before = script.name("before");
      if (reading !== undefined) script.call(reading, caller, object(path), { keep: before });
      script.call(operation, caller, argument, { keep: changed });
      refutes(script, members, forged, changed);
      if (reading !== undefined) {
        const after = script.name("after");
        script.call(reading, caller, object(path), { keep: after });
        for (const { name, shown, isKept } of members)
          if (shown !== null && isKept) script.equal(`${spoken(name)} stays`, shown(after), shown(before));
      }
      if (model.stance === "actor") logsIn(workshop, script, plan);
      return true;
    }
    return false;
  });
};

/** Whoever joins: neither columns of the account nor the rights of somebody else are for the taking. */
export const forgedAccount = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  join: AutoBeOpenApi.IOperation,
  login: AutoBeOpenApi.IOperation,
): void => {
  const title = `whoever joins as ${withArticle(model.name)} decides nothing that the server decides`;
  workshop.add(join, "forged", title, { requirements: [] }, (script) => {
    const body = script.declare("body", script.sample(`${dto(model.name)}.IJoin`), join.requestBody);
    const members = forgedOf(workshop, script, model, join, null);
    const forged = declareForged(script, members);
    const joined = script.name("joined");
    script.call(join, NOBODY, object({ body: forge(identifier(body), forged) }), { keep: joined });
    refutes(script, members, forged, `${joined}.account`);
    const credentials = { email: identifier(`${body}.email`), password: identifier(`${body}.password`) };
    const entered = script.name("entered");
    script.call(login, NOBODY, object({ body: object(credentials) }), { keep: entered });
    script.equal(
      "the password is the own one",
      identifier(`${entered}.account.id`),
      identifier(`${joined}.account.id`),
    );
    return true;
  });
};

/** The password of the account is what it was. */
const logsIn = ({ document }: Workshop, script: Script, plan: Plan): void => {
  const login = document.operations.find((one) => one.path === `/auth/${plan.creator.actor}/login`);
  if (login === undefined) return;
  const account = script.row(plan);
  const credentials = { email: identifier(`${account}.email`), password: identifier(`${account}.password`) };
  script.call(login, NOBODY, object({ body: object(credentials) }), {});
};

/** `bed.forge(body, forged)`, which the types take for the body alone. */
export const forge = (body: IExpression, forged: string | IExpression): IExpression => ({
  type: "callExpression",
  expression: identifier("bed.forge"),
  arguments: [body, typeof forged === "string" ? identifier(forged) : forged],
});

const declareForged = (script: Script, members: readonly Forged[]): string =>
  script.declare("forged", object(Object.fromEntries(members.map(({ name, value }) => [name, value]))));

const refutes = (script: Script, members: readonly Forged[], forged: string, answer: string): void => {
  for (const { name, shown } of members)
    if (shown !== null)
      script.notEqual(`${spoken(name)} is not what was sent`, shown(answer), identifier(`${forged}.${name}`));
};
