/** Judges changed columns, pointers, uniques and indexes: names that exist, changes that may be made, then the AST of it. */
import { isNumber } from "../../../base/comparison.js";
import { type Diagnostic, Findings, nearest } from "../../../base/diagnostic.js";
import { isReserved } from "../../../base/naming.js";
import { type AutoBeDatabase, type IDatabaseUnserved, type IModels, type IModelsColumn, modelNamed } from "../ast.js";
import { applyModels, membersOf } from "../merge.js";
import type { Obligation } from "../obligations.js";
import type { At } from "./at.js";
import { checkDatabase } from "./database.js";

export interface ModelsContext {
  draft: AutoBeDatabase.IApplication;
  /** Tables that were shown, and may be changed. */
  tables: readonly string[];
  obligations: readonly Obligation[];
}

export const checkModels = (context: ModelsContext, answer: IModels): Diagnostic[] => {
  const findings = new Findings();
  answer.columns.forEach((column, index) => {
    const path = `$input.columns[${index}]`;
    const model = tableOf(context, column.table, path, findings);
    if (model !== null) checkColumnChange(context, model, column, path, findings);
  });
  answer.pointers.forEach((pointer, index) => {
    const path = `$input.pointers[${index}]`;
    const model = tableOf(context, pointer.table, path, findings);
    if (model !== null) checkPointer(model, pointer, path, findings);
  });
  for (const key of ["uniques", "indexes"] as const)
    answer[key].forEach((index, at) => {
      const model = tableOf(context, index.table, `$input.${key}[${at}]`, findings);
      if (model !== null) checkMembers(model, answer.columns, index.members, `$input.${key}[${at}].members`, findings);
    });
  const serving = [
    ...answer.columns.map(({ serves }, index) => ({ serves, path: `$input.columns[${index}].serves` })),
    ...answer.uniques.map(({ serves }, index) => ({ serves, path: `$input.uniques[${index}].serves` })),
  ];
  checkServed(context.obligations, serving, answer.unserved, findings, true);
  const { database, origins } = applyModels(context.draft, answer, requirementsBehind(context.obligations));
  return together(findings.list, checkDatabase(database, atAnswer(origins)));
};

/** What is wrong with an item already is not said again in the words of the AST. */
export const together = (said: readonly Diagnostic[], found: readonly Diagnostic[]): Diagnostic[] => {
  const items = new Set(said.map(({ path }) => itemOf(path)));
  return [...said, ...found.filter(({ path }) => !items.has(itemOf(path)) && (path !== "$input" || said.length === 0))];
};

const itemOf = (path: string): string => /^\$input\.\w+\[\d+\]/.exec(path)?.[0] ?? path;

export const requirementsBehind =
  (obligations: readonly Obligation[]) =>
  (id: string): string[] =>
    obligations.find((one) => one.id === id)?.requirements ?? [];

/** The draft was sound, so what is wrong now came by the answer: the item that touched the member, or its table. */
export const atAnswer =
  (origins: ReadonlyMap<string, string>): At =>
  (model, member) =>
    origins.get(`${model}.${member}`) ?? origins.get(model) ?? "$input";

const tableOf = (
  { draft, tables }: ModelsContext,
  table: string,
  path: string,
  findings: Findings,
): AutoBeDatabase.IModel | null => {
  const model = modelNamed(draft, table);
  if (model !== undefined && tables.includes(table)) return model;
  findings.add(
    "DATABASE.UNKNOWN_TABLE",
    `${path}.table`,
    `"${table}" is not among the tables to change; nearest: ${nearest(table, tables)}.`,
  );
  return null;
};

