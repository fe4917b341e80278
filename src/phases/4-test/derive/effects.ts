/** What a call changes elsewhere: the row is read before and after; and the call is refused where it would take too much. */
import type { IExpression } from "../../../base/expression.js";
import { camel, parameter, spoken, withArticle } from "../../../base/naming.js";
import { ruleId } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, composedOf, composedProperty, leadingTo, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { barePath, keyPath, newest } from "./phrases.js";
import { type Account, type Demand, isSame, type Plan, type Referred } from "./plan.js";
import { identifier, number, object, type Script, text } from "./script.js";
import type { Wish } from "./wish.js";
import type { Workshop } from "./workshop.js";

export const effectTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const apart = operation.effects.filter(isApart);
  apart.forEach((effect, index) => {
    const rules = workshop.analyze.modules
      .flatMap((module) => module.rules)
      .filter((rule) => effect.rules.includes(ruleId(rule)));
    const aspect = `effect.${camel(effect.model)}${apart.length === 1 ? "" : index + 1}`;
    workshop.add(
      operation,
      aspect,
      titleOf(effect),
      {
        requirements: [...operation.requirements, ...rules.flatMap((rule) => rule.requirements)],
        rules: effect.rules,
      },
      (script) =>
        workshop.callers(operation).some((caller) => show({ workshop, model, operation, effect, script, caller })),
    );
  });
};

/** A write of its own, beside that of the operation's row. */
export const isApart = ({ compiled, action, path }: AutoBeOpenApi.IEffect): boolean =>
  compiled && (action === "insert" || (path?.length ?? 0) !== 0);

export interface Showing {
  workshop: Workshop;
  model: AutoBeDatabase.IModel;
  operation: AutoBeOpenApi.IOperation;
  effect: AutoBeOpenApi.IEffect;
  script: Script;
  caller: Account;
}

const titleOf = ({ action, model, column, value }: AutoBeOpenApi.IEffect): string => {
  if (action === "add") return `${value} is added to the ${spoken(column ?? "")} of the ${spoken(model)}`;
  if (action === "set") return `the ${spoken(column ?? "")} of the ${spoken(model)} becomes ${value}`;
  return action === "insert" ? `it makes ${withArticle(model)}` : `the ${spoken(model)} rows are gone`;
};

const show = (showing: Showing): boolean => {
  const { effect, operation, script } = showing;
  const plan = planned(showing, {});
  if (plan === null) return false;
  if (effect.action === "insert") return showInsert(showing, plan);
  const target = targetOf(showing, plan);
  if (target === null) return false;
  const reading = readingOf(showing, plan, target);
  if (reading === null) return false;
  if (operation.kind !== "create") barePath(script, plan);
  const path = pathOf(script, target);
  const [before, after] = [script.name("before"), script.name("after")];
  script.call(reading.operation, reading.account, object(path), { keep: before });
  const answer = call(showing, plan);
  if (effect.action === "erase") script.call(reading.operation, reading.account, object(path), { status: 404 });
  else {
    script.call(reading.operation, reading.account, object(path), { keep: after });
    compare(showing, plan, answer, before, after);
  }
  return true;
};

/** A row on which the effect takes place. */
export const planned = ({ workshop, model, operation, effect, caller }: Showing, wish: Partial<Wish>): Plan | null => {
  const demands: Demand[] = effect.only.length === 0 ? [] : [{ account: caller, conditions: effect.only }];
  if (operation.kind === "create")
    for (const isFull of [false, true])
      for (const readers of [[caller], []]) {
        const plan = workshop.planner.find(model, readers, { demands, isFull, creator: caller, ...wish });
        if (plan !== null && isLedOn(workshop, plan, effect)) return plan;
      }
  if (operation.kind === "create" || operation.kind === "custom") return null;
  for (const isFull of [false, true])
    for (const state of operation.transition?.from ?? [undefined]) {
      const plan = workshop.touchable(model, operation, caller, {
        demands,
        isFull,
        ...(state === undefined ? {} : { state }),
        ...wish,
      });
      if (plan !== null && isLedOn(workshop, plan, effect)) return plan;
    }
  return null;
};

