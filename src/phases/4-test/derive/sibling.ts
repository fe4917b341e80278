/** Which relations of a planned row other rows like it cannot share. */
import type { IExpression } from "../../../base/expression.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
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
  const limits = limitsOf(knowledge, model, rows ?? 2).map((relations) => ({
    relations,
    room: 0,
    areNullsEqual: false,
  }));
  for (const one of [...scarce, ...limits]) {
    const { relations, room } = one;
    if (room >= (rows ?? 2)) continue;
    const isMeant = rows === null || !scarce.includes(one);
    if (relations.some((name) => made.has(name)) || (isMeant && relations.every((name) => pinned.has(name)))) continue;
    const isNothing = relations.length !== 0 && relations.every((name) => !plan.references.has(name));
    if (isNothing && !one.areNullsEqual) continue;
    const name = relations.filter((one) => !pinned.has(one)).sort((x, y) => cost(x) - cost(y))[0];
    if (name === undefined) return null;
    made.add(name);
  }
  return made;
};

/** Rows that share these relations have room beside one another for so many. */
interface Scarcity {
  relations: string[];
  room: number;
  /** In a unique of several columns nothing is like nothing. */
  areNullsEqual: boolean;
}

/** Uniques whose values run out, as the sample of the plan makes them. */
export const scarceOf = (knowledge: Knowledge, { model, overrides }: Plan): Scarcity[] => {
  const relationOf = (column: string): string | undefined =>
    model.foreignFields.find((field) => field.name === column)?.relation.name;
  const isMade = (column: string): boolean =>
    model.plainFields.some((field) => field.name === column && field.generated !== undefined);
  const roomOf = (column: string): number => {
    if (isMade(column)) return Number.POSITIVE_INFINITY;
    return overrides.has(column) ? 1 : roomIn(knowledge.sampleOf(model, column));
  };
  return [
    ...model.foreignFields
      .filter((field) => field.unique)
      .map((field) => ({ relations: [field.relation.name], room: 1, areNullsEqual: false })),
    ...model.uniqueIndexes
      .filter((index) => index.fieldNames.length > 1 || overrides.get(index.fieldNames[0]!) !== "null")
      .map((index) => ({
        areNullsEqual: index.fieldNames.length > 1 && index.nulls !== "distinct",
        relations: index.fieldNames.flatMap((column) => relationOf(column) ?? []),
        room: index.fieldNames
          .filter((column) => relationOf(column) === undefined)
          .reduce((room, column) => room * roomOf(column), 1),
      }))
      .filter(({ room }) => Number.isFinite(room)),
  ];
};

/** How many values an expression of a sample goes through before it begins again. */
const roomIn = (sample: IExpression | undefined): number => {
  if (sample === undefined) return 1;
  if (sample.type !== "callExpression") return /Literal$/.test(sample.type) ? 1 : Number.POSITIVE_INFINITY;
  const [inner, least, largest] = sample.arguments;
  if (sample.expression.type === "identifier" && sample.expression.text === "String") return roomIn(inner);
  if (least?.type === "arrayLiteralExpression") return least.elements.length;
  if (least?.type === "numericLiteral" && largest?.type === "numericLiteral") return largest.value - least.value + 1;
  return Number.POSITIVE_INFINITY;
};

/** Relations of which one row has room for fewer than that many. */
export const limitsOf = (knowledge: Knowledge, model: AutoBeDatabase.IModel, rows: number): string[][] =>
  knowledge.document.operations
    .filter((operation) => operation.kind === "create" && operation.model === model.name)
    .flatMap((operation) => operation.refusals)
    .flatMap(({ provoke }) => {
      const known = provoke === null ? null : constantOf(provoke);
      return known !== null && known.maximum < rows ? [[known.relation]] : [];
    });

/** How many rows a constant limit leaves room for; of numbers that are added up one is sure to have it. */
const constantOf = (provoke: AutoBeOpenApi.IProvocation): { relation: string; maximum: number } | null => {
  if (provoke.kind === "limit") return provoke;
  if (provoke.kind !== "capacity" || provoke.maximum === null) return null;
  return { relation: provoke.relation, maximum: provoke.column === null ? provoke.maximum : 1 };
};

/** A row that a test makes, and the key expression behind each of its relations. */
export interface Made {
  plan: Plan;
  keys: Map<string, string>;
}

/** The first model of which the rows made break a constraint among themselves. */
export const crowded = (knowledge: Knowledge, rows: readonly Made[]): AutoBeDatabase.IModel | null => {
  for (const { plan, keys } of rows) {
    const alike = rows.filter((one) => one.plan.model === plan.model);
    const sharing = (relations: string[], areNullsEqual = false): number =>
      alike.filter((one) =>
        relations.every((name) => (areNullsEqual || keys.has(name)) && keys.get(name) === one.keys.get(name)),
      ).length;
    const isBroken =
      scarceOf(knowledge, plan).some((one) => sharing(one.relations, one.areNullsEqual) > one.room) ||
      limitsOf(knowledge, plan.model, alike.length).some(([relation]) =>
        limitsOf(knowledge, plan.model, sharing([relation!])).some(([one]) => one === relation),
      );
    if (isBroken) return plan.model;
  }
  return null;
};
