/** Rows that tests make hold enough of what calls take away. */
import type { IExpression } from "../../base/expression.js";
import { dto } from "../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../2-database/ast.js";
import type { AutoBeOpenApi } from "./ast.js";

/** More than the calls of one run of tests take from one row. */
const PLENTY = 1000;

export const wellStocked = (
  database: AutoBeDatabase.IApplication,
  samples: Record<string, AutoBeOpenApi.ISample>,
  operations: readonly AutoBeOpenApi.IOperation[],
): Record<string, AutoBeOpenApi.ISample> => {
  const made = { ...samples };
  for (const { model, column, bound } of operations.flatMap((one) => one.effects)) {
    const name = `${dto(model)}.ICreate`;
    const field = modelNamed(database, model)?.plainFields.find((one) => one.name === column);
    const sample = made[name]?.expression;
    if (bound?.least == null || field === undefined || sample?.type !== "objectLiteralExpression") continue;
    const value = Math.min(field.maximum ?? Number.POSITIVE_INFINITY, bound.least + PLENTY);
    const properties = sample.properties.map((one) =>
      one.name === column ? { ...one, value: raised(one.value, value) } : one,
    );
    made[name] = { expression: { ...sample, properties } };
  }
  return made;
};

const raised = (value: IExpression, to: number): IExpression =>
  value.type === "numericLiteral" && value.value < to
    ? { type: "numericLiteral", value: to }
    : value.type === "stringLiteral" && Number(value.value) < to
      ? { type: "stringLiteral", value: String(to) }
      : value;
