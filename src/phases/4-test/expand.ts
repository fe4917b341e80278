/** Flat scenario steps → statements: what a step does not give is taken from rows kept before, or made. */
import type { IExpression } from "../../base/expression.js";
import { dto, linkIds, parameter } from "../../base/naming.js";
import { type AutoBeDatabase, modelNamed, modelsOf } from "../2-database/ast.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import type { AutoBeTest, IScenario, IScenarioStep } from "./ast.js";
import type { Account, Plan, Planner } from "./derive/plan.js";
import { literal, schemaSample } from "./derive/samples.js";
import { identifier, object, Script } from "./derive/script.js";
import { type Clause, parseExpectation, parseGift } from "./step.js";
import { memberAt, type Reached } from "./walk.js";

export interface Expanded {
  statements: AutoBeTest.IStatement[];
  /** Paths inside a step: `give[1]`, `expect[0]`, `call`. */
  diagnostics: { step: number; path: string; code: string; message: string }[];
}

interface Kept {
  variable: string;
  /** Model whose full answer it is; null for others. */
  model: string | null;
  /** Schema of what it holds. */
  type: string;
  operation: AutoBeOpenApi.IOperation;
}

/** `member` is the first account of an actor, `member2` the second. */
export const accountOf = (name: string): Account => {
  const digits = /^([a-zA-Z]+?)([0-9]?)$/.exec(name);
  return { actor: digits?.[1] ?? name, index: Number(digits?.[2] || 1) };
};

export const expandScenario = (planner: Planner, steps: readonly IScenarioStep[]): Expanded => {
  const script = new Script(planner);
  const kept: Kept[] = [];
  const diagnostics: Expanded["diagnostics"] = [];
  steps.forEach((step, index) => {
    const operation = planner.document.operations.find((one) => one.name === step.call);
    if (operation === undefined) return;
    const report = (path: string, code: string, message: string): void => {
      diagnostics.push({ step: index, path, code, message });
    };
    const account = accountOf(step.as);
    const gifts = step.give.map((text, place) =>
      parseGift(text, (message) => report(`give[${place}]`, "TEST.GIFT", message)),
    );
    const given = gifts.flatMap((gift, place) => (gift === null ? [] : [{ ...gift, place }]));
    const argument = argumentOf({ planner, script, kept, operation, account, given, report });
    const needsAnswer =
      step.status < 400 && operation.responseBody !== null && (step.keep !== null || step.expect.length !== 0);
    const variable = needsAnswer ? script.name(step.keep ?? "answer") : null;
    const refusals = operation.refusals.filter((one) => one.status === step.status);
    script.call(operation, account, object(argument), {
      ...(variable === null ? {} : { keep: variable }),
      status: step.status,
      ...(refusals.length === 1 && step.status >= 409 ? { code: refusals[0]!.code } : {}),
    });
    if (variable === null) return;
    const model = modelsOf(planner.database).find((one) => dto(one.name) === operation.responseBody)?.name ?? null;
    step.expect.forEach((text, place) => {
      const expectation = parseExpectation(text, (message) => report(`expect[${place}]`, "TEST.EXPECTATION", message));
      if (expectation === null) return;
      const isOrder = !["=", "!="].includes(expectation.operator);
      const read = memberAt(planner.document, operation.responseBody!, expectation.target);
      const left = read.kind === "found" ? reading(variable, read, isOrder) : identifier(variable);
      const right = valueFrom({ planner, script, kept }, expectation.value, isOrder, (code, message) =>
        report(`expect[${place}]`, code, message),
      );
      if (expectation.operator === "=") script.equal(text, left, right);
      else if (expectation.operator === "!=") script.notEqual(text, left, right);
      else script.holds(text, { type: "binaryExpression", left, operator: expectation.operator, right });
    });
    kept.unshift({ variable, model, type: operation.responseBody!, operation });
  });
  return { statements: script.statements, diagnostics };
};

