/** Demands on a row → values, references and demands on other rows. */
import { isOrder } from "../../../base/comparison.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { beyond, isMet, shifted } from "./beyond.js";
import { type Account, GIVEN, isSame, type Knowledge } from "./knowledge.js";
import { type Making, propertiesOf, type Terms } from "./wish.js";

/** Conditions on the row itself become values, those further on become demands on other rows; null where they contradict. */
export const termsOf = (knowledge: Knowledge, { model, operation, creator, readers, wish }: Making): Terms | null => {
  const properties = propertiesOf(knowledge.document, operation);
  const status = model.plainFields.find((field) => field.source?.kind === "state");
  const terms: Terms = {
    overrides: new Map(wish.overrides ?? []),
    delegated: new Map(),
    pinned: new Map(wish.given ?? []),
    state: wish.state ?? null,
  };
  for (const { path, plan } of wish.pins ?? []) {
    // A row that is to be the one itself is there already, and nothing else is.
    if (path.length === 0 || path[0] === "id") return null;
    if (path.length === 1) terms.pinned.set(path[0]!, { kind: "row", plan });
  }
  const created = wish.demands.at(-1 - readers.length);
  for (const demand of wish.demands)
    for (const condition of demand.conditions) {
      const [head, ...rest] = condition.path as [string, ...string[]];
      const pointer = model.foreignFields.find((field) => field.relation.name === head);
      if (pointer !== undefined && rest.length !== 0) {
        const inner = { account: demand.account, conditions: [{ ...condition, path: rest }] };
        terms.delegated.set(head, [...(terms.delegated.get(head) ?? []), inner]);
      } else if (pointer !== undefined) {
        if (!pinReference(terms, properties, creator, pointer, condition, demand.account)) return null;
      } else if (head === status?.name) {
        if (demand !== created && !pinState(terms, status, condition)) return null;
      } else if (!pinColumn(knowledge, model, properties, terms.overrides, condition)) return null;
    }
  keepOrders(model, operation, properties, terms.overrides);
  return terms;
};

const pinReference = (
  terms: Terms,
  properties: Record<string, unknown>,
  creator: Account,
  pointer: AutoBeDatabase.IForeignField,
  condition: AutoBeOpenApi.ICondition,
  account: Account,
): boolean => {
  const { name } = pointer.relation;
  if (condition.value === "null") {
    if (condition.operator === "!=") terms.delegated.set(name, terms.delegated.get(name) ?? []);
    return true;
  }
  if (condition.value !== "me") return false;
  const isOther = condition.operator === "!=";
  if (pointer.source?.kind === "actor") return isOther || isSame(creator, account);
  if (properties[pointer.name] === undefined) return isOther;
  if (isOther) {
    const somebodyElse = { account, conditions: [{ ...condition, path: ["id"] }] };
    terms.delegated.set(name, [...(terms.delegated.get(name) ?? []), somebodyElse]);
    return true;
  }
  const already = terms.pinned.get(name);
  if (already !== undefined && !(already.kind === "account" && isSame(already.account, account))) return false;
  terms.pinned.set(name, { kind: "account", account });
  return true;
};

const pinState = (
  terms: Terms,
  status: AutoBeDatabase.IPlainField,
  { operator, value }: AutoBeOpenApi.ICondition,
): boolean => {
  if (operator === "=") {
    if (terms.state !== null && terms.state !== value) return false;
    terms.state = value;
    return true;
  }
  if (terms.state !== null) return terms.state !== value;
  if (status.default === value) terms.state = (status.values ?? []).find((one) => one !== value) ?? null;
  return terms.state !== null || status.default !== value;
};

/** A plain column that must have, or not have, a value. */
const pinColumn = (
  knowledge: Knowledge,
  model: AutoBeDatabase.IModel,
  properties: Record<string, unknown>,
  overrides: Map<string, string>,
  { path, operator, value }: AutoBeOpenApi.ICondition,
): boolean => {
  const name = path[0]!;
  const field = model.plainFields.find((one) => one.name === name);
  if (field === undefined) return false;
  if (properties[name] === undefined) return true; // judged in the end
  const has = overrides.get(name);
  if (isOrder(operator)) {
    const known = has ?? knowledge.sampled(model, name);
    if (known !== null && known !== GIVEN && known !== "null" && isMet(field.type, known, { operator, value })) {
      overrides.set(name, known);
      return true;
    }
    const other = has === undefined ? beyond(field, { operator, value }) : null;
    if (other !== null) overrides.set(name, other);
    return other !== null;
  }
  if (operator === "=") {
    if (has !== undefined && has !== value) return false;
    overrides.set(name, value);
    return true;
  }
  if (value === "null") return has !== "null";
  if (has !== undefined) return has !== value;
  const others = field.type === "boolean" ? ["true", "false"] : (field.values ?? []);
  const other = others.find((one) => one !== value);
  if (other !== undefined) overrides.set(name, other);
  return true;
};

/** A moment that is not the one of the sample takes with it the one that must come before, or after. */
const keepOrders = (
  model: AutoBeDatabase.IModel,
  { refusals }: AutoBeOpenApi.IOperation,
  properties: Record<string, unknown>,
  overrides: Map<string, string>,
): void => {
  const typeOf = (name: string): AutoBeDatabase.ColumnType | undefined =>
    model.plainFields.find((field) => field.name === name)?.type;
  for (const { provoke } of refusals) {
    if (provoke?.kind !== "order") continue;
    const pair = [provoke.first, provoke.second] as const;
    for (const [name, other, days] of [[...pair, 1] as const, [pair[1], pair[0], -1] as const]) {
      const [value, type] = [overrides.get(name), typeOf(name)];
      if (value === undefined || value === "null" || overrides.has(other) || properties[other] === undefined) continue;
      if (type === "date") overrides.set(other, shifted(value, days));
      if (type === "datetime") overrides.set(other, `${shifted(value, days)}T09:30:00.000Z`);
    }
  }
};
