/** Tests that begin with an empty database, because a unique column of a row they make has too few values for all tests. */
import type { IExpression } from "../../../base/expression.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { AutoBeTest } from "../ast.js";

export const isIsolated = (document: AutoBeOpenApi.IDocument, statements: AutoBeTest.IStatement[]): boolean =>
  statements.some((statement) => {
    if (statement.type === "repeatStatement") return isIsolated(document, statement.statements);
    const isCall =
      statement.type === "apiOperateStatement" && (statement.status < 400 || LATE.includes(statement.status));
    if (!isCall && statement.type !== "raceStatement") return false;
    const operation = document.operations.find((one) => one.name === statement.operation);
    return operation?.kind === "create" && isScarce(document, operation);
  });

/** Statuses of refusals that may be found once the row is written, which a unique would forestall. */
const LATE = [409, 422];

/** Whether some unique of what the operation creates is made of few values alone, the same for all who create. */
const isScarce = (document: AutoBeOpenApi.IDocument, operation: AutoBeOpenApi.IOperation): boolean => {
  const sample = document.samples[operation.requestBody ?? ""]?.expression;
  const values = new Map(
    sample?.type === "objectLiteralExpression" ? sample.properties.map(({ name, value }) => [name, value]) : [],
  );
  return operation.refusals.some(
    ({ provoke }) => provoke?.kind === "repeat" && provoke.members.every((member) => isCounted(values.get(member))),
  );
};

/** `bed.cycle(…)`, `bed.next(…, least, largest)`, a short `bed.text(…)` */
const isCounted = (value: IExpression | undefined): boolean => {
  if (value?.type !== "callExpression" || value.expression.type !== "identifier") return false;
  const [first, , largest] = value.arguments;
  switch (value.expression.text) {
    case "String":
      return isCounted(first);
    case "bed.cycle":
      return true;
    case "bed.next":
      return largest !== undefined;
    case "bed.text":
      return first?.type === "numericLiteral" && first.value < SHORT;
    default:
      return false;
  }
};

/** Characters that make texts enough for every row of a run. */
const SHORT = 4;