/** With its place in `give`. */
interface Gift extends Clause {
  place: number;
}

interface Calling {
  planner: Planner;
  script: Script;
  kept: Kept[];
  operation: AutoBeOpenApi.IOperation;
  account: Account;
  given: Gift[];
  report: (path: string, code: string, message: string) => void;
}

const argumentOf = (calling: Calling): Record<string, IExpression> => {
  const { operation, given, report, planner } = calling;
  const values: Record<string, IExpression> = {};
  const value = (gift: Gift): IExpression =>
    valueFrom(calling, gift.value, true, (code, message) => report(`give[${gift.place}]`, code, message));
  for (const one of operation.parameters) {
    const gift = given.find((clause) => clause.target === one.name);
    values[one.name] = gift !== undefined ? value(gift) : keyOf(calling, modelNamed(planner.database, one.model)!);
  }
  if (operation.query !== null)
    values["query"] = object(
      Object.fromEntries(
        given.filter((gift) => gift.target.startsWith("query.")).map((gift) => [gift.target.slice(6), value(gift)]),
      ),
    );
  if (operation.requestBody !== null)
    values["body"] = bodyOf(
      calling,
      new Map(
        given.filter((gift) => gift.target.startsWith("body.")).map((gift) => [gift.target.slice(5), value(gift)]),
      ),
    );
  return values;
};

/** Key of a row for a parameter: one kept before, else one made for the caller. */
const keyOf = (calling: Calling, model: AutoBeDatabase.IModel): IExpression => {
  const { kept, operation, script, planner, account, report } = calling;
  const known = kept.find((one) => one.model === model.name);
  if (known !== undefined) return identifier(`${known.variable}.id`);
  const actor = planner.document.components.authorizations.find((one) =>
    planner.isActor(model.name, { actor: one.name, index: 1 }),
  );
  if (actor !== undefined)
    return identifier(`${script.account(actor.name === account.actor ? account : { actor: actor.name, index: 1 })}.id`);
  // A child kept before names its parents too.
  const inner = kept.find(
    (one) =>
      one.operation.kind === "create" && one.operation.parameters.some((parameter) => parameter.model === model.name),
  );
  const used = inner === undefined ? undefined : pathUsed(script, inner, parameter(model.name));
  if (used !== undefined) return used;
  const plan = planRow(planner, model, account);
  if (plan === null) {
    report(
      "give",
      "TEST.NO_ROW",
      `Nobody can make ${model.name} by itself here: keep one in an earlier step and give ${parameter(model.name)} = <variable>.id.`,
    );
    return { type: "stringLiteral", value: "" };
  }
  const name = script.row(plan);
  kept.push({ variable: name, model: model.name, type: dto(model.name), operation });
  return identifier(`${name}.id`);
};

/** Argument with which the call that made a kept row named the parent. */
const pathUsed = (script: Script, kept: Kept, name: string): IExpression | undefined => {
  const call = script.statements.find(
    (one) => one.type === "apiOperateStatement" && one.variableName === kept.variable,
  );
  if (call?.type !== "apiOperateStatement" || call.argument?.type !== "objectLiteralExpression") return undefined;
  return call.argument.properties.find((one) => one.name === name)?.value;
};

const planRow = (planner: Planner, model: AutoBeDatabase.IModel, account: Account): Plan | null => {
  const readings = planner.readings(model.name, account);
  for (const reading of readings.length === 0 ? [{ account, conditions: [] }] : readings) {
    const plan = planner.find(model, account.actor === "guest" ? [] : [account], { demands: [reading] });
    if (plan !== null) return plan;
  }
  return planner.find(model, [], { demands: [] });
};

