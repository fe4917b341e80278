/** Rows are changed, erased and brought from state to state. */
import type { IExpression } from "../../../base/expression.js";
import { dto, linkIds, parameter, spoken, withArticle } from "../../../base/naming.js";
import { composedOf, composedProperty } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { keyIn, keyPath, keysIn, listOf, type Writer } from "./phrases.js";
import type { Account, Plan, Referred } from "./plan.js";
import { identifier, number, object, type Script, text } from "./script.js";
import type { Workshop } from "./workshop.js";

export const update: Writer = (workshop, model, operation, caller) => ({
  claim: `changes ${withArticle(model.name)}, and it stays changed`,
  requirements: [...model.plainFields, ...model.foreignFields, ...model.links]
    .filter((field) => field.writer === "update")
    .flatMap((field) => field.requirements),
  write: (script) => {
    const plan = workshop.touchable(model, operation, caller);
    if (plan === null) return false;
    const path = keyPath(script, plan);
    const moved = movesOf(workshop, operation, plan, caller).map((one) => ({ ...one, key: script.key(one.referred) }));
    const columns = columnsOf(workshop, script, operation, plan, caller);
    const pointers = moved.map(({ name, key, isMany }) => ({ name, value: isMany ? listOf(key) : key }));
    const values = { ...object({}), properties: [...columns, ...pointers] };
    const body = script.declare("body", values, operation.requestBody);
    const changed = script.name("changed");
    const isDated = hasMoment(workshop, plan, "updatedAt");
    const reading = workshop.operation("at", model.name, caller.actor);
    const before = isDated ? stood(script, plan, reading, caller, path, model.stance === "actor") : null;
    if (before !== null) script.pass(1000);
    script.call(operation, caller, object({ ...path, body: identifier(body) }), { keep: changed });
    if (before !== null) dated(script, before, changed);
    script.equal("key", identifier(`${changed}.id`), path[parameter(model.name)]!);
    for (const { name, value } of columns.filter((one) => isAnswered(workshop, operation, one.name)))
      if (value.type === "arrayLiteralExpression")
        script.equal(spoken(name), identifier(`${changed}.${name}.length`), number(value.elements.length));
      else script.equal(spoken(name), identifier(`${changed}.${name}`), identifier(`${body}.${name}`));
    for (const { relation, isMany, key } of moved)
      script.equal(
        spoken(relation),
        isMany ? keysIn(changed, relation) : keyIn(changed, relation, model),
        isMany ? listOf(key) : key,
      );
    if (reading !== undefined && columns.length + moved.length !== 0) {
      const again = script.name("again");
      script.call(reading, caller, object(path), { keep: again });
      script.equal("the change stays", identifier(again), identifier(changed));
    }
    return true;
  },
});

/** Whether the answer shows it: secrets are written only. */
const isAnswered = ({ document }: Workshop, operation: AutoBeOpenApi.IOperation, name: string): boolean => {
  const schema = document.components.schemas[operation.responseBody ?? ""];
  return schema !== undefined && "properties" in schema && schema.properties[name] !== undefined;
};

/** Columns and composed children with the values of the sample. */
export const columnsOf = (
  workshop: Workshop,
  script: Script,
  operation: AutoBeOpenApi.IOperation,
  plan: Plan,
  caller: Account,
): IExpression.IPropertyAssignment[] => {
  const kept = keptColumns(workshop, operation, caller);
  const composed = composedOf(workshop.database, plan.model).map(composedProperty);
  return script.sample(operation.requestBody!).properties.flatMap(({ name, value }) => {
    if (composed.includes(name) && value.type === "arrayLiteralExpression")
      return [{ name, value: script.children(plan, name, value) }];
    const isColumn = plan.model.plainFields.some((field) => field.name === name);
    return isColumn && !kept.includes(name) ? [{ name, value }] : [];
  });
};

interface Move {
  /** Member of the body. */
  name: string;
  relation: string;
  isMany: boolean;
  referred: Referred;
}

/** Relations that the caller may lead to something else. */
const movesOf = (workshop: Workshop, operation: AutoBeOpenApi.IOperation, plan: Plan, caller: Account): Move[] => {
  const { model } = plan;
  const { planner, document } = workshop;
  const kept = keptColumns(workshop, operation, caller);
  const schema = document.components.schemas[operation.requestBody ?? ""];
  const properties = schema !== undefined && "properties" in schema ? schema.properties : {};
  const relations = [
    ...model.foreignFields.map(({ name, relation }) => ({
      name,
      relation: relation.name,
      target: relation.targetModel,
      isMany: false,
    })),
    ...model.links.map(({ name, targetModel }) => ({
      name: linkIds(name),
      relation: name,
      target: targetModel,
      isMany: true,
    })),
  ];
  return relations
    .filter(({ name, relation }) => properties[name] !== undefined && !kept.includes(relation))
    .flatMap(({ target, ...one }) => {
      const referred = planner.isLean ? null : planner.another(plan, target, caller);
      return referred === null ? [] : [{ ...one, referred }];
    });
};

