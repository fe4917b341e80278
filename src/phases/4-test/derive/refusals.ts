/** Each refusal that the contract knows how to provoke, with a valid call beside it. */
import type { IExpression } from "../../../base/expression.js";
import { parameter } from "../../../base/naming.js";
import { ruleId } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { Workshop } from "./derive.js";
import { keyPath } from "./happy.js";
import type { Account, Plan } from "./plan.js";
import { identifier, number, object, type Script, text } from "./script.js";

export const refusalTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  operation.refusals.forEach((refusal, index) => {
    if (refusal.provoke === null) return;
    const rules = workshop.analyze.modules.flatMap((module) => module.rules).filter((rule) => refusal.rules.includes(ruleId(rule)));
    const kind = refusal.provoke.kind;
    const same = operation.refusals.filter((one) => one.provoke?.kind === kind);
    const aspect = same.length === 1 ? kind : `${kind}${same.indexOf(operation.refusals[index]!) + 1}`;
    const requirements = [
      ...rules.flatMap((rule) => rule.requirements),
      ...(kind === "state" ? operation.requirements : []),
    ];
    workshop.add(operation, `refused.${aspect}`, `it is refused when this holds: ${refusal.when}`, { requirements, rules: refusal.rules }, (script) =>
      provoke(workshop, model, operation, refusal, script),
    );
  });
};

const provoke = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  script: Script,
): boolean => {
  const caller = workshop.callers(operation)[0]!;
  const provocation = refusal.provoke!;
  switch (provocation.kind) {
    case "repeat":
      return repeat(workshop, model, operation, refusal, provocation, caller, script);
    case "state":
      return wrongState(workshop, model, operation, refusal, provocation, caller, script);
    case "order":
      return wrongOrder(workshop, model, operation, refusal, provocation, caller, script);
    case "limit":
      return tooMany(workshop, model, operation, refusal, provocation, caller, script);
    case "cycle":
      return cycle(workshop, model, operation, refusal, provocation, caller, script);
    case "referenced":
      return referenced(workshop, model, operation, refusal, provocation, caller, script);
  }
};

const creatable = (workshop: Workshop, model: AutoBeDatabase.IModel, caller: Account): Plan | null =>
  workshop.planner.find(model, [caller], { demands: [], creator: caller }) ??
  workshop.planner.find(model, [], { demands: [], creator: caller });

/** The same values once more; the rest of the second body is fresh. */
const repeat = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  provocation: AutoBeOpenApi.IProvocation.IRepeat,
  caller: Account,
  script: Script,
): boolean => {
  const needed = new Map<string, string>();
  for (const member of provocation.members) {
    const pointer = model.foreignFields.find((field) => field.name === member);
    if (pointer !== undefined) needed.set(pointer.relation.name, member);
  }
  const plan = workshop.planner.find(model, [caller], { demands: [], creator: caller, isFull: needed.size !== 0 }) ?? creatable(workshop, model, caller);
  if (plan === null || [...needed.keys()].some((relation) => !plan.references.has(relation))) return false;
  const path = script.path(plan);
  const first = script.declare("body", script.body(plan), operation.requestBody);
  script.call(operation, caller, object({ ...path, body: identifier(first) }), {});
  const other = script.body(plan);
  const repeated = other.properties.map((one) =>
    provocation.members.includes(one.name) ? { name: one.name, value: identifier(`${first}.${one.name}`) } : one,
  );
  script.call(operation, caller, object({ ...path, body: { ...other, properties: repeated } }), {
    status: refusal.status,
    code: refusal.code,
  });
  return true;
};

const wrongState = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  provocation: AutoBeOpenApi.IProvocation.IState,
  caller: Account,
  script: Script,
): boolean => {
  const states = model.plainFields.find((field) => field.name === provocation.attribute)?.values ?? [];
  const plan = [operation.transition!.to, ...states]
    .filter((state) => !provocation.from.includes(state))
    .map((state) => workshop.touchable(model, operation, caller, { state }))
    .find((one) => one !== null);
  if (plan === undefined || plan === null) return false;
  const values = object(keyPath(script, plan));
  script.call(operation, caller, values, { status: refusal.status, code: refusal.code });
  const at = workshop.operation("at", model.name, caller.actor);
  if (at !== undefined) {
    const still = script.name("still");
    script.call(at, caller, values, { keep: still });
    script.equal("the state stays", identifier(`${still}.${provocation.attribute}`), { type: "stringLiteral", value: plan.state! });
  }
  return true;
};