const checkColumnChange = (
  { draft }: ModelsContext,
  model: AutoBeDatabase.IModel,
  said: IModelsColumn,
  path: string,
  findings: Findings,
): void => {
  const field = model.plainFields.find((one) => one.name === said.name);
  const pointer = model.foreignFields.find((one) => one.name === said.name || one.relation.name === said.name);
  if (pointer !== undefined)
    findings.add(
      "DATABASE.COLUMN_IS_POINTER",
      `${path}.name`,
      `"${said.name}" is the foreign key of ${pointer.relation.name}: change it in pointers.`,
    );
  else if (said.name === "id" || (field !== undefined && isDerived(model, field)))
    findings.add(
      "DATABASE.DERIVED_COLUMN",
      `${path}.name`,
      `"${said.name}" is kept by the machine and cannot be changed; leave it out.`,
    );
  else if (field === undefined && isReserved(said.name))
    findings.add("DATABASE.RESERVED_NAME", `${path}.name`, `"${said.name}" is a reserved word; choose another name.`);
  else if (field === undefined && membersOf(draft, model.name).includes(said.name))
    findings.add("DATABASE.DUPLICATE_NAME", `${path}.name`, `${model.name} has "${said.name}" already.`);
  const start = Number(said.default ?? Number.NaN);
  if (isNumber(said.type) && (start < (said.minimum ?? start) || start > (said.maximum ?? start)))
    findings.add(
      "DATABASE.BAD_DEFAULT",
      `${path}.default`,
      `The default ${start} is outside of the bounds of "${said.name}".`,
    );
};

/** Keys, moments, credentials and statuses are the machine's. */
const isDerived = (model: AutoBeDatabase.IModel, field: AutoBeDatabase.IPlainField): boolean =>
  field.source?.kind === "state" ||
  field.secret ||
  field.name === "createdAt" ||
  field.name === "updatedAt" ||
  (model.stance === "actor" && field.name === "email");

const checkPointer = (
  model: AutoBeDatabase.IModel,
  { name }: { name: string },
  path: string,
  findings: Findings,
): void => {
  const names = model.foreignFields.map((field) => field.relation.name);
  findings.require(
    names.includes(name),
    "DATABASE.UNKNOWN_RELATION",
    `${path}.name`,
    `${model.name} has no relation "${name}"; nearest: ${nearest(name, names)}.`,
  );
};

const checkMembers = (
  model: AutoBeDatabase.IModel,
  added: readonly IModelsColumn[],
  members: readonly string[],
  path: string,
  findings: Findings,
): void => {
  const names = [
    ...model.plainFields.map((field) => field.name),
    ...model.foreignFields.flatMap((field) => [field.relation.name, field.name]),
    ...added.filter((column) => column.table === model.name).map((column) => column.name as string),
  ];
  members.forEach((member, index) => {
    findings.require(
      names.includes(member),
      "DATABASE.UNKNOWN_COLUMN",
      `${path}[${index}]`,
      `${model.name} has no column or relation "${member}"; nearest: ${nearest(member, names)}.`,
    );
  });
};

/** Every obligation that was shown is named at an item or given up with a reason. */
export const checkServed = (
  obligations: readonly Obligation[],
  serving: readonly { serves: readonly string[]; path: string }[],
  unserved: readonly IDatabaseUnserved[],
  findings: Findings,
  complete: boolean,
): void => {
  const known = obligations.map((one) => one.id);
  const named = new Set<string>();
  const name = (id: string, path: string): void => {
    named.add(id);
    findings.require(
      known.includes(id),
      "DATABASE.UNKNOWN_OBLIGATION",
      path,
      `"${id}" was not asked for; asked for: ${known.join(", ") || "nothing"}.`,
    );
  };
  for (const { serves, path } of serving)
    serves.forEach((id, index) => {
      name(id, `${path}[${index}]`);
    });
  unserved.forEach(({ id }, index) => {
    name(id, `$input.unserved[${index}].id`);
  });
  for (const { id } of complete ? obligations : [])
    if (!named.has(id))
      findings.add(
        "DATABASE.OBLIGATION_UNSERVED",
        "$input.unserved",
        `Nothing serves ${id}: name it at a column or unique, or say here why the database cannot hold it.`,
      );
};