/** Columns on which the caller's own access hangs: changing them might put the row out of reach. */
const keptColumns = (workshop: Workshop, operation: AutoBeOpenApi.IOperation, caller: Account): string[] =>
  [...operation.access, ...(workshop.document.readers[operation.model ?? ""] ?? [])]
    .filter((access) => access.actor === caller.actor || access.actor === "guest")
    .flatMap((access) => access.filter ?? [])
    .map((condition) => condition.path[0]!);

export const erase: Writer = (workshop, model, operation, caller) => ({
  claim: `erases ${withArticle(model.name)}, and it is gone`,
  requirements: [],
  write: (script) => {
    const plan = workshop.touchable(model, operation, caller);
    if (plan === null) return false;
    const path = keyPath(script, plan);
    const reading = workshop.operation("at", model.name, caller.actor);
    script.call(operation, caller, object(path), {});
    if (reading !== undefined) script.call(reading, caller, object(path), { status: 404 });
    else script.call(operation, caller, object(path), { status: 404 });
    return true;
  },
});

export const transition: Writer = (workshop, model, operation, caller) => ({
  claim: `brings ${withArticle(model.name)} to ${spoken(operation.transition!.to)}`,
  requirements: [],
  write: (script) => {
    const plan = operation
      .transition!.from.map((state) => workshop.touchable(model, operation, caller, { state }))
      .find((one) => one !== null);
    if (plan === undefined || plan === null) return false;
    const path = keyPath(script, plan);
    const reading = workshop.operation("at", model.name, caller.actor);
    const isDated = hasMoment(workshop, plan, "updatedAt");
    // The way into the state has changed the row already.
    const isMoved = model.stance === "actor" || plan.transitions.length > 0;
    const before = isDated ? stood(script, plan, reading, caller, path, isMoved) : null;
    if (before !== null) script.pass(1000);
    const after = script.name("after");
    script.call(operation, caller, object(path), { keep: after });
    if (before !== null) dated(script, before, after);
    for (const effect of operation.effects) {
      const isOwn = effect.compiled && effect.action === "set" && effect.path?.length === 0 && effect.only.length === 0;
      if (!isOwn || effect.column === null || !["now", "null", "literal"].includes(effect.assignments[0]!.value.kind))
        continue;
      const value = identifier(`${after}.${effect.column}`);
      if (effect.value === "now") script.notEqual(`${spoken(effect.column)} is set`, value, { type: "nullLiteral" });
      else if (effect.value === "null")
        script.equal(`${spoken(effect.column)} is cleared`, value, { type: "nullLiteral" });
      else script.equal(spoken(effect.column), value, text(effect.value));
    }
    const watcher = watching(workshop, { ...plan, state: operation.transition!.to }, caller);
    if (watcher !== null) {
      const again = script.name("again");
      script.call(watcher.reading, watcher.account, object(path), { keep: again });
      script.equal("the change stays", identifier(again), identifier(after));
    }
    return true;
  },
});

/** Who reads the row in its new state: the caller, or somebody else where the caller has moved it out of its own sight. */
const watching = (
  workshop: Workshop,
  moved: Plan,
  caller: Account,
): { account: Account; reading: AutoBeOpenApi.IOperation } | null => {
  for (const account of [caller, moved.creator]) {
    const reading = workshop.operation("at", moved.model.name, account.actor);
    if (reading !== undefined && workshop.planner.reaches(moved, account)) return { account, reading };
  }
  return null;
};

/** The row as it stands before the call: read again where its creation does not tell; null where nobody can. */
const stood = (
  script: Script,
  plan: Plan,
  reading: AutoBeOpenApi.IOperation | undefined,
  caller: Account,
  path: Record<string, IExpression>,
  isMoved: boolean,
): string | null => {
  if (!isMoved || (reading === undefined && plan.model.stance !== "actor")) return script.row(plan);
  if (reading === undefined) return null;
  const before = script.name("before");
  script.call(reading, caller, object(path), { keep: before });
  return before;
};

/** Whether answers say when a row was changed, the one to its creation among them. */
const hasMoment = ({ document }: Workshop, { model, operation }: Plan, name: string): boolean =>
  [dto(model.name), operation.responseBody ?? ""].every((type) => {
    const schema = document.components.schemas[type];
    return schema !== undefined && "properties" in schema && schema.properties[name] !== undefined;
  });

const dated = (script: Script, before: string, after: string): void =>
  script.notEqual("it says that it was changed", identifier(`${after}.updatedAt`), identifier(`${before}.updatedAt`));
