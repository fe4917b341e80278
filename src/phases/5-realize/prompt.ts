/** What the model sees when it writes leaves: the contract, the tables as Prisma has them, and the variables it finds. */
import type { Asker } from "../../base/asker.js";
import type { ProjectChecker } from "../../base/project-compiler.js";
import { halves } from "../../base/prompt.js";
import type { ModelFunction, Task } from "../../base/task.js";
import { type AutoBeAnalyze, ruleId } from "../1-analyze/ast.js";
import { type AutoBeDatabase, modelNamed, modelsOf } from "../2-database/ast.js";
import { type Aggregate, isSpokenOf } from "../2-database/notation.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import { foldOperation } from "../3-interface/notation.js";
import { compileLeaves, locateAmendment, locateOperation, withAmendment, withOperation } from "./apply.js";
import { type AutoBeRealize, type IRealizeAmend, type IRealizeOperation, realizeFunctions } from "./ast.js";
import { checkAmendment, checkOperation, owedRefusals } from "./check.js";
import { callerOf } from "./compile/caller.js";
import { answeredModel, locatedModel, variablesOf } from "./compile/custom.js";
import { printPrismaModel, printTypes } from "./notation.js";

export interface Realizing {
  analyze: AutoBeAnalyze.IApplication;
  database: AutoBeDatabase.IApplication;
  document: AutoBeOpenApi.IDocument;
  realize: AutoBeRealize.IApplication;
  checker: ProjectChecker;
  asker: Asker;
}

const functionNamed = <Answer>(name: string): ModelFunction<Answer> =>
  realizeFunctions.functions.find((one) => one.name === name) as unknown as ModelFunction<Answer>;

export const operationTask = (from: Realizing, operation: AutoBeOpenApi.IOperation): Task<IRealizeOperation> => {
  const { database, document, realize, checker, asker } = from;
  const answered = answeredModel(database, operation);
  const shown = {
    operation: foldOperation(operation),
    refusals: refusalsOf([operation]),
    duties: dutiesOf(from, [operation]),
    variables: variables(database, operation),
    result:
      operation.responseBody === null
        ? "undefined"
        : answered === null
          ? `a value of ${operation.responseBody}`
          : `the id of the ${answered.name} row to answer with; the machine reads and maps it`,
    types: printTypes(document, [
      operation.requestBody,
      operation.query,
      answered === null ? operation.responseBody : null,
    ]),
    tables: tablesOf(database, [operation])
      .map((model) => printPrismaModel(database, model))
      .join("\n"),
  };
  return {
    key: `realize/operation:${operation.name}`,
    function: functionNamed<IRealizeOperation>("realizeOperation"),
    enums: refusalEnum([operation]),
    ...halves(asker.render("realize-operation", shown)),
    shown,
    lists: {},
    closing: "blocked",
    check: (answer) => checkOperation(operation, answer),
    compile: async (answer) =>
      answer.blocked.length !== 0
        ? []
        : compileLeaves(
            database,
            document,
            withOperation(realize, operation, answer),
            [operation],
            checker,
            locateOperation,
          ),
  };
};

export const amendTask = (
  from: Realizing,
  aggregate: Aggregate,
  operations: AutoBeOpenApi.IOperation[],
): Task<IRealizeAmend> => {
  const { database, document, realize, checker, asker } = from;
  const shown = {
    operations: operations.map((one) => `${foldOperation(one)}\n${variablesAround(database, one)}`).join("\n"),
    refusals: refusalsOf(operations),
    duties: dutiesOf(from, operations),
    types: printTypes(
      document,
      operations.map((one) => one.requestBody),
    ),
    tables: tablesOf(database, operations)
      .map((model) => printPrismaModel(database, model))
      .join("\n"),
  };
  return {
    key: `realize/amend:${aggregate.name}`,
    function: functionNamed<IRealizeAmend>("amendOperations"),
    enums: { "steps[].operation": operations.map((one) => one.name), ...refusalEnum(operations) },
    ...halves(asker.render("realize-amend", shown)),
    shown,
    lists: {},
    groups: { steps: { of: (one: { operation: string }) => one.operation, what: "steps of one operation" } },
    closing: "blocked",
    check: (answer) => checkAmendment(operations, answer),
    compile: async (answer) =>
      answer.blocked.length !== 0
        ? []
        : compileLeaves(
            database,
            document,
            withAmendment(realize, document, answer),
            operations,
            checker,
            locateAmendment(answer),
          ),
  };
};

