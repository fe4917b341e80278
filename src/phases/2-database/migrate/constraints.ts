/** Ranges, uniques and trigrams of a table that stays: gone before its columns change, made after them over rows that obey. */
import { type Constraint, constraintsOf, quote } from "../sql.js";
import { columnsOf } from "./column.js";
import type { Pair, Plan } from "./plan.js";
import { alter, guard, step } from "./statement.js";

/** Comes before the columns are looked at, and takes all uniques out of Prisma's hands: whether one is ours depends on what is nullable. */
export const changeConstraints = (plan: Plan, pair: Pair): Constraint[] => {
  const [old, next] = [constraintsOf(pair.old), constraintsOf(pair.next)];
  const isSame = (one: Constraint, other: Constraint): boolean =>
    one.name === other.name && one.create === other.create && !(one.kind === "range" && isRetyped(plan, pair, one));
  for (const one of old) if (!next.some((other) => isSame(one, other))) plan.early.push(dropped(one));
  for (const model of [pair.from, pair.to]) {
    model.uniqueIndexes = [];
    for (const field of model.foreignFields) field.unique = false;
  }
  return next.filter((one) => !old.some((other) => isSame(one, other)));
};

/** Constraints over rows that may be there already. */
export const printGuards = (constraints: readonly Constraint[]): string[] =>
  constraints.filter((one) => one.kind !== "gin").map(guarded);

/** PostgreSQL writes a condition down with the types that it was made with. */
const isRetyped = (plan: Plan, { old, next }: Pair, { columns }: Constraint): boolean => {
  const [before, after] = [columnsOf(plan.from, old), columnsOf(plan.to, next)];
  return columns.some((name) => before.get(name)?.type !== after.get(name)?.type);
};

const dropped = ({ kind, table, name }: Constraint): string =>
  kind === "range"
    ? step("Range", alter(table, `DROP CONSTRAINT ${quote(name)}`))
    : step(kind === "unique" ? "Unique" : "Trigrams", `DROP INDEX ${quote(name)}`);

const guarded = ({ kind, table, columns, broken }: Constraint): string => {
  const members = columns.map((name) => `"${name}"`).join(", ");
  return guard(
    table,
    broken,
    kind === "range"
      ? `rows of "${table}" have a ${members} outside of its new bounds. Change them, then migrate again.`
      : `rows of "${table}" are alike in ${members}, which is unique from now on. Change or remove them, then migrate again.`,
  );
};
