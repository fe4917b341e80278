/** Applies the differences a model answered to the draft; what it is silent about stays. */
import { camel, collection, foreignKey, pascal, tableName } from "../../base/naming.js";
import type {
  AutoBeDatabase,
  IArrange,
  IArrangeRelation,
  IArrangeTable,
  IModels,
  IModelsColumn,
  IModelsPointer,
} from "./ast.js";
import { modelNamed, modelsOf } from "./ast.js";
import { BARE_COLUMN, moment } from "./derive/columns.js";
import { setSoftDelete } from "./derive/deletion.js";

export interface Changed {
  database: AutoBeDatabase.IApplication;
  /** `Model` or `Model.member` → path of the item in the answer that made or changed it. */
  origins: Map<string, string>;
}

export const applyArrange = (
  draft: AutoBeDatabase.IApplication,
  namespace: string,
  answer: Pick<IArrange, "tables" | "relations">,
): Changed => {
  const changed: Changed = { database: structuredClone(draft), origins: new Map() };
  answer.tables.forEach((table, index) => {
    changeTable(changed, namespace, table, `$input.tables[${index}]`);
  });
  answer.relations.forEach((relation, index) => {
    changeRelation(changed, namespace, relation, `$input.relations[${index}]`);
  });
  answer.tables.forEach((table) => {
    const model = ownModel(changed.database, namespace, table.name);
    setParent(model, table);
    if (model !== undefined && table.softDelete !== undefined) setSoftDelete(model, table.softDelete);
  });
  for (const model of modelsOf(changed.database)) if (model.softDelete) setSoftDelete(model, true);
  return changed;
};

/** `requirementsOf` says which requirements stand behind an obligation that was shown. */
export const applyModels = (
  draft: AutoBeDatabase.IApplication,
  answer: Pick<IModels, "columns" | "pointers" | "uniques" | "indexes">,
  requirementsOf: (obligation: string) => string[],
): Changed => {
  const changed: Changed = { database: structuredClone(draft), origins: new Map() };
  const change = (table: string, member: string, path: string, act: (model: AutoBeDatabase.IModel) => void): void => {
    const model = modelNamed(changed.database, table);
    if (model === undefined) return;
    act(model);
    changed.origins.set(`${table}.${member}`, path);
  };
  answer.columns.forEach((column, index) => {
    const serves = column.serves.flatMap(requirementsOf);
    change(column.table, column.name, `$input.columns[${index}]`, (model) => changeColumn(model, column, serves));
  });
  answer.pointers.forEach((pointer, index) => {
    change(pointer.table, pointer.name, `$input.pointers[${index}]`, (model) => changePointer(model, pointer));
  });
  answer.uniques.forEach(({ table, members, serves }, index) => {
    change(table, members[0]!, `$input.uniques[${index}]`, (model) => {
      const fieldNames = members.map((member) => columnOf(model, member));
      const rule = serves.find((id) => id.startsWith(`${table}.`)) ?? null;
      if (!hasIndex(model.uniqueIndexes, fieldNames)) model.uniqueIndexes.push({ fieldNames, rule });
    });
  });
  answer.indexes.forEach(({ table, members }, index) => {
    change(table, members[0]!, `$input.indexes[${index}]`, (model) => {
      const fieldNames = members.map((member) => columnOf(model, member));
      if (!hasIndex(model.plainIndexes, fieldNames)) model.plainIndexes.push({ fieldNames });
    });
  });
  return changed;
};

/** Column of a member: a relation's is its foreign key. */
export const columnOf = (model: AutoBeDatabase.IModel, member: string): string =>
  model.foreignFields.find((field) => field.relation.name === member)?.name ?? member;

const hasIndex = (indexes: readonly { fieldNames: string[] }[], fieldNames: string[]): boolean =>
  indexes.some((index) => index.fieldNames.join() === fieldNames.join());

/** A module arranges its own tables only; one of another's name is a second table, which the check refuses. */
const ownModel = (
  database: AutoBeDatabase.IApplication,
  namespace: string,
  name: string,
): AutoBeDatabase.IModel | undefined =>
  database.files.find((file) => file.namespace === namespace)?.models.find((model) => model.name === name);

const changeTable = (changed: Changed, namespace: string, said: IArrangeTable, path: string): void => {
  const { database, origins } = changed;
  const model = ownModel(database, namespace, said.name);
  if (model === undefined)
    database.files.find((file) => file.namespace === namespace)?.models.push(newModel(database.prefix, said));
  else model.stance = said.composed ? "subsidiary" : said.stance;
  origins.set(said.name, path);
};

