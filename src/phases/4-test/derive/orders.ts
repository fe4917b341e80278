/** Refusals that follow from the order of two members. */
import type { IExpression } from "../../../base/expression.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { firstRow, refuse, type Trial } from "./constraints.js";
import { keyPath } from "./phrases.js";
import type { Plan } from "./plan.js";
import { identifier, number, object, type Script, text } from "./script.js";

export const wrongOrder = (trial: Trial, order: AutoBeOpenApi.IProvocation.IOrder): boolean => {
  const { workshop, model, operation, script } = trial;
  const caller = workshop.callers(operation)[0]!;
  const isNew = operation.kind === "create";
  const isFit = ({ overrides }: Plan): boolean => [order.first, order.second].every((name) => !overrides.has(name));
  const plan = isNew ? firstRow(trial, [], isFit) : workshop.touchable(model, operation, caller);
  if (plan === null) return false;
  const sample = isNew ? script.body(plan) : script.sample(operation.requestBody!);
  const isTurned = ({ name }: { name: string }): boolean => name === order.first || name === order.second;
  const right = isNew ? sample : { ...sample, properties: sample.properties.filter(isTurned) };
  const wrong = wrongBody(model, order, right, script);
  if (wrong === null) return false;
  const path = isNew ? script.path(plan) : keyPath(script, plan);
  refuse(trial, isNew ? plan.creator : caller, { ...path, body: wrong });
  script.call(operation, isNew ? plan.creator : caller, object({ ...path, body: right }), isNew ? { makes: plan } : {});
  return true;
};

/** The body with its two members in the wrong order; null where it has not both. */
export const wrongBody = (
  model: AutoBeDatabase.IModel,
  order: AutoBeOpenApi.IProvocation.IOrder,
  body: IExpression.IObjectLiteral,
  script: Script,
): IExpression.IObjectLiteral | null => {
  const value = (name: string): IExpression | undefined => body.properties.find((one) => one.name === name)?.value;
  const [first, second] = [value(order.first), value(order.second)];
  if (first === undefined || second === undefined) return null;
  const most = numberIn(second) === null ? identifier(script.declare("most", second)) : second;
  const others = body.properties.filter(({ name }) => name !== order.first && name !== order.second);
  return { ...body, properties: [...others, ...equalValues(model, order, first, most)] };
};

/** The first member is to be less than the second: they are not where both have one value. */
const equalValues = (
  model: AutoBeDatabase.IModel,
  { first, second }: AutoBeOpenApi.IProvocation.IOrder,
  less: IExpression,
  more: IExpression,
): IExpression.IPropertyAssignment[] => {
  const [head, tail] = [first, second].map((name) => model.plainFields.find((field) => field.name === name)!);
  const raised = head!.type === tail!.type ? more : converted(more, head!.type, Math.ceil);
  const known = numberIn(raised);
  if (known === null || Number.isNaN(known) || known <= (head!.maximum ?? known))
    return [
      { name: first, value: raised },
      { name: second, value: more },
    ];
  return [
    { name: first, value: less },
    { name: second, value: head!.type === tail!.type ? less : converted(less, tail!.type, Math.floor) },
  ];
};

const numberIn = (value: IExpression): number | null =>
  value.type === "numericLiteral" || value.type === "stringLiteral" ? Number(value.value) : null;

/** A number of one type as a whole number of another. */
const converted = (
  value: IExpression,
  type: AutoBeDatabase.ColumnType,
  round: (value: number) => number,
): IExpression => {
  const isText = type === "bigint" || type === "decimal";
  const known = numberIn(value);
  if (known !== null) return isText ? text(String(round(known))) : number(round(known));
  return call(isText ? "String" : "Number", value);
};

const call = (name: string, value: IExpression): IExpression => ({
  type: "callExpression",
  expression: identifier(name),
  arguments: [value],
});
