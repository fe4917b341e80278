/** What the model sees when it writes scenarios: the operations with their bodies and answers, and what no derived test shows. */
import type { Asker } from "../../base/asker.js";
import { halves } from "../../base/prompt.js";
import type { ModelFunction, Task } from "../../base/task.js";
import { modelsOf } from "../2-database/ast.js";
import { isSpokenOf } from "../2-database/notation.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import { foldOperation } from "../3-interface/notation.js";
import { type IScenarios, testFunctions } from "./ast.js";
import { checkScenarios, describe } from "./check.js";
import type { Planner } from "./derive/plan.js";
import type { Assignment } from "./obligations.js";

export const scenariosTask = (planner: Planner, assignment: Assignment, asker: Asker): Task<IScenarios> => {
  const { operations, obligations } = assignment;
  const { document } = planner;
  const needed = neighbours(planner, assignment);
  const all = [...operations, ...needed];
  const shown = {
    actors: document.components.authorizations.map((one) => one.name).join(", ") || "none",
    operations: all.map(foldOperation).join("\n"),
    types: typesOf(document, all),
    obligations: obligations.map((one) => `- ${one.id}${one.isMust ? " (must)" : ""}: ${one.statement}`).join("\n"),
  };
  const ids = [...new Set(operations.flatMap((one) => [...one.requirements, ...one.rules]))];
  return {
    key: `test/scenarios:${assignment.aggregate.name}`,
    function: testFunctions.functions.find(
      (one) => one.name === "writeScenarios",
    ) as unknown as ModelFunction<IScenarios>,
    enums: {
      "scenarios[].serves[]": [...new Set([...obligations.map((one) => one.id), ...ids])],
      "steps[].call": document.operations.map((one) => one.name),
      "blocked[].what": [...new Set(obligations.map((one) => one.id))],
    },
    ...halves(asker.render("test-scenarios", shown)),
    shown,
    lists: {
      scenarios: (one: { name: string }) => one.name,
      blocked: (one: { what: string }) => one.what,
    },
    groups: { steps: { of: (one: { scenario: string }) => one.scenario, what: "steps of one scenario" } },
    closing: "blocked",
    check: (answer) => checkScenarios({ planner, operations, obligations, ids }, answer),
  };
};

/** Creates of tables that bodies and paths of the shown operations refer to, or of which the obligations speak. */
const neighbours = (
  { database, document }: Planner,
  { operations, obligations }: Assignment,
): AutoBeOpenApi.IOperation[] => {
  const said = obligations.map((one) => one.statement);
  const models = new Set([
    ...operations.flatMap((one) => one.prerequisites.map((prerequisite) => prerequisite.model)),
    ...modelsOf(database)
      .filter((model) => isSpokenOf(model, said))
      .map((model) => model.name),
  ]);
  return document.operations.filter(
    (one) => one.kind === "create" && !operations.includes(one) && models.has(one.model ?? ""),
  );
};

/** Bodies, queries and answers with their members, one line each. */
const typesOf = (document: AutoBeOpenApi.IDocument, operations: readonly AutoBeOpenApi.IOperation[]): string => {
  const names = new Set(
    operations
      .flatMap((one) => [one.requestBody, one.responseBody, one.kind === "custom" ? one.query : null])
      .filter((name) => name !== null),
  );
  const rows = [...names].filter((name) => name.startsWith("IPageI")).map((name) => name.slice("IPage".length));
  const figures = operations
    .filter((one) => one.kind === "custom" && one.responseBody !== null)
    .flatMap((one) => typesWithin(document, one.responseBody!));
  return [...new Set([...names, ...rows, ...figures])]
    .flatMap((name) => {
      const schema = document.components.schemas[name];
      if (schema === undefined || !("properties" in schema)) return [];
      const members = Object.entries(schema.properties).map(
        ([member, property]) => `${member}${schema.required.includes(member) ? "" : "?"}: ${short(property)}`,
      );
      return [`${name} { ${members.join(", ")} }`];
    })
    .join("\n");
};

/** Types of a custom answer's own that its members have. */
const typesWithin = (document: AutoBeOpenApi.IDocument, name: string): string[] => {
  const schema = document.components.schemas[name];
  if (schema === undefined || !("properties" in schema)) return [];
  return [...JSON.stringify(schema).matchAll(/#\/components\/schemas\/([^"]+)/g)]
    .map((one) => one[1]!)
    .filter((inner) => inner !== name && !inner.endsWith(".ISummary"));
};

const short = (schema: AutoBeOpenApi.IJsonSchema): string =>
  describe(schema)
    .replaceAll(" in quotes", "")
    .replaceAll("a string", "string")
    .replaceAll(/a (uuid|uri|date|date-time|email) string/g, "$1")
    .replaceAll(" or ", "|");
