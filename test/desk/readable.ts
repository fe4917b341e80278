/** A contract as somebody reads it: where rows come from, which calls lead up to an operation, how it is refused and what it changes. */
import { modelNamed } from "../../src/phases/2-database/ast.js";
import type { AutoBeOpenApi } from "../../src/phases/3-interface/ast.js";
import { foldOperation } from "../../src/phases/3-interface/notation.js";
import type { AutoBeTest } from "../../src/phases/4-test/ast.js";
import { originOf } from "../../src/phases/4-test/derive/origins.js";
import { keyPath } from "../../src/phases/4-test/derive/phrases.js";
import { Script } from "../../src/phases/4-test/derive/script.js";
import { Workshop } from "../../src/phases/4-test/derive/workshop.js";
import type { Project } from "../fuzz/project.js";

export const printContract = ({ analyze, database, document }: Project): string => {
  const workshop = new Workshop(analyze, database, document);
  const shown = document.operations.filter((one) => !one.path.startsWith("/auth/"));
  const models = [...new Set(shown.map((one) => one.model ?? ""))];
  return [
    "# Origins\n",
    ...models.map((model) => `- ${model}: ${originLine(document, model)}`),
    "\n# Operations",
    ...shown.flatMap((operation) => [`\n## ${operation.name}\n`, ...describe(workshop, operation)]),
    "",
  ].join("\n");
};

const originLine = (document: AutoBeOpenApi.IDocument, model: string): string => {
  const origin = originOf(document, model);
  if (origin === undefined) return "signs up, or is there from the beginning";
  const at = origin.creates.find((one) => one.model === model)?.at;
  return `\`${at}\` in the answer of ${origin.name}, by ${[...new Set(origin.access.map((one) => one.actor))].join(", ")}`;
};

const describe = (workshop: Workshop, operation: AutoBeOpenApi.IOperation): string[] => [
  ...foldOperation(operation)
    .split("\n")
    .slice(0, 1)
    .map((line) => line.replace(`${operation.name}: `, "").replace(`${operation.name} (custom): `, "")),
  ...operation.access.map(
    ({ actor, filter }) => `- ${actor}, ${filter === null ? "all rows" : filter.map(condition).join(" and ")}`,
  ),
  ...workshop.callers(operation).flatMap((caller) => {
    const chain = chainOf(workshop, operation, caller.actor);
    return chain === null ? [] : [`- first, for ${caller.actor}: ${chain.join(" → ") || "nothing"}`];
  }),
  ...operation.refusals.map(
    ({ status, code, avoid, provoke }) =>
      `- refuses ${status} ${code}\n  - provoked by: ${provoke === null ? "a scenario" : provocation(provoke)}\n  - avoided: ${avoid}`,
  ),
  ...operation.effects.map(
    (effect) =>
      `- effect: ${foldOperation({ ...operation, refusals: [], effects: [effect] })
        .split("\n")
        .at(-1)!
        .trim()}`,
  ),
];

/** Calls before the call itself, each with who makes it. */
const chainOf = (workshop: Workshop, operation: AutoBeOpenApi.IOperation, actor: string): string[] | null => {
  const model = modelNamed(workshop.database, operation.model ?? "");
  if (model === undefined) return null;
  const script = new Script(workshop.planner);
  const account = { actor, index: 1 };
  if (operation.kind === "create") {
    const plan =
      workshop.planner.find(model, [account], { demands: [], creator: account }) ??
      workshop.planner.find(model, [], { demands: [], creator: account });
    if (plan === null) return null;
    script.creation(plan);
  } else {
    const state = operation.transition?.from[0];
    const plan = workshop.touchable(model, operation, account, state === undefined ? {} : { state });
    if (plan === null) return null;
    keyPath(script, plan);
  }
  return script.statements.flatMap((one) => (one.type === "apiOperateStatement" ? [callOf(one)] : []));
};

const callOf = ({ operation, as }: AutoBeTest.IApiOperateStatement): string => `${operation} by ${as ?? "anybody"}`;

const condition = ({ path, operator, value }: AutoBeOpenApi.ICondition): string =>
  `${path.join(".")} ${operator} ${value}`;

const provocation = (provoke: AutoBeOpenApi.IProvocation): string => {
  switch (provoke.kind) {
    case "repeat":
      return `the same ${provoke.members.join(" and ")} a second time`;
    case "state":
      return `${provoke.attribute} other than ${provoke.from.join(" or ")}`;
    case "order":
      return `${provoke.first} not before ${provoke.second}`;
    case "limit":
      return `row ${provoke.maximum + 1} of one ${provoke.relation}`;
    case "cycle":
      return `${provoke.member} set to the row itself`;
    case "referenced":
      return `${provoke.model} with this as ${provoke.relation}`;
    case "absent":
      return `no ${provoke.model} where ${provoke.match.map(({ path, operator, equals }) => `${path.join(".")} ${operator} ${equalled(equals)}`).join(" and ")}`;
    case "match":
      return `a row with ${provoke.conditions.map(condition).join(" and ")}`;
    case "bound":
      return `${provoke.model}.${provoke.column} = ${provoke.at} along ${provoke.path.join(".")}`;
  }
};

const equalled = (equals: AutoBeOpenApi.IProvocation.IAbsent["match"][number]["equals"]): string =>
  equals.kind === "literal" ? equals.value : equals.kind === "relation" ? equals.name : equals.kind;
