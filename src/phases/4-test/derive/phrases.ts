/** What several makers of tests say in the same words. */
import type { IExpression } from "../../../base/expression.js";
import { parameter } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import { ageOf, type KeyColumn, lengthOfKey } from "../../2-database/notation.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { Account, Plan } from "./plan.js";
import { identifier, number, object, type Script, text } from "./script.js";
import type { Workshop } from "./workshop.js";

export interface Made {
  claim: string;
  requirements: string[];
  write: (script: Script) => boolean;
}
export type Writer = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  caller: Account,
) => Made;

/** Path parameters that lead to a planned row, with its own key; what the call needs is there. */
export const keyPath = (script: Script, plan: Plan): Record<string, IExpression> => {
  const path = barePath(script, plan);
  for (const needed of plan.ahead) script.row(needed);
  return path;
};

/** The same where only the row itself is there. */
export const barePath = (script: Script, plan: Plan): Record<string, IExpression> => {
  const name = script.row(plan);
  return { ...script.path(plan), [parameter(plan.model.name)]: identifier(`${name}.id`) };
};

/** The newest rows first, as many as there may be. */
export const newest = (model: AutoBeDatabase.IModel): IExpression.IObjectLiteral =>
  object({ sort: text(`-${ageOf(model)}`), limit: number(LONGEST_PAGE) });

/** Rows that a list shows at most. */
export const LONGEST_PAGE = 100;

export const binary = (
  left: IExpression,
  operator: IExpression.IBinary["operator"],
  right: IExpression,
): IExpression => ({ type: "binaryExpression", left, operator, right });

export const either = (left: IExpression, right: IExpression): IExpression => binary(left, "||", right);

/** A key that no row of a run comes to; numbers are such that the narrowest column holds them. */
export const unknownKey = ({ type, native }: KeyColumn): IExpression => {
  switch (type) {
    case "int":
      return number(32_767);
    case "bigint":
      return text("9".repeat(18));
    case "uuid":
      return { type: "formatRandom", format: "uuid" };
    case "string": // neither Prisma nor the samples make such a one
      return text("~".repeat(Math.min(36, lengthOfKey(native))));
  }
};

/** A key of the wrong form; null where every text is a key. */
export const brokenKey = (type: AutoBeDatabase.Key): IExpression | null =>
  type === "string" ? null : type === "int" ? number(0.5) : text("no-key-at-all");

/** `page.data.some((one) => one.id === row.id)` */
export const contains = (page: string, key: string): IExpression => ({
  type: "callExpression",
  expression: identifier(`${page}.data.some`),
  arguments: [
    {
      type: "arrowFunction",
      parameters: ["one"],
      body: { type: "binaryExpression", left: identifier("one.id"), operator: "===", right: identifier(key) },
    },
  ],
});

/** Key of what a relation of the answer leads to. */
export const keyIn = (answer: string, relation: string, model: AutoBeDatabase.IModel): IExpression =>
  model.foreignFields.some((field) => field.relation.name === relation && field.nullable)
    ? {
        type: "propertyAccessExpression",
        expression: identifier(`${answer}.${relation}`),
        questionDot: true,
        name: "id",
      }
    : identifier(`${answer}.${relation}.id`);

/** Keys of what a link of the answer leads to. */
export const keysIn = (answer: string, link: string): IExpression => ({
  type: "arrayMapExpression",
  array: identifier(`${answer}.${link}`),
  function: { type: "arrowFunction", parameters: ["one"], body: identifier("one.id") },
});

export const listOf = (...elements: IExpression[]): IExpression.IArrayLiteral => ({
  type: "arrayLiteralExpression",
  elements,
});
