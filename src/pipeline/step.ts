/** The step from what was released to the database of this run: what the migration is called, and which renames led there. */
import { slug } from "../base/naming.js";
import type { Renamed } from "../phases/1-analyze/change/rename.js";
import type { AutoBeDatabase } from "../phases/2-database/ast.js";
import { complaintOf } from "../phases/2-database/migrate/rename.js";
import type { Rename } from "../phases/2-database/migrate.js";
import type { History, Step } from "./history.js";

/** Called after the first change that was not released yet: what follows until then goes into the same migration. */
export const stepOf = (
  history: History | null,
  database: AutoBeDatabase.IApplication,
  changes: readonly string[],
  renames: readonly Renamed[][],
): Step => {
  if (history === null) return { name: "change", renames: [] };
  const name = slug(changes[history.changes] ?? "") || "change";
  const composed = compose(renames.slice(history.changes));
  return { name, renames: holding(history.database, database, composed) };
};

/** Several changes may rename one thing: from what was released, it is one rename. */
const compose = (generations: readonly Renamed[][]): Rename[] => {
  const models = new Map<string, string>(); // as it is called now → as it was released
  const members = new Map<string, { model: string; from: string; now: string }>(); // `model.now` of the released model
  for (const generation of generations) {
    for (const { entity, member, to } of generation.filter((one) => one.member !== null)) {
      const model = models.get(entity) ?? entity;
      const from = members.get(`${model}.${member}`)?.from ?? member!;
      members.delete(`${model}.${member}`);
      members.set(`${model}.${to}`, { model, from, now: to });
    }
    const moves = generation.filter((one) => one.member === null);
    const origins = moves.map(({ entity, to }) => ({ entity, to, from: models.get(entity) ?? entity }));
    for (const { entity } of origins) models.delete(entity);
    for (const { to, from } of origins) models.set(to, from);
  }
  return [
    ...[...models].map(([to, from]): Rename => ({ model: null, from, to })),
    ...[...members.values()].map(({ model, from, now }): Rename => ({ model, from, to: now })),
  ].filter(({ from, to }) => from !== to);
};

/** What came and went since is no rename: its column is new, or gone. */
const holding = (
  before: AutoBeDatabase.IApplication,
  after: AutoBeDatabase.IApplication,
  renames: readonly Rename[],
): Rename[] => {
  const left = renames.filter((one) => complaintOf(before, after, renames, one) === null);
  return left.length === renames.length ? left : holding(before, after, left);
};
