/** The columns of a table that stays: what changes in place, what is filled, what has to be there already. */
import { constraintName, spoken } from "../../../base/naming.js";
import { type AutoBeDatabase, columnOf, modelNamed } from "../ast.js";
import { BARE_COLUMN } from "../derive/columns.js";
import { enumType, quote } from "../sql.js";
import { castColumn } from "./cast.js";
import { type Column, columnsOf, neutral } from "./column.js";
import { changeEnum, createEnum } from "./enumeration.js";
import type { Pair, Plan } from "./plan.js";
import { alter, guard, step } from "./statement.js";

export const changeColumns = (plan: Plan, pair: Pair): void => {
  const before = columnsOf(plan.from, pair.from);
  const after = columnsOf(plan.to, pair.to);
  for (const next of after.values()) {
    const old = before.get(next.name);
    if (old === undefined) addColumn(plan, pair, next);
    else keepColumn(plan, pair, old, next);
  }
  for (const old of before.values()) if (!after.has(old.name)) loseColumn(plan, pair, old);
};

/** A required column is added with a value for the rows that are there; a key cannot have one. */
const addColumn = (plan: Plan, { next: { table }, to }: Pair, column: Column): void => {
  if (column.nullable || column.default !== null) return;
  if (column.foreign !== null) {
    requireLater(plan, to, column);
    return;
  }
  const field = plainOf(to, column.name);
  field.default = neutral(field);
  plan.warnings.push(`"${table}"."${column.name}" is new and required: rows that exist get ${said(field.default)}.`);
  plan.late.push(
    step(
      `Rows that existed hold ${said(field.default)} in "${table}"."${column.name}"; new ones say it themselves`,
      alter(table, `ALTER COLUMN ${quote(column.name)} DROP DEFAULT`),
    ),
  );
};

const keepColumn = (plan: Plan, pair: Pair, old: Column, next: Column): void => {
  if (next.foreign === null && old.foreign !== null) releaseKey(plan, pair.from, old.foreign);
  if (next.foreign === null || old.foreign === null) changeType(plan, pair, old, next);
  if (next.foreign !== null) checkTarget(plan, pair, old, next);
  if (old.nullable && !next.nullable) requireLater(plan, pair.to, next);
};

const changeType = (plan: Plan, { from, next: { table } }: Pair, old: Column, next: Column): void => {
  const field = plainOf(from, next.name);
  const isEnum = old.kind === "enum" && next.kind === "enum";
  if (isEnum && old.values!.join() !== next.values!.join()) {
    const { sql, gone, instead, isBare } = changeEnum(table, enumType(plan.from, from, field), old, next);
    plan.early.push(sql);
    if (gone.length !== 0)
      plan.warnings.push(
        `Rows whose "${table}"."${next.name}" is ${gone.map(said).join(" or ")} get ${said(instead)}.`,
      );
    if (isBare) field.default = null;
    field.values = next.values;
  } else if (old.type !== next.type) {
    const steps = [
      ...(old.default === null ? [] : [step("Default", alter(table, `ALTER COLUMN ${quote(old.name)} DROP DEFAULT`))]),
      ...(next.kind === "enum" ? [step("Enum", createEnum(next.type.slice(1, -1), next.values!))] : []),
      castColumn(table, old, next),
      ...(old.kind === "enum" ? [step("Enum", `DROP TYPE ${old.type}`)] : []),
    ];
    plan.early.push(...steps);
    field.default = null;
    Object.assign(field, bare(next));
  } else if (!isEnum) Object.assign(field, bare(next));
};

/** What decides on the type of a column, and nothing else. */
const bare = ({ plain }: Column): Pick<AutoBeDatabase.IPlainField, "type" | "values" | "maximum"> => ({
  type: plain?.type ?? "uuid",
  values: plain?.values ?? null,
  maximum: plain?.type === "string" ? plain.maximum : null,
});

/** Rows without a value are filled with the default; where there is none, nothing is made up. */
const requireLater = (plan: Plan, to: AutoBeDatabase.IModel, column: Column): void => {
  const { table } = to;
  const eased = to.foreignFields.find((one) => columnOf(one) === column.name) ?? plainOf(to, column.name);
  eased.nullable = true;
  const name = quote(column.name);
  if (column.default !== null)
    plan.late.push(
      step(
        `Rows without "${column.name}" get its default`,
        `UPDATE ${quote(table)} SET ${name} = DEFAULT WHERE ${name} IS NULL`,
      ),
    );
  else
    plan.late.push(
      guard(
        table,
        `WHERE ${name} IS NULL`,
        `rows of "${table}" have no "${column.name}", which is required from now on. Fill or remove them, then migrate again.`,
      ),
    );
  plan.late.push(step("Required", alter(table, `ALTER COLUMN ${name} SET NOT NULL`)));
};

/** A foreign key that becomes a plain column keeps its values, and is a plain column by the time Prisma looks. */
const releaseKey = (plan: Plan, from: AutoBeDatabase.IModel, field: AutoBeDatabase.IForeignField): void => {
  const name = constraintName([from.table, columnOf(field)], "fkey");
  plan.early.push(step("Foreign key", alter(from.table, `DROP CONSTRAINT ${quote(name)}`)));
  from.foreignFields = from.foreignFields.filter((one) => one !== field);
  from.plainFields.push({ ...BARE_COLUMN, name: field.name, type: "uuid", description: "", nullable: field.nullable });
};

/** Rows must point to rows that are there, where a key is new or leads elsewhere. */
const checkTarget = (plan: Plan, { next: { table } }: Pair, old: Column, next: Column): void => {
  const target = next.foreign!.relation.targetModel;
  if (old.foreign?.relation.targetModel === target) return;
  const there = modelNamed(plan.from, target);
  const isAbsent =
    there === undefined
      ? ""
      : ` AND NOT EXISTS (SELECT 1 FROM ${quote(there.table)} AS "target" WHERE "target"."id" = ${quote(table)}.${quote(next.name)})`;
  plan.early.push(
    guard(
      table,
      `WHERE ${quote(next.name)} IS NOT NULL${isAbsent}`,
      `rows of "${table}" have a "${next.name}" that is no ${spoken(target)}. Change or remove them, then migrate again.`,
    ),
  );
};

const loseColumn = (plan: Plan, { next: { table } }: Pair, column: Column): void => {
  if (column.plain?.source?.kind === "erase")
    plan.early.push(
      guard(
        table,
        `WHERE ${quote(column.name)} IS NOT NULL`,
        `rows of "${table}" were erased and would be there again without "${column.name}". Remove them for good, then migrate again.`,
      ),
    );
  plan.drops.push(`column "${table}"."${column.name}" with its values`);
};

const plainOf = (model: AutoBeDatabase.IModel, column: string): AutoBeDatabase.IPlainField =>
  model.plainFields.find((field) => columnOf(field) === column)!;

const said = (value: string): string => `"${value}"`;
