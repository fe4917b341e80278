/** Each operation by each actor that may call it: it succeeds, and what it says is so. */
import { withArticle } from "../../../base/naming.js";
import { ruleId } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { erase, transition, update } from "./changing.js";
import { create } from "./creating.js";
import { findTest } from "./finding.js";
import { misplacedTest, neighbourTest } from "./neighbours.js";
import { orderTest } from "./ordering.js";
import type { Writer } from "./phrases.js";
import { at, countTests, list, pageTest } from "./reading.js";
import type { Workshop } from "./workshop.js";

export const happyTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  for (const caller of workshop.callers(operation)) {
    const made = WRITERS[operation.kind]?.(workshop, model, operation, caller);
    if (made === undefined) continue;
    const who = caller.actor === "guest" ? "anybody" : withArticle(caller.actor);
    workshop.add(
      operation,
      `by.${caller.actor}`,
      `${who} ${made.claim}`,
      {
        requirements: [
          ...workshop.requirementsOf(operation, caller.actor),
          ...served(workshop, operation),
          ...made.requirements,
        ],
        rules: [],
      },
      made.write,
    );
  }
  if (operation.kind === "at") {
    countTests(workshop, model, operation);
    misplacedTest(workshop, model, operation);
  }
  if (operation.kind === "list") {
    pageTest(workshop, model, operation);
    orderTest(workshop, model, operation);
    findTest(workshop, model, operation);
    misplacedTest(workshop, model, operation);
  }
  if (operation.kind === "transition") neighbourTest(workshop, model, operation);
};

/** What an operation serves whoever calls it, apart from the rules that its refusals are for. */
const served = (workshop: Workshop, operation: AutoBeOpenApi.IOperation): string[] => {
  const rules = workshop.analyze.modules.flatMap((module) => module.rules);
  const elsewhere = new Set([
    ...operation.access.flatMap((access) => access.requirements),
    ...rules.filter((rule) => operation.rules.includes(ruleId(rule))).flatMap((rule) => rule.requirements),
  ]);
  return operation.requirements.filter((one) => !elsewhere.has(one));
};

const WRITERS: Partial<Record<AutoBeOpenApi.Kind, Writer>> = { create, at, list, update, erase, transition };
