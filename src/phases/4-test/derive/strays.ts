/**
 * Keys in a body lead to rows that are there for the caller: what is nowhere, what others keep to themselves, and what
 * stands below another parent is not found, and nothing is written.
 */
import type { IExpression } from "../../../base/expression.js";
import { linkIds, refusalCode, spoken, withArticle } from "../../../base/naming.js";
import { type AutoBeDatabase, composedOf, composedProperty, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { hiddenRow } from "./hidden.js";
import { keyPath, listOf, unknownKey } from "./phrases.js";
import type { Account, Plan } from "./plan.js";
import { object, type Script } from "./script.js";
import { propertiesOf } from "./wish.js";
import type { Workshop } from "./workshop.js";

export const strayTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  if (operation.kind !== "create" && operation.kind !== "update") return;
  const pointers = pointersOf(workshop, model, operation);
  const said = withArticle(model.name);
  const names = pointers.map(({ relation }) => spoken(relation)).join(", ");
  const [first] = workshop.callers(operation);
  const add = (aspect: string, title: string, caller: Account, find: Find): void =>
    workshop.add(operation, aspect, title, { requirements: [] }, (script) =>
      stray({ workshop, model, operation, caller, script, hidden: new Map() }, pointers, find),
    );
  if (pointers.length === 0 || first === undefined) return;
  add("nowhere", `${said} refers to nothing that is not there (${names})`, first, ({ primaryField }) => ({
    key: unknownKey(primaryField),
  }));
  add("elsewhere", `${said} refers to nothing below another parent`, first, (target, { relation }, plan, caller) => {
    const { parent } = model;
    const isBeside =
      parent?.kind === "routed" && target.parent?.kind === "routed" && target.parent.model === parent.model;
    if (!isBeside || relation.includes(".")) return null;
    const renewed = new Set([target.parent!.relation]);
    const row = workshop.planner.find(target, [caller], { demands: [], renewed, isFresh: true });
    const [own, other] = [plan.references.get(parent.relation), row?.references.get(target.parent!.relation)];
    return row === null || own === undefined || own === other ? null : { row };
  });
  for (const caller of workshop.callers(operation)) {
    const who = caller.actor === "guest" ? "anybody" : withArticle(caller.actor);
    add(`hidden.${caller.actor}`, `${who} cannot make ${said} refer to what is kept from them`, caller, hiddenFrom);
  }
};

/** A member of the body that holds keys. */
interface Pointer {
  /** Of the row, or of a child that lives in its body: `lines.product`. */
  relation: string;
  target: string;
  /** The members of the body that differ so that the key stands there. */
  put(key: IExpression, body: IExpression.IObjectLiteral): Record<string, IExpression>;
}

type Find = (
  target: AutoBeDatabase.IModel,
  pointer: Pointer,
  plan: Plan,
  caller: Account,
  straying: Straying,
) => { key: IExpression } | { row: Plan } | null;

const pointersOf = (
  { database, document }: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): Pointer[] => {
  const members = propertiesOf(document, operation);
  return [
    ...model.foreignFields
      .filter(({ name, writer }) => members[name] !== undefined && writer !== "server")
      .map(
        ({ name, relation }): Pointer => ({
          relation: relation.name,
          target: relation.targetModel,
          put: (key) => ({ [name]: key }),
        }),
      ),
    ...model.links
      .filter(({ name }) => members[linkIds(name)] !== undefined)
      .map(
        ({ name, targetModel }): Pointer => ({
          relation: name,
          target: targetModel,
          put: (key) => ({ [linkIds(name)]: listOf(key) }),
        }),
      ),
    ...composedOf(database, model).flatMap((child) =>
      child.foreignFields
        .filter(({ relation, writer }) => relation.name !== child.parent!.relation && writer !== "server")
        .map(
          ({ name, relation }): Pointer => ({
            relation: `${composedProperty(child)}.${relation.name}`,
            target: relation.targetModel,
            put: (key, body) => inChildren(composedProperty(child), name, key, body),
          }),
        ),
    ),
  ];
};

