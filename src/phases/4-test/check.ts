/** What a schema cannot say about scenarios: that what they name exists, can be called so, and shows what it claims. */
import { type Diagnostic, Findings, nearest } from "../../base/diagnostic.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import type { IScenarioStep, IScenarios } from "./ast.js";
import type { Planner } from "./derive/plan.js";
import { accountOf, expandScenario } from "./expand.js";
import type { Obligation } from "./obligations.js";
import { parseExpectation, parseGift } from "./step.js";
import { memberAt } from "./walk.js";

export interface ScenarioContext {
  planner: Planner;
  operations: AutoBeOpenApi.IOperation[];
  obligations: Obligation[];
  /** Requirements and rules of the operations shown. */
  ids: string[];
}

export const checkScenarios = (context: ScenarioContext, answer: IScenarios): Diagnostic[] => {
  const found = new Findings();
  const names = answer.scenarios.map((one) => one.name);
  answer.scenarios.forEach((scenario, index) => {
    const at = `$input.scenarios[${index}]`;
    if (names.indexOf(scenario.name) !== index)
      found.add("TEST.DUPLICATE_SCENARIO", `${at}.name`, `Two scenarios are called ${scenario.name}.`);
    const steps = answer.steps.filter((step) => step.scenario === scenario.name);
    if (steps.length === 0)
      found.add(
        "TEST.NO_STEPS",
        `${at}.name`,
        `${scenario.name} has no steps: add steps whose scenario is ${scenario.name}.`,
      );
    else if (steps.every((step) => step.status >= 400))
      found.add(
        "TEST.ONLY_REFUSALS",
        `${at}.name`,
        `Every step of ${scenario.name} is refused; a server that refuses everything would pass. Show what works, too.`,
      );
    scenario.serves.forEach((id, place) => checkServed(context, id, steps, `${at}.serves[${place}]`, found));
  });
  answer.steps.forEach((step, index) => {
    if (!names.includes(step.scenario))
      found.add(
        "TEST.UNKNOWN_SCENARIO",
        `$input.steps[${index}].scenario`,
        `No scenario is called ${step.scenario}; nearest: ${nearest(step.scenario, names)}.`,
      );
    checkStep(context, step, `$input.steps[${index}]`, found);
  });
  if (found.list.length === 0) checkExpansion(context, answer, found);
  checkCoverage(context, answer, found);
  return found.list;
};

const checkServed = (
  context: ScenarioContext,
  id: string,
  steps: IScenarioStep[],
  path: string,
  found: Findings,
): void => {
  const obligation = context.obligations.find((one) => one.id === id);
  if (obligation === undefined) {
    if (!context.ids.includes(id))
      found.add(
        "TEST.UNKNOWN_ID",
        path,
        `${id} is not among what is shown; nearest: ${nearest(id, [...context.obligations.map((one) => one.id), ...context.ids])}.`,
      );
    return;
  }
  if (obligation.operation === null || steps.length === 0) return;
  const calls = steps.filter((step) => step.call === obligation.operation);
  if (calls.every((step) => step.status !== obligation.status))
    found.add(
      "TEST.NOT_SHOWN",
      path,
      `No step calls ${obligation.operation} and expects ${obligation.status}, so ${id} is not shown.`,
    );
};

const checkStep = (context: ScenarioContext, step: IScenarioStep, at: string, found: Findings): void => {
  const { document } = context.planner;
  const operation = document.operations.find((one) => one.name === step.call);
  const account = accountOf(step.as);
  const actors = ["guest", ...document.components.authorizations.map((one) => one.name)];
  if (!actors.includes(account.actor))
    found.add(
      "TEST.UNKNOWN_ACTOR",
      `${at}.as`,
      `There is no actor ${step.as}: it is one of ${actors.join(", ")}, with 2 for a second account.`,
    );
  if (operation === undefined) {
    const names = document.operations.map((one) => one.name);
    found.add(
      "TEST.UNKNOWN_OPERATION",
      `${at}.call`,
      `There is no operation ${step.call}; nearest: ${nearest(step.call, names)}.`,
    );
    return;
  }
  const allowed = [
    operation.success,
    ...operation.failures.map((one) => one.status),
    ...operation.refusals.map((one) => one.status),
  ];
  if (!allowed.includes(step.status))
    found.add(
      "TEST.STATUS",
      `${at}.status`,
      `${step.call} answers ${[...new Set(allowed)].join(", ")}, never ${step.status}.`,
    );
  if (
    step.status === operation.success &&
    !operation.access.some((one) => one.actor === account.actor || one.actor === "guest")
  )
    found.add(
      "TEST.ACTOR_MAY_NOT",
      `${at}.as`,
      `${step.call} is for ${operation.access.map((one) => one.actor).join(", ")}, not for ${account.actor}.`,
    );
  step.give.forEach((text, place) => checkGift(context, operation, text, `${at}.give[${place}]`, found));
  if (step.expect.length !== 0 && (operation.responseBody === null || step.status >= 400))
    found.add(
      "TEST.NOTHING_TO_EXPECT",
      `${at}.expect`,
      `${step.call} with status ${step.status} has no answer to look at; leave expect empty.`,
    );
  else
    step.expect.forEach((text, place) => checkExpectation(context, operation, text, `${at}.expect[${place}]`, found));
};