const isLedOn = (workshop: Workshop, plan: Plan, effect: AutoBeOpenApi.IEffect): boolean =>
  effect.action === "insert" || led(workshop, plan, effect.path!) !== null;

/** What a path of relations of the planned row leads to, as far as the plan knows. */
export const led = (workshop: Workshop, plan: Plan, path: readonly string[]): Referred | null => {
  const [head, ...rest] = path as [string, ...string[]];
  const child = composedOf(workshop.database, plan.model).find((one) => composedProperty(one) === head);
  const referred =
    child === undefined ? plan.references.get(head) : plan.references.get(`${child.name}.${rest.shift() ?? ""}`);
  if (referred === undefined) return null;
  if (rest.length === 0) return referred;
  return referred.kind === "row" ? led(workshop, referred.plan, rest) : null;
};

export interface Target {
  model: AutoBeDatabase.IModel;
  referred: Referred;
}

export const targetOf = ({ workshop, effect }: Showing, plan: Plan): Target | null => {
  const model = modelNamed(workshop.database, effect.model);
  const referred = led(workshop, plan, effect.path!);
  return model === undefined || referred === null ? null : { model, referred };
};

export const pathOf = (script: Script, { model, referred }: Target): Record<string, IExpression> =>
  referred.kind === "row" ? keyPath(script, referred.plan) : { [parameter(model.name)]: script.key(referred) };

/** Who can read the row that changes, and by which operation. */
export const readingOf = (
  { workshop, effect, caller }: Showing,
  plan: Plan,
  { model, referred }: Target,
): { operation: AutoBeOpenApi.IOperation; account: Account } | null => {
  const owner = referred.kind === "row" ? referred.plan.creator : referred.account;
  for (const account of [caller, plan.creator, owner]) {
    const operation = workshop.operation("at", model.name, account.actor);
    const answer = workshop.document.components.schemas[operation?.responseBody ?? ""];
    const shown = answer !== undefined && "properties" in answer ? answer.properties : {};
    const isShown =
      effect.column === null ||
      shown[effect.column] !== undefined ||
      shown[relationOf(model, effect.column) ?? ""] !== undefined;
    const isSeen =
      referred.kind === "row" ? workshop.planner.reaches(referred.plan, account) : isSame(account, referred.account);
    if (operation !== undefined && isShown && isSeen) return { operation, account };
  }
  return null;
};

const relationOf = (model: AutoBeDatabase.IModel, column: string): string | undefined =>
  model.foreignFields.find((field) => field.name === column)?.relation.name;

/** The call itself; the variable that holds the operation's row afterwards, or before where it answers nothing. */
const call = ({ operation, script, caller }: Showing, plan: Plan): string => {
  if (operation.kind === "create") {
    const made = script.name("made");
    script.call(operation, caller, object({ ...script.path(plan), body: script.body(plan) }), {
      keep: made,
      makes: plan,
    });
    return made;
  }
  const row = script.row(plan);
  const body: Record<string, IExpression> = operation.kind === "update" ? { body: object({}) } : {};
  script.call(operation, caller, object({ ...keyPath(script, plan), ...body }), {});
  return row;
};