const wrongOrder = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  provocation: AutoBeOpenApi.IProvocation.IOrder,
  caller: Account,
  script: Script,
): boolean => {
  const plan = operation.kind === "create" ? creatable(workshop, model, caller) : workshop.touchable(model, operation, caller);
  if (plan === null) return false;
  const sample = operation.kind === "create" ? script.body(plan) : script.sample(operation.requestBody!);
  const value = (name: string): IExpression | undefined => sample.properties.find((one) => one.name === name)?.value;
  const [first, second] = [value(provocation.first), value(provocation.second)];
  if (first === undefined || second === undefined) return false;
  const most = numberIn(second) === null ? identifier(script.declare("most", second)) : second;
  const wrong = equalValues(model, provocation, first, most);
  const isTurned = (name: string): boolean => name === provocation.first || name === provocation.second;
  const path = operation.kind === "create" ? script.path(plan) : keyPath(script, plan);
  const others = operation.kind === "create" ? sample.properties.filter((one) => !isTurned(one.name)) : [];
  const right = { ...sample, properties: [...others, ...sample.properties.filter((one) => isTurned(one.name))] };
  const bad = { ...sample, properties: [...others, ...wrong] };
  script.call(operation, caller, object({ ...path, body: bad }), { status: refusal.status, code: refusal.code });
  script.call(operation, caller, object({ ...path, body: right }), {});
  return true;
};

/** The first member is to be less than the second: they are not where both have one value. */
const equalValues = (
  model: AutoBeDatabase.IModel,
  { first, second }: AutoBeOpenApi.IProvocation.IOrder,
  less: IExpression,
  more: IExpression,
): IExpression.IPropertyAssignment[] => {
  const [head, tail] = [first, second].map((name) => model.plainFields.find((field) => field.name === name)!);
  const raised = head!.type === tail!.type ? more : converted(more, head!.type, Math.ceil);
  const known = numberIn(raised);
  if (known === null || Number.isNaN(known) || known <= (head!.maximum ?? known))
    return [
      { name: first, value: raised },
      { name: second, value: more },
    ];
  return [
    { name: first, value: less },
    { name: second, value: head!.type === tail!.type ? less : converted(less, tail!.type, Math.floor) },
  ];
};

const numberIn = (value: IExpression): number | null =>
  value.type === "numericLiteral" || value.type === "stringLiteral" ? Number(value.value) : null;

/** A number of one type as a whole number of another. */
const converted = (value: IExpression, type: AutoBeDatabase.Type, round: (value: number) => number): IExpression => {
  const isText = type === "bigint" || type === "decimal";
  const known = numberIn(value);
  if (known !== null) return isText ? text(String(round(known))) : number(round(known));
  return call(isText ? "String" : "Number", value);
};

const call = (name: string, value: IExpression): IExpression => ({
  type: "callExpression",
  expression: identifier(name),
  arguments: [value],
});

/** As many as are allowed, then one more; only where that is a number a test can write down. */
const MOST_ROWS = 30;

const tooMany = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  provocation: AutoBeOpenApi.IProvocation.ILimit,
  caller: Account,
  script: Script,
): boolean => {
  const plan = workshop.planner.find(model, [caller], { demands: [], creator: caller, isFull: true }) ?? creatable(workshop, model, caller);
  if (plan === null || provocation.maximum > MOST_ROWS || !plan.references.has(provocation.relation)) return false;
  const path = script.path(plan);
  for (let count = 0; count < provocation.maximum; ++count)
    script.call(operation, caller, object({ ...path, body: script.body(plan) }), {});
  script.call(operation, caller, object({ ...path, body: script.body(plan) }), { status: refusal.status, code: refusal.code });
  return true;
};

const cycle = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  provocation: AutoBeOpenApi.IProvocation.ICycle,
  caller: Account,
  script: Script,
): boolean => {
  const plan = workshop.touchable(model, operation, caller);
  if (plan === null) return false;
  const path = keyPath(script, plan);
  const own = path[parameter(model.name)]!;
  script.call(operation, caller, object({ ...path, body: object({ [provocation.member]: own }) }), { status: refusal.status, code: refusal.code });
  script.call(operation, caller, object({ ...path, body: object({ [provocation.member]: { type: "nullLiteral" } }) }), {});
  return true;
};

const referenced = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  provocation: AutoBeOpenApi.IProvocation.IReferenced,
  caller: Account,
  script: Script,
): boolean => {
  const holder = modelNamed(workshop.database, provocation.model);
  const plan = workshop.touchable(model, operation, caller);
  if (holder === undefined || plan === null) return false;
  const field = holder.foreignFields.find((one) => one.relation.name === provocation.relation);
  if (field === undefined || field.source?.kind === "actor") return false;
  const given = new Map([[provocation.relation, { kind: "row" as const, plan }]]);
  const holding =
    workshop.planner.find(holder, [plan.creator], { demands: [], given }) ??
    workshop.planner.find(holder, [], { demands: [], given });
  if (holding === null || holding.references.get(provocation.relation) !== given.get(provocation.relation)) return false;
  if (!workshop.planner.sees(plan, holding.creator)) return false;
  const values = object(keyPath(script, plan));
  script.row(holding);
  script.call(operation, caller, values, { status: refusal.status, code: refusal.code });
  const at = workshop.operation("at", model.name, caller.actor);
  if (at !== undefined) script.call(at, caller, values, {});
  return true;
};
