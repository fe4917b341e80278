/** Two states of a database → the SQL that leads from one to the other and keeps its rows. */
import type { PrismaCompiler } from "../../base/prisma-compiler.js";
import { type AutoBeDatabase, modelNamed, modelsOf } from "./ast.js";
import { changeColumns } from "./migrate/columns.js";
import { changeConstraints, printGuards } from "./migrate/constraints.js";
import { changeLinks, joinTable } from "./migrate/links.js";
import type { Pair, Plan } from "./migrate/plan.js";
import { type Rename, rename, renamedModel } from "./migrate/rename.js";
import { printPrisma } from "./print/prisma.js";
import { type Constraint, constraintsOf, printConstraints } from "./sql.js";

export type { Rename } from "./migrate/rename.js";

export interface Migration {
  sql: string;
  /** What is lost or made up for rows that exist, one sentence each. */
  warnings: string[];
}

/**
 * Null where nothing changes in the database. What is not named in `renames` and disappears is dropped, with a warning. Prisma is left
 * with what cannot fail over rows: tables, new columns, foreign keys, plain indexes and defaults.
 */
export const migrate = async (
  before: AutoBeDatabase.IApplication,
  after: AutoBeDatabase.IApplication,
  prisma: PrismaCompiler,
  renames: readonly Rename[] = [],
): Promise<Migration | null> => {
  const renamed = rename(before, after, renames);
  const plan: Plan = {
    from: renamed.database,
    to: structuredClone(after),
    early: renamed.statements,
    late: [],
    drops: renamed.drops,
    warnings: [],
  };
  const pairs = pairsOf(plan);
  const constraints = pairs.flatMap((pair) => changeConstraints(plan, pair));
  for (const pair of pairs) {
    const old = modelsOf(before).find((model) => renamedModel(renames, model.name) === pair.next.name)!;
    changeLinks(plan, pair, old);
    changeColumns(plan, pair);
  }
  plan.late.push(...printGuards(constraints), printConstraints([...constraints, ...freshOnes(plan, pairs)]));
  plan.drops.push(...lostTables(plan).map((table) => `table "${table}" with its rows`));
  nameApart(plan.from);
  nameApart(plan.to);
  const ddl = await prisma.diff(printPrisma(plan.from).files, printPrisma(plan.to).files);
  const steps = [...plan.early, ddl, ...plan.late].filter((part) => part !== "");
  if (steps.length === 0) return null;
  return {
    sql: [...plan.drops.map((one) => `-- Drops ${one}\n`), ...steps].join("\n"),
    warnings: [...plan.drops.map((one) => `The migration drops ${one}.`), ...plan.warnings],
  };
};

const pairsOf = ({ from, to }: Plan): Pair[] =>
  modelsOf(to).flatMap((model) => {
    const old = modelNamed(from, model.name);
    if (old === undefined) return [];
    return [{ old: structuredClone(old), next: structuredClone(model), from: old, to: model }];
  });

/** What Prisma does not print of tables that are new. */
const freshOnes = ({ to }: Plan, pairs: readonly Pair[]): Constraint[] =>
  modelsOf(to)
    .filter((model) => !pairs.some((pair) => pair.to === model))
    .flatMap(constraintsOf)
    .filter((one) => one.isOurs);

const lostTables = ({ from, to }: Plan): string[] =>
  modelsOf(from)
    .filter((model) => modelNamed(to, model.name) === undefined)
    .flatMap((model) => [model.table, ...model.links.map((link) => joinTable(model, link))]);

/** Properties that lead back are in no table, and may clash while a database is half old and half new; no member of ours has an underscore. */
const nameApart = (database: AutoBeDatabase.IApplication): void => {
  let count = 0;
  for (const model of modelsOf(database)) {
    for (const { relation } of model.foreignFields) {
      relation.mappingName = `${model.name}.${relation.name}`;
      relation.oppositeName = `back_${++count}`;
    }
    for (const link of model.links) link.oppositeName = `back_${++count}`;
  }
};
