/** Judges a database AST: what a schema cannot say, and what Prisma would only say about printed text. */
import { type Diagnostic, Findings, nearest } from "../../../base/diagnostic.js";
import { columnName, enumName, isReservedModel, LONGEST_NAME } from "../../../base/naming.js";
import { type AutoBeDatabase, isOfEnum, modelNamed, modelsOf } from "../ast.js";
import type { At } from "./at.js";
import { checkColumn } from "./columns.js";
import { checkDeletion } from "./deletion.js";
import { checkCycles, checkParents, checkRelation } from "./relations.js";

export const checkDatabase = (database: AutoBeDatabase.IApplication, at: At = pathsOf(database)): Diagnostic[] => {
  const findings = new Findings();
  checkNames(database, at, findings);
  for (const model of modelsOf(database)) {
    checkMembers(database, model, at, findings);
    for (const field of model.plainFields) checkColumn(model, field, at(model.name, field.name), findings);
    for (const field of model.foreignFields)
      checkRelation(database, model, field, at(model.name, field.relation.name), findings);
    checkIndexes(model, at, findings);
    checkDeletion(model, at(model.name, null), findings);
  }
  checkParents(database, at, findings);
  checkCycles(database, at, findings);
  return findings.list;
};

const pathsOf = (database: AutoBeDatabase.IApplication): At => {
  const paths = new Map<string, string>();
  database.files.forEach((file, f) => {
    file.models.forEach((model, m) => {
      const path = `$input.files[${f}].models[${m}]`;
      paths.set(model.name, path);
      for (const key of ["plainFields", "foreignFields", "links"] as const)
        model[key].forEach((field, index) => {
          const name = "relation" in field ? field.relation.name : field.name;
          paths.set(`${model.name}.${name}`, `${path}.${key}[${index}]`);
        });
    });
  });
  return (model, member) => paths.get(`${model}.${member}`) ?? paths.get(model) ?? "$input";
};

const checkNames = (database: AutoBeDatabase.IApplication, at: At, findings: Findings): void => {
  const types = new Map<string, string>();
  const tables = new Map<string, string>();
  for (const model of modelsOf(database)) {
    const path = at(model.name, null);
    if (isReservedModel(model.name))
      findings.add(
        "DATABASE.RESERVED_NAME",
        path,
        `"${model.name}" is taken by the runtime; choose a more telling noun.`,
      );
    if (types.has(model.name))
      findings.add("DATABASE.DUPLICATE_NAME", path, `There is a table "${model.name}" already.`);
    else if (tables.has(model.table))
      findings.add(
        "DATABASE.DUPLICATE_NAME",
        path,
        `"${model.name}" makes the same table as "${tables.get(model.table)}".`,
      );
    types.set(model.name, model.name);
    tables.set(model.table, model.name);
    if (model.table.length > LONGEST_NAME)
      findings.add(
        "DATABASE.NAME_TOO_LONG",
        path,
        `The table's name "${model.table}" is longer than ${LONGEST_NAME}; shorten "${model.name}".`,
      );
  }
  for (const model of modelsOf(database))
    for (const field of model.plainFields.filter(isOfEnum)) {
      // an enum that was adopted may be that of several columns
      const name = field.enumeration?.name ?? enumName(model.name, field.name);
      if (field.enumeration !== undefined && types.get(name) === name) continue;
      if (types.has(name))
        findings.add(
          "DATABASE.DUPLICATE_NAME",
          at(model.name, field.name),
          `Its enum "${name}" has the name of "${types.get(name)}".`,
        );
      types.set(name, field.enumeration === undefined ? `${model.name}.${field.name}` : name);
    }
};

const checkMembers = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  at: At,
  findings: Findings,
): void => {
  const names = new Set(["id"]);
  const take = (name: string, model: string, member: string): void => {
    const key = columnName(name);
    if (names.has(key)) findings.add("DATABASE.DUPLICATE_NAME", at(model, member), `"${name}" is taken already.`);
    names.add(key);
    if (key.length > LONGEST_NAME)
      findings.add(
        "DATABASE.NAME_TOO_LONG",
        at(model, member),
        `The column's name "${key}" is longer than ${LONGEST_NAME}.`,
      );
  };
  for (const field of model.plainFields) take(field.name, model.name, field.name);
  for (const field of model.foreignFields) {
    take(field.name, model.name, field.relation.name);
    take(field.relation.name, model.name, field.relation.name);
  }
  for (const link of model.links) take(link.name, model.name, link.name);
  for (const other of modelsOf(database)) {
    for (const { relation } of other.foreignFields)
      if (relation.targetModel === model.name) take(relation.oppositeName, other.name, relation.name);
    for (const link of other.links) if (link.targetModel === model.name) take(link.oppositeName, other.name, link.name);
  }
  for (const link of model.links)
    if (modelNamed(database, link.targetModel) === undefined) {
      const names = modelsOf(database).map((one) => one.name);
      findings.add(
        "DATABASE.UNKNOWN_TABLE",
        at(model.name, link.name),
        `There is no table "${link.targetModel}"; nearest: ${nearest(link.targetModel, names)}.`,
      );
    }
};

const checkIndexes = (model: AutoBeDatabase.IModel, at: At, findings: Findings): void => {
  const columns = [
    "id",
    ...model.foreignFields.map((field) => field.name),
    ...model.plainFields.map((field) => field.name),
  ];
  const seen = new Set(model.foreignFields.filter((field) => field.unique).map((field) => `unique ${field.name}`));
  for (const [kind, indexes] of [
    ["unique", model.uniqueIndexes],
    ["index", model.plainIndexes],
  ] as const)
    for (const { fieldNames } of indexes) {
      const path = at(model.name, memberOf(model, fieldNames[0] ?? ""));
      const unknown = fieldNames.find((name) => !columns.includes(name));
      if (unknown !== undefined)
        findings.add(
          "DATABASE.UNKNOWN_COLUMN",
          path,
          `${model.name} has no column "${unknown}"; nearest: ${nearest(unknown, columns)}.`,
        );
      if (new Set(fieldNames).size !== fieldNames.length || seen.has(`${kind} ${fieldNames.join()}`))
        findings.add(
          "DATABASE.DUPLICATE_INDEX",
          path,
          `${model.name} has this ${kind} of ${fieldNames.join(", ")} already, or names a column twice.`,
        );
      seen.add(`${kind} ${fieldNames.join()}`);
    }
  for (const { fieldName } of model.ginIndexes)
    if (!columns.includes(fieldName))
      findings.add(
        "DATABASE.UNKNOWN_COLUMN",
        at(model.name, fieldName),
        `${model.name} has no column "${fieldName}"; nearest: ${nearest(fieldName, columns)}.`,
      );
};

const memberOf = (model: AutoBeDatabase.IModel, column: string): string =>
  model.foreignFields.find((field) => field.name === column)?.relation.name ?? column;