const refusalEnum = (operations: AutoBeOpenApi.IOperation[]): Record<string, string[]> => {
  const codes = [...new Set(operations.flatMap(owedRefusals).map((one) => one.code))];
  return codes.length === 0 ? {} : { "steps[].refusal": codes };
};

const refusalsOf = (operations: AutoBeOpenApi.IOperation[]): string =>
  operations
    .flatMap((operation) =>
      owedRefusals(operation).map(
        (one) => `- ${operation.name}: ${one.code} (${one.status}) when ${one.when} Avoided by: ${one.avoid}`,
      ),
    )
    .join("\n") || "none";

/** Requirements and rules behind the operations, and effects that are owed. */
const dutiesOf = ({ analyze }: Realizing, operations: AutoBeOpenApi.IOperation[]): string => {
  const ids = new Set(operations.flatMap((one) => [...one.requirements, ...one.rules]));
  return [
    ...analyze.modules.flatMap((module) => [
      ...module.requirements
        .filter((one) => ids.has(one.id))
        .map((one) => `- ${one.id}: ${one.text} Seen by: ${one.acceptance}`),
      ...module.rules.filter((one) => ids.has(ruleId(one))).map((one) => `- ${ruleId(one)}: ${one.statement}`),
    ]),
    ...operations.flatMap((operation) =>
      operation.effects
        .filter((one) => !one.compiled)
        .map((one) => `- ${operation.name} changes ${one.model}: ${one.value}`),
    ),
  ].join("\n");
};

const variables = (database: AutoBeDatabase.IApplication, operation: AutoBeOpenApi.IOperation): string => {
  const located = locatedModel(database, operation);
  return variablesOf(database, operation)
    .map((name) => {
      if (name === "tx") return "- tx: Prisma's client of this transaction";
      if (name === "now") return "- now: Date";
      if (name === "caller")
        return `- caller: { actor: string; id: string }${callerOf(operation).type === "Caller | null" ? " | null" : ""}`;
      if (name === "body") return `- body: ${operation.requestBody}`;
      if (name === "query") return `- query: ${operation.query}`;
      if (operation.parameters.some((one) => one.name === name)) return `- ${name}: string`;
      return `- ${name}: the ${located?.name} row that the path names; it is there and the caller may touch it`;
    })
    .join("\n");
};

/** Variables around the write of a derived operation. */
const variablesAround = (database: AutoBeDatabase.IApplication, operation: AutoBeOpenApi.IOperation): string => {
  const model = modelNamed(database, operation.model ?? "");
  const parent = model?.parent?.kind === "routed" ? `, parent: the ${model.parent.model} row of the path` : "";
  const body = operation.requestBody === null ? "" : `, body: ${operation.requestBody}`;
  const before =
    operation.kind === "create"
      ? `tx, now, caller${body}${parent}`
      : `tx, now, caller${body}, current: the ${operation.model} row as it was`;
  return `  before: ${before}; after: these${operation.kind === "erase" ? "" : `, row.id: key of the ${operation.model} row written`}`;
};

/** The table itself, its neighbours and what the effects name. */
const tablesOf = (
  database: AutoBeDatabase.IApplication,
  operations: AutoBeOpenApi.IOperation[],
): AutoBeDatabase.IModel[] => {
  const names = new Set(
    operations.flatMap((one) => [
      one.model,
      ...one.parameters.map((parameter) => parameter.model),
      ...one.effects.map((effect) => effect.model),
    ]),
  );
  const own = modelsOf(database).filter((model) => names.has(model.name));
  const said = operations.flatMap((one) => [
    one.description,
    ...owedRefusals(one).map(({ when }) => when),
    ...one.effects.filter((effect) => !effect.compiled).map((effect) => effect.value),
  ]);
  const ahead = own.flatMap((model) => [
    ...model.foreignFields.map((field) => field.relation.targetModel),
    ...model.links.map((link) => link.targetModel),
  ]);
  const back = modelsOf(database).filter(
    (model) =>
      model.stance !== "session" &&
      [
        ...model.foreignFields.map((field) => field.relation.targetModel),
        ...model.links.map((link) => link.targetModel),
      ].some((target) => names.has(target)),
  );
  return modelsOf(database).filter(
    (model) => own.includes(model) || back.includes(model) || ahead.includes(model.name) || isSpokenOf(model, said),
  );
};
