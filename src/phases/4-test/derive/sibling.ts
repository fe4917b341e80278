/** Which relations of a planned row other rows like it cannot share. */
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { Knowledge, Plan } from "./knowledge.js";

/**
 * Null where a constraint leaves no room. `pinned` relations stay as they are.
 * @param rows how many like it there are to be; null for one that is to be refused for what is pinned
 */
export const renewed = (
  knowledge: Knowledge,
  plan: Plan,
  pinned: ReadonlySet<string>,
  rows: number | null,
): Set<string> | null => {
  const made = new Set<string>();
  const { model } = plan;
  /** Other rows first, then other creators, then another place. */
  const cost = (name: string): number =>
    model.parent?.relation === name
      ? 2
      : model.foreignFields.some((field) => field.relation.name === name && field.source?.kind === "actor")
        ? 1
        : 0;
  const scarce = scarceOf(knowledge, plan);
  for (const relations of [...scarce, ...limitsOf(knowledge, model, rows ?? 2)]) {
    const isMeant = rows === null || !scarce.includes(relations);
    if (relations.some((name) => made.has(name)) || (isMeant && relations.every((name) => pinned.has(name)))) continue;
    if (relations.every((name) => !plan.references.has(name))) continue; // nothing is like nothing
    const name = relations.filter((one) => !pinned.has(one)).sort((x, y) => cost(x) - cost(y))[0];
    if (name === undefined) return null;
    made.add(name);
  }
  return made;
};

/** Uniques whose values all rows of the plan share but for relations; each as its relations. */
export const scarceOf = (knowledge: Knowledge, { model, overrides }: Plan): string[][] => {
  const relationOf = (column: string): string | undefined =>
    model.foreignFields.find((field) => field.name === column)?.relation.name;
  const isVaried = (column: string): boolean => {
    const type = knowledge.sampleOf(model, column)?.type;
    return (
      !overrides.has(column) &&
      type !== undefined &&
      type !== "stringLiteral" &&
      type !== "numericLiteral" &&
      type !== "booleanLiteral"
    );
  };
  return [
    ...model.foreignFields.filter((field) => field.unique).map((field) => [field.relation.name]),
    ...model.uniqueIndexes
      .filter((index) => !index.fieldNames.some((column) => relationOf(column) === undefined && isVaried(column)))
      .filter((index) => index.fieldNames.length > 1 || overrides.get(index.fieldNames[0]!) !== "null")
      .map((index) => index.fieldNames.flatMap((column) => relationOf(column) ?? [])),
  ];
};

/** Relations of which one row has room for fewer than that many. */
export const limitsOf = (knowledge: Knowledge, model: AutoBeDatabase.IModel, rows: number): string[][] =>
  knowledge.document.operations
    .filter((operation) => operation.kind === "create" && operation.model === model.name)
    .flatMap((operation) => operation.refusals)
    .flatMap(({ provoke }) => (provoke?.kind === "limit" && provoke.maximum < rows ? [[provoke.relation]] : []));

/** A row that a test makes, and the key expression behind each of its relations. */
export interface Made {
  plan: Plan;
  keys: Map<string, string>;
}

/** The first model of which the rows made break a constraint among themselves. */
export const crowded = (knowledge: Knowledge, rows: readonly Made[]): AutoBeDatabase.IModel | null => {
  for (const { plan, keys } of rows) {
    const alike = rows.filter((one) => one.plan.model === plan.model);
    const sharing = (relations: string[]): number =>
      alike.filter((one) => relations.every((name) => keys.has(name) && keys.get(name) === one.keys.get(name))).length;
    const isBroken =
      scarceOf(knowledge, plan).some((relations) => sharing(relations) > 1) ||
      limitsOf(knowledge, plan.model, alike.length).some(([relation]) =>
        limitsOf(knowledge, plan.model, sharing([relation!])).some(([one]) => one === relation),
      );
    if (isBroken) return plan.model;
  }
  return null;
};
