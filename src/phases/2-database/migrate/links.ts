/** The join tables of links: which of their two columns stands for which side, and what is lost with one. */
import type { AutoBeDatabase } from "../ast.js";
import { linkTable } from "../print/prisma.js";
import { quote } from "../sql.js";
import type { Pair, Plan } from "./plan.js";
import { alter, step } from "./statement.js";

/** `before` is the table under its old name: Prisma sorts the sides by what they are called. */
export const changeLinks = (plan: Plan, pair: Pair, before: AutoBeDatabase.IModel): void => {
  const { from, next } = pair;
  from.links.forEach((link, index) => {
    const table = joinTable(from, link);
    const kept = next.links.find((one) => joinTable(next, one) === table && one.targetModel === link.targetModel);
    if (kept !== undefined) {
      if (isFirst(before, before.links[index]!) !== isFirst(next, kept)) plan.early.push(swapSides(table));
      return;
    }
    plan.drops.push(`table "${table}" with its rows`);
    // made anew by Prisma where the name stays and what it leads to does not
    plan.early.push(step("Link", `DROP TABLE ${quote(table)}`));
  });
  from.links = from.links.filter((link) =>
    next.links.some((one) => joinTable(next, one) === joinTable(from, link) && one.targetModel === link.targetModel),
  );
};

export const joinTable = (model: AutoBeDatabase.IModel, link: AutoBeDatabase.ILink): string =>
  `_${linkTable(model, link)}`;

/** Whether the declaring side is column A. */
const isFirst = (model: AutoBeDatabase.IModel, link: AutoBeDatabase.ILink): boolean =>
  model.name === link.targetModel ? link.name < link.oppositeName : model.name < link.targetModel;

const swapSides = (table: string): string => {
  const [key, index] = [quote(`${table}_AB_pkey`), quote(`${table}_B_index`)];
  const constraint = (from: string, to: string): string =>
    alter(table, `RENAME CONSTRAINT ${quote(`${table}_${from}_fkey`)} TO ${quote(`${table}_${to}_fkey`)}`);
  const turns = [
    ["A", "C"],
    ["B", "A"],
    ["C", "B"],
  ] as const;
  return step(
    `Sides of "${table}"`,
    ...turns.map(([from, to]) => alter(table, `RENAME COLUMN ${quote(from)} TO ${quote(to)}`)),
    ...turns.map(([from, to]) => constraint(from, to)),
    alter(table, `DROP CONSTRAINT ${key}`),
    alter(table, `ADD CONSTRAINT ${key} PRIMARY KEY ("A", "B")`),
    `DROP INDEX ${index}`,
    `CREATE INDEX ${index} ON ${quote(table)} ("B")`,
  );
};