const checkGift = (
  context: ScenarioContext,
  operation: AutoBeOpenApi.IOperation,
  text: string,
  at: string,
  found: Findings,
): void => {
  const gift = parseGift(text, (message) => found.add("TEST.GIFT", at, message));
  if (gift === null) return;
  const { schemas } = context.planner.document.components;
  const parameters = operation.parameters.map((one) => one.name);
  const members = (name: string | null): string[] => {
    const schema = schemas[name ?? ""];
    return schema !== undefined && "properties" in schema ? Object.keys(schema.properties) : [];
  };
  const targets = [
    ...parameters,
    ...members(operation.requestBody).map((one) => `body.${one}`),
    ...members(operation.query).map((one) => `query.${one}`),
  ];
  if (!targets.includes(gift.target))
    found.add(
      "TEST.UNKNOWN_TARGET",
      at,
      `${operation.name} takes no ${gift.target}; it takes ${targets.join(", ") || "nothing"}.`,
    );
  else if (gift.value.kind === "literal" && !gift.target.startsWith("query.")) {
    const [root, member] = gift.target.split(".");
    const schema =
      member === undefined ? undefined : schemas[(root === "body" ? operation.requestBody : operation.query) ?? ""];
    const property = schema !== undefined && "properties" in schema ? schema.properties[member!] : undefined;
    if (property !== undefined && !fits(property, gift.value.json))
      found.add("TEST.WRONG_TYPE", at, `${gift.target} takes ${describe(property)}.`);
  }
};

/** Whether a literal has the type that TypeScript asks for; bounds may be broken on purpose. */
const fits = (schema: AutoBeOpenApi.IJsonSchema, value: unknown): boolean => {
  if ("const" in schema) return schema.const === value;
  if ("oneOf" in schema) return schema.oneOf.some((one) => fits(one, value));
  if ("$ref" in schema) return typeof value === "object" && value !== null;
  switch (schema.type) {
    case "integer":
      return typeof value === "number";
    case "array":
      return Array.isArray(value);
    case "null":
      return value === null;
    case "object":
      return typeof value === "object" && value !== null;
    default:
      return typeof value === schema.type;
  }
};

export const describe = (schema: AutoBeOpenApi.IJsonSchema): string => {
  if ("const" in schema) return JSON.stringify(schema.const);
  if ("oneOf" in schema) return schema.oneOf.map(describe).join(" or ");
  if ("$ref" in schema) return schema.$ref.replace("#/components/schemas/", "");
  if (schema.type === "string")
    return schema.format === undefined ? "a string in quotes" : `a ${schema.format} string in quotes`;
  return schema.type === "array" ? `a list of ${describe(schema.items)}` : schema.type;
};

const checkExpectation = (
  context: ScenarioContext,
  operation: AutoBeOpenApi.IOperation,
  text: string,
  at: string,
  found: Findings,
): void => {
  const expectation = parseExpectation(text, (message) => found.add("TEST.EXPECTATION", at, message));
  if (expectation === null) return;
  const reached = memberAt(context.planner.document, operation.responseBody!, expectation.target);
  if (reached.kind === "missing")
    found.add(
      "TEST.UNKNOWN_MEMBER",
      at,
      `${operation.responseBody} has no ${expectation.target}; it has ${reached.names.join(", ")}.`,
    );
  else if (expectation.value.kind === "literal" && !fits(reached.schema, expectation.value.json))
    found.add("TEST.WRONG_TYPE", at, `${expectation.target} is ${describe(reached.schema)}.`);
};

/** Expanding finds variables that are not there and rows that nobody can make. */
const checkExpansion = (context: ScenarioContext, answer: IScenarios, found: Findings): void => {
  for (const scenario of answer.scenarios) {
    const places = answer.steps.flatMap((step, index) => (step.scenario === scenario.name ? [index] : []));
    const { diagnostics } = expandScenario(
      context.planner,
      places.map((index) => answer.steps[index]!),
    );
    for (const one of diagnostics) found.add(one.code, `$input.steps[${places[one.step]}].${one.path}`, one.message);
  }
};

const checkCoverage = (context: ScenarioContext, answer: IScenarios, found: Findings): void => {
  const named = new Set([...answer.scenarios.flatMap((one) => one.serves), ...answer.blocked.map((one) => one.what)]);
  for (const obligation of context.obligations)
    if (!named.has(obligation.id))
      found.add(
        "TEST.UNCOVERED",
        "$input.blocked",
        `${obligation.id} is shown by nothing: name it in serves of a scenario, or here with the reason.`,
      );
};
