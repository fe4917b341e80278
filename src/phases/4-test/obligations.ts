/** What the derived tests leave to scenarios: custom operations, refusals and effects nobody compiled, requirements and rules not exercised. */
import { type AutoBeAnalyze, ruleId } from "../1-analyze/ast.js";
import type { AutoBeDatabase } from "../2-database/ast.js";
import { type Aggregate, aggregatesOf } from "../2-database/notation.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import type { AutoBeTest } from "./ast.js";

export interface Obligation {
  /** Operation, refusal code, rule or requirement. */
  id: string;
  kind: "operation" | "refusal" | "rule" | "requirement";
  statement: string;
  operation: string | null;
  status: number | null;
  isMust: boolean;
}

export interface Assignment {
  aggregate: Aggregate;
  operations: AutoBeOpenApi.IOperation[];
  obligations: Obligation[];
}

/** Aggregates that owe scenarios, each with what it owes. */
export const assignmentsOf = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  derived: AutoBeTest.IApplication,
): Assignment[] => {
  const all = aggregatesOf(database);
  const exercised = new Set(derived.functions.filter(hasSuccess).flatMap((one) => [...one.requirements, ...one.rules]));
  const placed = new Set<string>();
  const assignments = all.map((aggregate): Assignment => {
    const models = new Set(aggregate.models.map((model) => model.name));
    const operations = document.operations.filter(
      (one) => models.has(one.model ?? "") && !one.path.startsWith("/auth/"),
    );
    const behaviour = operations.flatMap((one) => behaviourOf(one, derived));
    const mentioned = new Set([
      ...operations.flatMap((one) => [...one.requirements, ...one.rules]),
      ...analyze.modules
        .filter((module) => module.entities.some((entity) => models.has(entity.name)))
        .flatMap((module) => [...module.rules.map(ruleId), ...module.requirements.map((one) => one.id)]),
    ]);
    const rest = statementsOf(analyze)
      .filter((one) => mentioned.has(one.id) && !exercised.has(one.id) && !placed.has(one.id))
      .filter((one) => !isElsewhere(analyze, one.id, models, all));
    for (const one of rest) placed.add(one.id);
    return { aggregate, operations, obligations: [...behaviour, ...rest] };
  });
  return assignments.filter((one) => one.obligations.length !== 0);
};

/** A test that a server refusing everything would pass shows nothing. */
export const hasSuccess = (one: AutoBeTest.IFunction): boolean =>
  one.statements.some((statement) => statement.type === "apiOperateStatement" && statement.status < 400);

const behaviourOf = (operation: AutoBeOpenApi.IOperation, derived: AutoBeTest.IApplication): Obligation[] => [
  ...(operation.kind === "custom"
    ? [
        {
          id: operation.name,
          kind: "operation" as const,
          statement: operation.description,
          operation: operation.name,
          status: operation.success,
          isMust: true,
        },
      ]
    : []),
  ...operation.refusals
    .filter((one) => one.provoke === null || (one.provoke.kind === "match" && !isProvoked(derived, operation, one)))
    .map((one) => ({
      id: one.code,
      kind: "refusal" as const,
      statement: `${operation.name} answers ${one.status} ${one.code} when: ${one.when}`,
      operation: operation.name,
      status: one.status,
      isMust: true,
    })),
];

/** A row cannot always be led to what it must not hold by itself. */
const isProvoked = (
  { functions }: AutoBeTest.IApplication,
  operation: AutoBeOpenApi.IOperation,
  { code }: AutoBeOpenApi.IRefusal,
): boolean =>
  functions.some((one) =>
    one.statements.some(
      (statement) =>
        statement.type === "apiOperateStatement" && statement.operation === operation.name && statement.code === code,
    ),
  );

const statementsOf = (analyze: AutoBeAnalyze.IApplication): Obligation[] =>
  analyze.modules.flatMap((module) => [
    ...module.requirements
      .filter((one) => one.priority !== "could")
      .map((one) => ({
        id: one.id,
        kind: "requirement" as const,
        statement: `${one.text} Seen by: ${one.acceptance}`,
        operation: null,
        status: null,
        isMust: one.priority === "must",
      })),
    ...module.rules.map((one) => ({
      id: ruleId(one),
      kind: "rule" as const,
      statement: one.statement,
      operation: null,
      status: null,
      isMust: false,
    })),
  ]);

/** Whether another aggregate's own entity or operation is what an id speaks of. */
const isElsewhere = (
  analyze: AutoBeAnalyze.IApplication,
  id: string,
  models: ReadonlySet<string>,
  all: readonly Aggregate[],
): boolean => {
  const owners = analyze.modules.flatMap((module) => [
    ...module.rules.filter((one) => ruleId(one) === id || one.requirements.includes(id)).map((one) => one.entity),
    ...module.operations.filter((one) => one.requirements.includes(id)).map((one) => one.entity),
    ...module.entities.filter((one) => one.requirements.includes(id)).map((one) => one.name),
  ]);
  const isHere = owners.length === 0 || owners.some((one) => models.has(one));
  return !isHere && all.some((aggregate) => aggregate.models.some((model) => owners.includes(model.name)));
};