const compare = (showing: Showing, plan: Plan, row: string, before: string, after: string): void => {
  const { workshop, effect, script } = showing;
  const model = modelNamed(workshop.database, effect.model)!;
  const { column, value } = effect.assignments[0]!;
  const pointer = relationOf(model, column);
  const now = identifier(`${after}.${pointer ?? column}${pointer === undefined ? "" : ".id"}`);
  const title = `${spoken(effect.column ?? "")} of the ${spoken(model.name)}`;
  if (effect.action === "set") {
    if (value.kind === "null")
      script.equal(title, identifier(`${after}.${pointer ?? column}`), { type: "nullLiteral" });
    else if (value.kind === "now") script.notEqual(title, now, { type: "nullLiteral" });
    else if (value.kind === "me") script.equal(title, now, script.key({ kind: "account", account: showing.caller }));
    else if (value.kind === "self") script.equal(title, now, identifier(`${row}.id`));
    else if (value.kind === "literal") script.equal(title, now, literalOf(model, column, value.value));
    else script.notEqual(title, now, { type: "nullLiteral" });
    return;
  }
  const isText = ["decimal", "bigint"].includes(model.plainFields.find((field) => field.name === column)!.type);
  const numeric = (expression: IExpression): IExpression =>
    isText ? { type: "callExpression", expression: identifier("Number"), arguments: [expression] } : expression;
  const [sign, amount] =
    value.kind === "member"
      ? ([value.sign < 0 ? "-" : "+", numeric(member(workshop, script, plan, row, value.path) ?? number(0))] as const)
      : value.kind === "literal" && value.value.startsWith("-")
        ? (["-", number(Number(value.value.slice(1)))] as const)
        : (["+", number(Number(value.kind === "literal" ? value.value : 0))] as const);
  script.equal(title, numeric(now), {
    type: "binaryExpression",
    left: numeric(identifier(`${before}.${column}`)),
    operator: sign,
    right: amount,
  });
};

/** A column of the operation's row, or what was written into the first of its composed ones. */
const member = (
  workshop: Workshop,
  script: Script,
  plan: Plan,
  row: string,
  path: readonly string[],
): IExpression | null => {
  const [head, name] = path as [string, string?];
  if (name === undefined || leadingTo(workshop.database, plan.model, head)?.isMany !== true)
    return identifier(`${row}.${path.join(".")}`);
  const written = script.body(plan).properties.find((one) => one.name === head)?.value;
  const first = written?.type === "arrayLiteralExpression" ? written.elements[0] : undefined;
  return first?.type === "objectLiteralExpression"
    ? (first.properties.find((one) => one.name === name)?.value ?? null)
    : null;
};

const literalOf = (model: AutoBeDatabase.IModel, column: string, value: string): IExpression => {
  const type = model.plainFields.find((field) => field.name === column)?.type;
  if (type === "boolean") return { type: "booleanLiteral", value: value === "true" };
  return type === "int" || type === "double" ? number(Number(value)) : text(value);
};

/** The list of what is made is one longer afterwards. */
const showInsert = (showing: Showing, plan: Plan): boolean => {
  const { workshop, effect, script, caller, operation } = showing;
  const table = modelNamed(workshop.database, effect.model)!;
  const accounts = [caller, plan.creator];
  const list = accounts
    .map((account) => ({ account, operation: workshop.operation("list", table.name, account.actor) }))
    .find((one) => one.operation !== undefined);
  if (list?.operation === undefined || operation.kind === "create") return false;
  const { operation: listing, account } = list;
  const self = effect.assignments.find(({ value }) => value.kind === "self")?.column;
  const isBelow = table.parent?.kind === "routed";
  if (isBelow && (table.parent!.model !== plan.model.name || self !== `${table.parent!.relation}Id`)) return false;
  const path = barePath(script, plan);
  for (const needed of plan.ahead) script.row(needed);
  const query =
    self === undefined || isBelow
      ? newest(table)
      : object({ [self]: identifier(`${script.row(plan)}.id`), limit: number(100) });
  const argument = object({ ...(isBelow ? path : {}), query });
  const [before, after] = [script.name("before"), script.name("after")];
  script.call(listing, account, argument, { keep: before });
  script.call(operation, caller, object({ ...path, ...(operation.kind === "update" ? { body: object({}) } : {}) }), {});
  script.call(listing, account, argument, { keep: after });
  script.equal(`one ${spoken(table.name)} more`, identifier(`${after}.pagination.records`), {
    type: "binaryExpression",
    left: identifier(`${before}.pagination.records`),
    operator: "+",
    right: number(1),
  });
  return true;
};