const bodyOf = (calling: Calling, given: Map<string, IExpression>): IExpression => {
  const { operation, planner, script } = calling;
  const name = operation.requestBody!;
  const schema = planner.document.components.schemas[name];
  if (schema === undefined || !("properties" in schema)) return object({});
  const model = modelNamed(planner.database, operation.model ?? "");
  if (operation.kind === "update")
    return given.size === 0 ? plainSample(script, name) : object(Object.fromEntries(given));
  const sample = Object.fromEntries(plainSample(script, name).properties.map((one) => [one.name, one.value]));
  const values: Record<string, IExpression> = {};
  for (const [property, shape] of Object.entries(schema.properties)) {
    const gift = given.get(property);
    const pointer = model?.foreignFields.find((field) => field.name === property);
    const isRequired = schema.required.includes(property);
    if (gift !== undefined) values[property] = gift;
    else if (operation.kind === "create" && pointer !== undefined) {
      if (isRequired) values[property] = keyOf(calling, modelNamed(planner.database, pointer.relation.targetModel)!);
    } else if (model?.links.some((link) => linkIds(link.name) === property) && operation.kind === "create") continue;
    else if (sample[property] !== undefined) values[property] = sample[property];
    else if (isRequired) values[property] = schemaSample(shape, property);
  }
  for (const [property, value] of given) values[property] ??= value;
  return object(values);
};

/** The sample without references, which are resolved apart. */
const plainSample = (script: Script, name: string): IExpression.IObjectLiteral => {
  const sample = script.sample(name);
  return {
    ...sample,
    properties: sample.properties.filter(
      ({ value }) =>
        value.type !== "identifier" &&
        !(value.type === "arrayLiteralExpression" && value.elements.some((element) => element.type === "identifier")),
    ),
  };
};

/** A literal of JSON, or a path that starts at a variable kept before. */
const valueFrom = (
  { planner, script, kept }: Pick<Calling, "planner" | "script" | "kept">,
  value: Clause["value"],
  isCertain: boolean,
  report: (code: string, message: string) => void,
): IExpression => {
  if (value.kind === "literal") return jsonLiteral(value.json);
  const [variable, rest] = [/^[^.[]*/.exec(value.path)![0], value.path.replace(/^[^.[]*\.?/, "")];
  const account = accountOf(variable);
  const known = kept.find((one) => one.variable === variable);
  if (known === undefined && planner.document.components.authorizations.some((one) => one.name === account.actor))
    return identifier(`${script.account(account)}.${rest}`);
  if (known === undefined) {
    report(
      "TEST.UNKNOWN_VARIABLE",
      `${variable} is no variable: it is a value in quotes, or one of ${kept.map((one) => one.variable).join(", ") || "the variables that earlier steps keep"}.`,
    );
    return identifier(value.path);
  }
  const read = memberAt(planner.document, known.type, rest);
  if (read.kind === "found") return reading(variable, read, isCertain);
  report(
    "TEST.UNKNOWN_MEMBER",
    `${value.path} is not there: ${known.type} has ${read.names.join(", ") || "no members there"}.`,
  );
  return identifier(value.path);
};

/** A member of an answer; `isCertain` where its place takes neither null nor undefined. */
const reading = (variable: string, { chain, isMaybe }: Reached & { kind: "found" }, isCertain: boolean): IExpression =>
  identifier(
    `${variable}${chain.startsWith("[") ? "" : "."}${isCertain ? `${chain.replaceAll("?.", "!.")}${isMaybe ? "!" : ""}` : chain}`,
  );

export const jsonLiteral = (json: unknown): IExpression => {
  if (json === null) return { type: "nullLiteral" };
  if (Array.isArray(json)) return { type: "arrayLiteralExpression", elements: json.map(jsonLiteral) };
  if (typeof json === "object")
    return object(Object.fromEntries(Object.entries(json).map(([key, value]) => [key, jsonLiteral(value)])));
  return literal(json as string | number | boolean);
};

export const stepsOf = (scenario: IScenario, steps: readonly IScenarioStep[]): IScenarioStep[] =>
  steps.filter((step) => step.scenario === scenario.name);
