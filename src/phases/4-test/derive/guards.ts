/** Who may not: no token, the wrong actor, another's row, a row that is not there; and bodies of the wrong form. */
import type { IExpression } from "../../../base/expression.js";
import { refusalCode, spoken, withArticle } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import { keyColumnOf } from "../../2-database/notation.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { boundTest, type ValidCall } from "./bounds.js";
import { brokenKey, contains, keyPath, newest, unknownKey } from "./phrases.js";
import type { Account, Plan } from "./plan.js";
import { identifier, object, type Script } from "./script.js";
import type { Workshop } from "./workshop.js";

export const guardTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const isOpen = operation.access.some((access) => access.actor === "guest");
  if (!isOpen) strangers(workshop, model, operation);
  for (const caller of workshop.callers(operation)) foreign(workshop, model, operation, caller);
  if (operation.transition?.isScoped)
    for (const caller of workshop.callers(operation)) insider(workshop, model, operation, caller);
  missing(workshop, model, operation);
  if (operation.kind === "create" || (model.stance === "actor" && operation.kind === "update"))
    boundTest(workshop, model, operation, (script) => validCall(workshop, model, operation, script));
};

/** The whole argument of a valid call, or null where no row can be had. */
const argument = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  caller: Account,
  script: Script,
): Record<string, IExpression> | null => {
  if (operation.kind === "create") {
    const plan =
      workshop.planner.find(model, [caller], { demands: [], creator: caller }) ??
      workshop.planner.find(model, [], { demands: [], creator: caller });
    return plan === null ? null : { ...script.path(plan), body: script.body(plan) };
  }
  const state = operation.transition?.from[0];
  const plan = workshop.touchable(model, operation, caller, state === undefined ? {} : { state });
  if (plan === null) return null;
  if (operation.kind === "list") {
    script.row(plan);
    return { ...script.path(plan), ...rest(operation) };
  }
  return { ...keyPath(script, plan), ...rest(operation) };
};

const rest = (operation: AutoBeOpenApi.IOperation): Record<string, IExpression> => ({
  ...(operation.query === null ? {} : { query: object({}) }),
  ...(operation.kind === "update" ? { body: object({}) } : {}),
});

const validCall = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  script: Script,
): ValidCall | null => {
  const caller = workshop.callers(operation)[0]!;
  if (operation.kind === "update") {
    const { body: _, ...path } = argument(workshop, model, operation, caller, script) ?? {};
    return Object.keys(path).length === 0 ? null : { caller, path, body: object({}) };
  }
  const plan =
    workshop.planner.find(model, [caller], { demands: [], creator: caller }) ??
    workshop.planner.find(model, [], { demands: [], creator: caller });
  return plan === null ? null : { caller, path: script.path(plan), body: script.body(plan), makes: plan };
};

/** Without a token 401, with the token of an actor that may not 403. */
const strangers = (workshop: Workshop, model: AutoBeDatabase.IModel, operation: AutoBeOpenApi.IOperation): void => {
  const caller = workshop.callers(operation)[0]!;
  const others = workshop.document.components.authorizations
    .map((one) => one.name)
    .filter((actor) => operation.access.every((access) => access.actor !== actor));
  const other = others[0];
  workshop.add(
    operation,
    "strangers",
    other === undefined
      ? `nobody without a token gets through`
      : `nobody without a token gets through, and ${withArticle(other)} neither`,
    { requirements: [] },
    (script) => {
      const values = argument(workshop, model, operation, caller, script);
      if (values === null) return false;
      script.call(operation, { actor: "guest", index: 1 }, object(values), { status: 401 });
      if (other !== undefined) script.call(operation, { actor: other, index: 1 }, object(values), { status: 403 });
      return true;
    },
  );
};

/** Another account of the same actor: 404 where it cannot see the row, 403 where it sees but may not touch it. */
const foreign = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  caller: Account,
): void => {
  if (caller.actor === "guest") return;
  const intruder = { actor: caller.actor, index: 2 };
  const requirements = [
    ...workshop.requirementsOf(operation, caller.actor),
    ...(workshop.document.readers[model.name] ?? [])
      .filter((one) => one.actor === caller.actor)
      .flatMap((one) => one.requirements),
  ];
  const said = withArticle(model.name);
  const title = `another ${spoken(caller.actor)} does not get through to ${said}`;
  workshop.add(operation, `foreign.${caller.actor}`, title, { requirements }, (script) => {
    if (operation.kind === "create") return foreignParent(workshop, model, operation, caller, intruder, script);
    const state = operation.transition?.from[0];
    const plan = workshop.touchable(model, operation, caller, state === undefined ? {} : { state });
    if (plan === null) return false;
    const hidden = !workshop.planner.reaches(plan, intruder);
    if (operation.kind === "list") return foreignList(workshop, operation, plan, caller, intruder, script);
    if (!hidden && workshop.planner.mayTouch(plan, operation, intruder)) return false;
    if (!hidden && operation.kind === "at") return false;
    const values = { ...keyPath(script, plan), ...rest(operation) };
    const at = workshop.operation("at", model.name, caller.actor);
    const before = at === undefined ? null : script.name("before");
    if (at !== undefined) script.call(at, caller, object(keyPath(script, plan)), { keep: before! });
    if (hidden) unseen(workshop, model, operation, intruder, values, script);
    else script.call(operation, intruder, object(values), { status: 403 });
    if (at !== undefined && operation.kind !== "at") {
      const after = script.name("after");
      script.call(at, caller, object(keyPath(script, plan)), { keep: after });
      script.equal("nothing changed", identifier(after), identifier(before!));
    }
    return true;
  });
};

