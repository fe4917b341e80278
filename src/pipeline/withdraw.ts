/** Takes out of contract and tests what no valid answer implements: what is handed over still runs. */
import type { AutoBeOpenApi } from "../phases/3-interface/ast.js";
import type { AutoBeTest } from "../phases/4-test/ast.js";
import type { Realized } from "../phases/5-realize/phase.js";
import type { Loss } from "./design.js";

export interface Withdrawn {
  document: AutoBeOpenApi.IDocument;
  test: AutoBeTest.IApplication;
  losses: Loss[];
}

export const withdraw = (
  document: AutoBeOpenApi.IDocument,
  test: AutoBeTest.IApplication,
  { withdrawn, unheld }: Pick<Realized, "withdrawn" | "unheld">,
): Withdrawn => {
  const gone = new Set(withdrawn.map((one) => one.operation));
  const isUnheld = (operation: string, code: string | null): boolean =>
    unheld.some((one) => one.operation === operation && one.code === code);
  const owing = new Set(unheld.map((one) => one.operation));
  const operations = document.operations
    .filter((operation) => !gone.has(operation.name))
    .map((operation) => ({
      ...operation,
      refusals: operation.refusals.filter((one) => one.provoke !== null || !isUnheld(operation.name, one.code)),
      effects: operation.effects.filter((one) => one.compiled || !isUnheld(operation.name, null)),
    }));
  // A scenario that shows what nobody implements cannot pass; which of its steps does so is not known.
  const isShowing = (one: AutoBeTest.IFunction): boolean =>
    one.statements.some(
      (statement) =>
        statement.type === "apiOperateStatement" &&
        (gone.has(statement.operation) ||
          (one.origin === "scenario" && owing.has(statement.operation) && statement.status >= 400)),
    );
  return {
    document: { ...document, operations },
    test: { functions: test.functions.filter((one) => !isShowing(one)) },
    losses: [
      ...withdrawn.map((one) => ({
        task: `realize/operation:${one.operation}`,
        what: `operation ${one.operation}`,
        why: one.why,
      })),
      ...unheld.map((one) => ({
        task: "realize/amend",
        what: one.code === null ? `effects of ${one.operation}` : `refusal ${one.code} of ${one.operation}`,
        why: one.why,
      })),
    ],
  };
};
