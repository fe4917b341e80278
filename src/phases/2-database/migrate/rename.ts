/** What was renamed on purpose keeps its rows: the old database under its new names, and the statements that bring it there. */

import { Bug } from "../../../base/mishap.js";
import { foreignKey } from "../../../base/naming.js";
import { type AutoBeDatabase, columnOf, modelNamed, modelsOf } from "../ast.js";
import { quote } from "../sql.js";
import { columnsOf } from "./column.js";
import { renameAll } from "./names.js";
import { alter, step } from "./statement.js";

/** Tables and members are told apart by `model`: null for a table, else the table of the member as it was called before. */
export interface Rename {
  model: string | null;
  from: string;
  /** A relation is called by its role, without `Id`. */
  to: string;
}

export interface Renamed {
  /** The old database, under its new names. */
  database: AutoBeDatabase.IApplication;
  statements: string[];
  /** Columns that had to make room for what was renamed to them. */
  drops: string[];
}

export const rename = (
  before: AutoBeDatabase.IApplication,
  after: AutoBeDatabase.IApplication,
  renames: readonly Rename[],
): Renamed => {
  for (const one of renames) refuse(complaintOf(before, after, renames, one));
  const cleared = structuredClone(before);
  const made: Renamed = { database: cleared, statements: [], drops: [] };
  for (const model of modelsOf(cleared)) clear(made, cleared, model, movesOf(renames, model.name));
  const database = structuredClone(cleared);
  for (const model of modelsOf(database)) renameMembers(model, movesOf(renames, model.name));
  renameModels(database, after, movesOf(renames, null));
  made.database = database;
  made.statements.push(...renameAll(cleared, database));
  return made;
};

/** New name of a table that was renamed, the old one of any other. */
export const renamedModel = (renames: readonly Rename[], name: string): string =>
  movesOf(renames, null).get(name) ?? name;

const movesOf = (renames: readonly Rename[], model: string | null): Map<string, string> =>
  new Map(renames.filter((one) => one.model === model).map(({ from, to }) => [from, to]));

/** A column goes first whose name another takes. */
const clear = (
  made: Renamed,
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  moves: Map<string, string>,
): void => {
  const targets = [...moves].flatMap(([from, to]) =>
    model.foreignFields.some((field) => field.relation.name === from) ? [foreignKey(to)] : [to],
  );
  const sources = new Set([...moves.keys()].flatMap((name) => [name, foreignKey(name)]));
  for (const field of [...model.plainFields, ...model.foreignFields]) {
    if (!targets.includes(field.name) || sources.has(field.name)) continue;
    const column = columnsOf(database, model).get(columnOf(field))!;
    made.drops.push(`column "${model.table}"."${column.name}" with its values`);
    made.statements.push(
      step(
        "Room for what is renamed",
        alter(model.table, `DROP COLUMN ${quote(column.name)}`),
        ...(column.kind === "enum" ? [`DROP TYPE ${column.type}`] : []),
      ),
    );
    model.plainFields = model.plainFields.filter((one) => one !== field);
    model.foreignFields = model.foreignFields.filter((one) => one !== field);
    // PostgreSQL drops what a column is part of along with it
    const isFree = ({ fieldNames }: { fieldNames: string[] }): boolean => !fieldNames.includes(field.name);
    model.uniqueIndexes = model.uniqueIndexes.filter(isFree);
    model.plainIndexes = model.plainIndexes.filter(isFree);
    model.ginIndexes = model.ginIndexes.filter(({ fieldName }) => fieldName !== field.name);
  }
};

const renameMembers = (model: AutoBeDatabase.IModel, moves: Map<string, string>): void => {
  const moved = (name: string): string => moves.get(name) ?? name;
  const columns = new Map<string, string>();
  for (const field of model.plainFields) {
    columns.set(field.name, moved(field.name));
    field.name = moved(field.name);
  }
  for (const field of model.foreignFields) {
    const { relation, name } = field;
    if (moves.has(relation.name)) field.name = foreignKey(moved(relation.name));
    columns.set(name, field.name);
    if (model.parent?.relation === relation.name) model.parent.relation = moved(relation.name);
    relation.name = moved(relation.name);
  }
  for (const link of model.links) link.name = moved(link.name);
  const inColumns = (names: string[]): string[] => names.map((name) => columns.get(name) ?? name);
  for (const index of [...model.uniqueIndexes, ...model.plainIndexes]) index.fieldNames = inColumns(index.fieldNames);
  for (const index of model.ginIndexes) [index.fieldName] = inColumns([index.fieldName]) as [string];
};

/** A table is the same by the name of its model, whatever it is called in the database. */
const renameModels = (
  database: AutoBeDatabase.IApplication,
  after: AutoBeDatabase.IApplication,
  moves: Map<string, string>,
): void => {
  const moved = (name: string): string => moves.get(name) ?? name;
  database.prefix = after.prefix;
  for (const model of modelsOf(database)) {
    model.name = moved(model.name);
    model.table = modelNamed(after, model.name)?.table ?? model.table;
    if (model.parent !== null) model.parent.model = moved(model.parent.model);
    for (const { relation } of model.foreignFields) relation.targetModel = moved(relation.targetModel);
    for (const link of model.links) link.targetModel = moved(link.targetModel);
  }
};

/** What speaks against a rename, one sentence; null where nothing does. */
export const complaintOf = (
  before: AutoBeDatabase.IApplication,
  after: AutoBeDatabase.IApplication,
  renames: readonly Rename[],
  { model, from, to }: Rename,
): string | null => {
  const has = (database: AutoBeDatabase.IApplication, name: string | null, member: string): boolean => {
    if (name === null) return modelNamed(database, member) !== undefined;
    const found = modelNamed(database, name);
    return (
      found !== undefined &&
      ([...found.plainFields, ...found.links].some((one) => one.name === member) ||
        found.foreignFields.some((one) => one.relation.name === member))
    );
  };
  if (!has(before, model, from)) return `There is no ${from} that could have been renamed to ${to}.`;
  if (!has(after, model === null ? null : renamedModel(renames, model), to))
    return `Nothing is called ${to}, which ${from} was renamed to.`;
  // a column makes room for another, a table full of rows does not
  const isTable = model === null || modelNamed(before, model)!.links.some((link) => link.name === from);
  const isLeaving = renames.some((one) => one.model === model && one.from === to);
  return isTable && has(before, model, to) && !isLeaving
    ? `${from} cannot be renamed to ${to}: there is one already.`
    : null;
};

/** Whoever names a rename has to have checked it: one that is wrong would lose a column. */
const refuse = (complaint: string | null): void => {
  if (complaint !== null) throw new Bug(complaint);
};