/** A row of somebody else is refused as one that is not there, so that nobody learns which keys there are. */
const unseen = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  intruder: Account,
  values: Record<string, IExpression>,
  script: Script,
): void => {
  const key = operation.parameters.at(-1);
  if (key === undefined || key.model !== model.name) {
    script.call(operation, intruder, object(values), { status: 404 });
    return;
  }
  const [hidden, missing] = [script.name("hidden"), script.name("missing")];
  script.call(operation, intruder, object(values), { status: 404, keep: hidden });
  const unknown = unknownKey(keyColumnOf(workshop.database, key.model));
  script.call(operation, intruder, object({ ...values, [key.name]: unknown }), { status: 404, keep: missing });
  script.alike("a row of somebody else and none", hidden, missing);
};

/** Somebody who sees the row, and even made it, but for whom the transition is not: 403; then whoever it is for. */
const insider = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  caller: Account,
): void => {
  if (caller.actor === "guest") return;
  const { planner } = workshop;
  const title = `only the right ${spoken(caller.actor)} may ${spoken(operation.transition!.action)} ${withArticle(model.name)}`;
  workshop.add(operation, `insider.${caller.actor}`, title, { requirements: operation.requirements }, (script) => {
    const others = [
      { actor: caller.actor, index: 2 },
      ...workshop.callers(operation).filter((one) => one.actor !== caller.actor && one.actor !== "guest"),
    ];
    for (const intruder of others)
      for (const creator of [intruder, undefined])
        for (const state of operation.transition!.from) {
          const wish = { state, ...(creator === undefined ? {} : { creator }) };
          const plan = workshop.touchable(model, operation, caller, wish, [intruder]);
          if (plan === null || planner.mayTouch(plan, operation, intruder) || !planner.reaches(plan, intruder))
            continue;
          script.call(operation, intruder, object(keyPath(script, plan)), { status: 403 });
          script.call(operation, caller, object(keyPath(script, plan)), {});
          return true;
        }
    return false;
  });
};

const foreignParent = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  caller: Account,
  intruder: Account,
  script: Script,
): boolean => {
  if (model.parent?.kind !== "routed") return false;
  const plan = workshop.planner.find(model, [caller], { demands: [], creator: caller });
  const parent = plan?.references.get(model.parent.relation);
  if (plan == null || parent?.kind !== "row" || workshop.planner.reaches(parent.plan, intruder)) return false;
  const values = { ...script.path(plan), body: script.body(plan) };
  script.call(operation, intruder, object(values), { status: 404 });
  script.call(operation, caller, object(values), { makes: plan });
  return true;
};

const foreignList = (
  workshop: Workshop,
  operation: AutoBeOpenApi.IOperation,
  plan: Plan,
  caller: Account,
  intruder: Account,
  script: Script,
): boolean => {
  if (workshop.planner.sees(plan, intruder)) return false;
  const row = script.row(plan);
  const values = object({ ...script.path(plan), query: newest(plan.model) });
  const own = script.name("own");
  script.call(operation, caller, values, { keep: own });
  script.holds("the owner finds it", contains(own, `${row}.id`));
  const parent = plan.model.parent?.kind === "routed" ? plan.references.get(plan.model.parent.relation) : undefined;
  if (parent?.kind === "row" && !workshop.planner.reaches(parent.plan, intruder)) {
    script.call(operation, intruder, values, { status: 404 });
    return true;
  }
  const other = script.name("other");
  script.call(operation, intruder, values, { keep: other });
  script.holds("the other does not", {
    type: "prefixUnaryExpression",
    operator: "!",
    operand: contains(other, `${row}.id`),
  });
  return true;
};

/** A key that no row has: 404. A key of the wrong form: 400. */
const missing = (workshop: Workshop, model: AutoBeDatabase.IModel, operation: AutoBeOpenApi.IOperation): void => {
  const key = operation.parameters.at(-1);
  const caller = workshop.callers(operation)[0]!;
  if (key === undefined) return;
  workshop.add(
    operation,
    "missing",
    `${withArticle(key.model)} that is not there is not found`,
    { requirements: [] },
    (script) => {
      const values = argument(workshop, model, operation, caller, script);
      if (values === null) return false;
      const field = keyColumnOf(workshop.database, key.model);
      const broken = brokenKey(field.type);
      const code = refusalCode(key.model, "not found");
      script.call(operation, caller, object({ ...values, [key.name]: unknownKey(field) }), { status: 404, code });
      if (broken !== null) script.call(operation, caller, object({ ...values, [key.name]: broken }), { status: 400 });
      return true;
    },
  );
};