const newModel = (prefix: string, { name, note, stance }: IArrangeTable): AutoBeDatabase.IModel => ({
  name,
  table: tableName(prefix, name),
  description: note,
  stance,
  material: false,
  entity: null,
  parent: null,
  softDelete: false,
  primaryField: { name: "id", type: "uuid", description: "Key of the row." },
  foreignFields: [],
  plainFields: [moment("createdAt", "When the row came to be."), moment("updatedAt", "When the row last changed.")],
  links: [],
  uniqueIndexes: [],
  plainIndexes: [],
  ginIndexes: [],
});

/** A table that was arranged is reached through the parent it has, or through its first required relation that cascades. */
const setParent = (model: AutoBeDatabase.IModel | undefined, said: IArrangeTable): void => {
  if (model === undefined) return;
  const kind = said.composed ? "composed" : "routed";
  const through = model.foreignFields.find((field) => !field.nullable && field.onDelete === "cascade");
  if (model.parent !== null) model.parent.kind = kind;
  else if (said.stance === "subsidiary" && through !== undefined)
    model.parent = { relation: through.relation.name, model: through.relation.targetModel, kind };
};

const changeRelation = (changed: Changed, namespace: string, said: IArrangeRelation, path: string): void => {
  const model = ownModel(changed.database, namespace, said.table);
  if (model === undefined) return;
  changed.origins.set(`${said.table}.${said.name}`, path);
  let field = model.foreignFields.find((one) => one.relation.name === said.name);
  if (field === undefined) {
    field = newRelation(changed.database, model, said);
    model.foreignFields.push(field);
  }
  field.nullable = said.nullable;
  field.onDelete = said.onErase;
  field.unique = said.unique;
  const own = model.plainIndexes.filter((index) => index.fieldNames.join() !== said.name + "Id");
  model.plainIndexes = said.unique ? own : [...own, { fieldNames: [field.name] }];
};

const newRelation = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  { name, note, target, nullable, unique, onErase }: IArrangeRelation,
): AutoBeDatabase.IForeignField => ({
  name: foreignKey(name),
  type: "uuid",
  description: note,
  relation: {
    name,
    targetModel: target,
    oppositeName: oppositeOf(database, model, name, target),
    mappingName: `${model.name}${pascal(name)}`,
  },
  unique,
  nullable,
  onDelete: onErase,
  writer: "server",
  source: null,
  requirements: [],
});

const oppositeOf = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  relation: string,
  target: string,
): string => {
  const plain = collection(model.name);
  const isTaken = model.name === target || membersOf(database, target).includes(plain);
  return isTaken ? `${plain}As${pascal(relation)}` : plain;
};

/** Every name that is taken on a model, those that lead back from other models included. */
export const membersOf = (database: AutoBeDatabase.IApplication, name: string): string[] => {
  const models = database.files.flatMap((file) => file.models);
  const model = models.find((one) => one.name === name);
  const back = models.flatMap((one) => [
    ...one.foreignFields
      .filter(({ relation }) => relation.targetModel === name)
      .map(({ relation }) => relation.oppositeName),
    ...one.links.filter((link) => link.targetModel === name).map((link) => link.oppositeName),
  ]);
  if (model === undefined) return back;
  return [
    "id",
    ...model.foreignFields.flatMap((field) => [field.name, field.relation.name]),
    ...model.plainFields.map((field) => field.name),
    ...model.links.map((link) => link.name),
    ...back,
  ];
};

const changeColumn = (model: AutoBeDatabase.IModel, said: IModelsColumn, serves: string[]): void => {
  const field = model.plainFields.find((one) => one.name === said.name);
  const isSame = field?.type === said.type;
  const kept = <Key extends "values" | "minimum" | "maximum" | "default">(key: Key) =>
    said[key] ?? (isSame ? field[key] : null);
  const next: AutoBeDatabase.IPlainField = {
    ...BARE_COLUMN,
    name: camel(said.name),
    type: said.type,
    description: field?.description ?? said.note,
    nullable: said.nullable,
    default: kept("default"),
    values: said.type === "enum" ? kept("values") : null,
    minimum: kept("minimum"),
    maximum: kept("maximum"),
    writer: said.writer,
    source: said.writer === "server" ? (field?.source ?? null) : null,
    secret: field?.secret ?? false,
    requirements: [...new Set([...(field?.requirements ?? []), ...serves])],
  };
  if (field !== undefined) Object.assign(field, next);
  else {
    const moments = model.plainFields.findIndex((one) => one.name === "createdAt");
    model.plainFields.splice(moments < 0 ? model.plainFields.length : moments, 0, next);
  }
};

const changePointer = (model: AutoBeDatabase.IModel, said: IModelsPointer): void => {
  const field = model.foreignFields.find((one) => one.relation.name === said.name);
  if (field === undefined) return;
  field.nullable = said.nullable;
  field.onDelete = said.onErase;
};