const inChildren = (
  property: string,
  name: string,
  key: IExpression,
  body: IExpression.IObjectLiteral,
): Record<string, IExpression> => {
  const children = body.properties.find((one) => one.name === property)?.value;
  if (children?.type !== "arrayLiteralExpression") return {};
  const elements = children.elements.map((element) =>
    element.type === "objectLiteralExpression"
      ? { ...element, properties: [...element.properties.filter((one) => one.name !== name), { name, value: key }] }
      : element,
  );
  return { [property]: { ...children, elements } };
};

interface Straying {
  workshop: Workshop;
  model: AutoBeDatabase.IModel;
  operation: AutoBeOpenApi.IOperation;
  caller: Account;
  script: Script;
  /** By name of the target. */
  hidden: Map<string, Plan | null>;
}

/** One row for all that may lead to it: there may be no room for more. */
const hiddenFrom: Find = (target, _pointer, _plan, caller, { workshop, hidden }) => {
  if (!hidden.has(target.name)) hidden.set(target.name, hiddenRow(workshop, target, caller));
  const row = hidden.get(target.name) ?? null;
  return row === null ? null : { row };
};

/** Each key in turn leads astray in a call that is right but for it; then the call itself. */
const stray = (straying: Straying, pointers: readonly Pointer[], find: Find): boolean => {
  const { workshop, operation, caller, script } = straying;
  const valid = validCall(straying);
  if (valid === null) return false;
  let count = 0;
  for (const pointer of pointers) {
    const target = modelNamed(workshop.database, pointer.target);
    if (target === undefined) continue;
    const found = find(target, pointer, valid.plan, caller, straying);
    if (found === null) continue;
    const key =
      "key" in found
        ? found.key
        : script.key(
            target.stance === "actor"
              ? { kind: "account", account: found.row.creator, plan: found.row }
              : { kind: "row", plan: found.row },
          );
    const changes = pointer.put(key, valid.body);
    if (Object.keys(changes).length === 0) continue;
    const kept = operation.kind === "create" ? valid.body.properties.filter(({ name }) => !(name in changes)) : [];
    const body = { ...valid.body, properties: [...kept, ...object(changes).properties] };
    script.call(operation, caller, object({ ...valid.path, body }), {
      status: 404,
      code: refusalCode(pointer.relation.split(".").at(-1)!, "not found"),
    });
    ++count;
  }
  if (count === 0) return false;
  if (operation.kind === "create")
    script.call(operation, caller, object({ ...valid.path, body: valid.body }), { makes: valid.plan });
  else script.call(operation, caller, object({ ...valid.path, body: object({}) }), {});
  return true;
};

interface Valid {
  plan: Plan;
  path: Record<string, IExpression>;
  body: IExpression.IObjectLiteral;
}

const validCall = ({ workshop, model, operation, caller, script }: Straying): Valid | null => {
  const { planner } = workshop;
  if (operation.kind === "create") {
    // With rows that it refers to there is something that could be taken for what is not there.
    for (const isFull of planner.isLean ? [false] : [true, false])
      for (const readers of [[caller], []]) {
        const plan = planner.find(model, readers, { demands: [], creator: caller, isFull });
        if (plan !== null) return { plan, path: script.path(plan), body: script.body(plan) };
      }
    return null;
  }
  const plan = workshop.touchable(model, operation, caller);
  if (plan === null) return null;
  const sample = script.sample(operation.requestBody!);
  const composed = composedOf(workshop.database, model).map(composedProperty);
  // Only children are taken from it: what else the call changes is for other tests.
  const properties = sample.properties.flatMap(({ name, value }) =>
    composed.includes(name) && value.type === "arrayLiteralExpression"
      ? [{ name, value: script.children(plan, name, value) }]
      : [],
  );
  return { plan, path: keyPath(script, plan), body: { ...sample, properties } };
};
