/** From the contract to tests: what follows from it, then scenarios for what does not. */
import type { Asker } from "../../base/asker.js";
import { kebab } from "../../base/naming.js";
import type { Outcome } from "../../base/task.js";
import { type AutoBeAnalyze, ruleId } from "../1-analyze/ast.js";
import type { AutoBeDatabase } from "../2-database/ast.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import type { AutoBeTest, IScenarios } from "./ast.js";
import { deriveTest } from "./derive/derive.js";
import { Planner } from "./derive/plan.js";
import { expandScenario, stepsOf } from "./expand.js";
import { type Assignment, assignmentsOf } from "./obligations.js";
import { scenariosTask } from "./prompt.js";

export interface Tested {
  test: AutoBeTest.IApplication;
  /** What did not survive, task by task. */
  dropped: ({ task: string } & Outcome["dropped"][number])[];
}

export const prove = async (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  asker: Asker,
): Promise<Tested> => {
  const derived = deriveTest(analyze, database, document);
  const planner = new Planner(database, document);
  const assignments = assignmentsOf(analyze, database, document, derived);
  const tasks = assignments.map((assignment) => scenariosTask(planner, assignment, asker));
  const outcomes = await asker.askAll(tasks);
  const scenarios = outcomes.flatMap((outcome, index) =>
    outcome.answer === null
      ? []
      : functionsOf(analyze, planner, assignments[index]!, withoutBroken(outcome.answer, outcome.dropped)),
  );
  return {
    test: { functions: [...derived.functions, ...scenarios] },
    dropped: outcomes.flatMap((outcome, index) => outcome.dropped.map((one) => ({ task: tasks[index]!.key, ...one }))),
  };
};

/** A scenario that lost a step would tell another story. */
const withoutBroken = (answer: IScenarios, dropped: Outcome["dropped"]): IScenarios => {
  const broken = new Set(
    dropped
      .filter((one) => one.path.startsWith("$input.steps"))
      .map((one) => (one.value as { scenario?: string } | null)?.scenario),
  );
  return { ...answer, scenarios: answer.scenarios.filter((scenario) => !broken.has(scenario.name)) };
};

/** Each scenario as a test; one whose steps were dropped shows nothing and is left out. */
const functionsOf = (
  analyze: AutoBeAnalyze.IApplication,
  planner: Planner,
  assignment: Assignment,
  answer: IScenarios,
): AutoBeTest.IFunction[] => {
  const rules = analyze.modules.flatMap((module) => module.rules);
  const requirements = new Set(analyze.modules.flatMap((module) => module.requirements).map((one) => one.id));
  return answer.scenarios.flatMap((scenario) => {
    const steps = stepsOf(scenario, answer.steps);
    const { statements, diagnostics } = expandScenario(planner, steps);
    if (steps.length === 0 || diagnostics.length !== 0 || steps.every((step) => step.status >= 400)) return [];
    const behind = assignment.operations.filter(
      (one) =>
        scenario.serves.includes(one.name) ||
        one.refusals.some((refusal) => refusal.provoke === null && scenario.serves.includes(refusal.code)),
    );
    const shown = rules.filter(
      (rule) =>
        scenario.serves.includes(ruleId(rule)) ||
        behind.some((one) =>
          one.refusals.some(
            (refusal) => scenario.serves.includes(refusal.code) && refusal.rules.includes(ruleId(rule)),
          ),
        ),
    );
    return [
      {
        name: `${assignment.aggregate.name}.scenario.${scenario.name}`,
        title: scenario.title,
        file: `${kebab(assignment.aggregate.name)}-scenarios`,
        operation: steps[0]!.call,
        origin: "scenario" as const,
        requirements: [
          ...new Set([
            ...scenario.serves.filter((id) => requirements.has(id)),
            ...shown.flatMap((rule) => rule.requirements),
            ...behind
              .filter((one) => one.kind === "custom" && scenario.serves.includes(one.name))
              .flatMap((one) => one.requirements),
          ]),
        ],
        rules: shown.map(ruleId),
        statements,
      },
    ];
  });
};
