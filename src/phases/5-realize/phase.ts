/** From the contract to the implementation: what follows from it, then leaves for custom operations and owed guards and effects. */
import type { Asker } from "../../base/asker.js";
import type { ProjectChecker } from "../../base/project-compiler.js";
import type { Outcome } from "../../base/task.js";
import type { AutoBeAnalyze } from "../1-analyze/ast.js";
import type { AutoBeDatabase } from "../2-database/ast.js";
import { type Aggregate, aggregatesOf } from "../2-database/notation.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import { withAmendment, withOperation } from "./apply.js";
import type { AutoBeRealize } from "./ast.js";
import { owedRefusals } from "./check.js";
import { deriveRealize } from "./derive.js";
import { amendTask, operationTask, type Realizing } from "./prompt.js";

export interface Realized {
  realize: AutoBeRealize.IApplication;
  /** Custom operations without a body, to be taken out of contract and tests. */
  withdrawn: { operation: string; why: string }[];
  /** Refusals and effects of derived operations that nothing implements. */
  unheld: { operation: string; code: string | null; why: string }[];
  /** What did not survive, task by task. */
  dropped: ({ task: string } & Outcome["dropped"][number])[];
}

export const realizeContract = async (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  asker: Asker,
  checker: ProjectChecker,
): Promise<Realized> => {
  const draft = deriveRealize(analyze, database, document);
  const from: Realizing = { analyze, database, document, realize: draft, checker, asker };
  const customs = document.operations.filter((one) => one.kind === "custom");
  const owing = aggregatesOf(database).flatMap(
    (aggregate): { aggregate: Aggregate; operations: AutoBeOpenApi.IOperation[] }[] => {
      const models = new Set(aggregate.models.map((model) => model.name));
      const operations = document.operations.filter(
        (one) => one.kind !== "custom" && models.has(one.model ?? "") && isOwing(one),
      );
      return operations.length === 0 ? [] : [{ aggregate, operations }];
    },
  );
  const amendTasks = owing.map(({ aggregate, operations }) => amendTask(from, aggregate, operations));
  const operationTasks = customs.map((operation) => operationTask(from, operation));
  const amended = await asker.askAll(amendTasks);
  const written = await asker.askAll(operationTasks);
  const realized: Realized = {
    realize: draft,
    withdrawn: [],
    unheld: [],
    dropped: [
      ...amended.flatMap((outcome, index) => outcome.dropped.map((one) => ({ task: amendTasks[index]!.key, ...one }))),
      ...written.flatMap((outcome, index) =>
        outcome.dropped.map((one) => ({ task: operationTasks[index]!.key, ...one })),
      ),
    ],
  };
  amended.forEach((outcome, index) => {
    const { operations } = owing[index]!;
    const answer = outcome.answer;
    const why = answer?.blocked.map((one) => one.why).join(" ") || "No valid answer within the budget.";
    if (answer !== null) realized.realize = withAmendment(realized.realize, document, answer);
    for (const operation of operations) {
      const steps = answer?.steps.filter((step) => step.operation === operation.name) ?? [];
      for (const refusal of owedRefusals(operation))
        if (!steps.some((step) => step.refusal === refusal.code))
          realized.unheld.push({ operation: operation.name, code: refusal.code, why });
      if (operation.effects.some((one) => !one.compiled) && steps.length === 0)
        realized.unheld.push({ operation: operation.name, code: null, why });
    }
  });
  written.forEach((outcome, index) => {
    const operation = customs[index]!;
    const answer = outcome.answer;
    const isWhole = answer !== null && answer.blocked.length === 0 && outcome.dropped.length === 0;
    if (isWhole) realized.realize = withOperation(realized.realize, operation, answer);
    else
      realized.withdrawn.push({
        operation: operation.name,
        why: answer?.blocked.map((one) => `${one.name}: ${one.why}`).join(" ") || "No valid answer within the budget.",
      });
  });
  return realized;
};

const isOwing = (operation: AutoBeOpenApi.IOperation): boolean =>
  owedRefusals(operation).length !== 0 || operation.effects.some((one) => !one.compiled);
