/** Renames of what is there before and after a change. */
import { foreignKey, tableName } from "../../src/base/naming.js";
import { type AutoBeDatabase, modelNamed, modelsOf } from "../../src/phases/2-database/ast.js";
import type { Rename } from "../../src/phases/2-database/migrate.js";

type Database = AutoBeDatabase.IApplication;
type Model = AutoBeDatabase.IModel;

/** Changes `after`; null where there is nothing that could be renamed. */
export const renameOne = (
  before: Database,
  after: Database,
  renames: readonly Rename[],
  { model: which, at, to }: { model: number; at: number; to: number },
): Rename | null => {
  const kept = modelsOf(after).filter((model) => modelNamed(before, model.name) !== undefined);
  const model = kept[which % kept.length];
  if (model === undefined) return null;
  if (at % 4 === 0) return renameModel(after, model, `Another${renames.length}`);
  const old = modelNamed(before, model.name)!;
  const names = MEMBERS[at % 3]!(model).filter((name) => MEMBERS[at % 3]!(old).includes(name));
  const from = names[to % names.length];
  if (from === undefined) return null;
  renameMember(model, from, `another${renames.length}`);
  return { model: model.name, from, to: `another${renames.length}` };
};

const MEMBERS: ((model: Model) => string[])[] = [
  (model) => model.plainFields.map((field) => field.name),
  (model) => model.foreignFields.map((field) => field.relation.name),
  (model) => model.links.map((link) => link.name),
];

const renameMember = (model: Model, from: string, to: string): void => {
  const key = model.foreignFields.find((field) => field.relation.name === from);
  const [old, next] = key === undefined ? [from, to] : [key.name, foreignKey(to)];
  for (const field of [...model.plainFields, ...model.links]) if (field.name === from) field.name = to;
  if (key !== undefined) {
    key.name = next;
    key.relation.name = to;
    if (model.parent?.relation === from) model.parent.relation = to;
  }
  for (const index of [...model.uniqueIndexes, ...model.plainIndexes])
    index.fieldNames = index.fieldNames.map((name) => (name === old ? next : name));
  for (const index of model.ginIndexes) if (index.fieldName === old) index.fieldName = next;
};

const renameModel = (database: Database, model: Model, to: string): Rename => {
  const from = model.name;
  model.name = to;
  model.table = tableName(database.prefix, to);
  for (const one of modelsOf(database)) {
    if (one.parent?.model === from) one.parent.model = to;
    for (const { relation } of one.foreignFields) if (relation.targetModel === from) relation.targetModel = to;
    for (const link of one.links) if (link.targetModel === from) link.targetModel = to;
  }
  return { model: null, from, to };
};
