/** Rows for any database that was designed: of the right types, within bounds, pointing to each other; what a unique forbids is left out. */
import { columnName } from "../../src/base/naming.js";
import { type AutoBeDatabase, modelsOf } from "../../src/phases/2-database/ast.js";
import { printPrisma } from "../../src/phases/2-database/print/prisma.js";
import type { Session } from "./catalog.js";

/** Key of a table's nth row. */
export const rowId = (table: string, index: number): string =>
  `${hash(table).toString(16).padStart(8, "0")}-0000-4000-8000-${String(index).padStart(12, "0")}`;

export const fillTables = async (session: Session, database: AutoBeDatabase.IApplication, count = 4): Promise<void> => {
  const statements: string[] = [];
  const there = new Set<string>();
  for (const model of inOrder(database)) {
    for (let index = 0; index < count; ++index) statements.push(insertion(database, model, there, index));
    there.add(model.name);
  }
  for (const model of modelsOf(database))
    for (const link of model.links) statements.push(...linking(database, model, link));
  await session.exec(statements.join("\n"));
};

export const tableOf = (database: AutoBeDatabase.IApplication, name: string): string =>
  modelsOf(database).find((model) => model.name === name)!.table;

/** What a row has to point to comes first. */
const inOrder = (database: AutoBeDatabase.IApplication): AutoBeDatabase.IModel[] => {
  const done: AutoBeDatabase.IModel[] = [];
  const visit = (model: AutoBeDatabase.IModel, path: string[]): void => {
    if (done.includes(model) || path.includes(model.name)) return;
    for (const { nullable, relation } of model.foreignFields)
      if (!nullable) visit(modelsOf(database).find((one) => one.name === relation.targetModel)!, [...path, model.name]);
    done.push(model);
  };
  for (const model of modelsOf(database)) visit(model, []);
  return done;
};

const insertion = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  there: ReadonlySet<string>,
  index: number,
): string => {
  const isEmpty = (name: string): boolean => (hash(name) + index) % 3 === 0;
  // a row points to one that a unique left out now and then: then it is left out as well
  const required: string[] = [];
  const keys = model.foreignFields.map((field): [string, string] => {
    const { targetModel } = field.relation;
    if (field.nullable && (!there.has(targetModel) || isEmpty(field.name))) return [field.name, "NULL"];
    const id = `'${rowId(tableOf(database, targetModel), index)}'`;
    required.push(`EXISTS (SELECT 1 FROM "${tableOf(database, targetModel)}" WHERE "id" = ${id}::uuid)`);
    return [field.name, `${id}::uuid`];
  });
  const plain = model.plainFields.map((field): [string, string] => [
    field.name,
    field.nullable && isEmpty(field.name) ? "NULL" : literalOf(field, index),
  ]);
  const cells: [string, string][] = [["id", `'${rowId(model.table, index)}'::uuid`], ...keys, ...plain];
  const where = required.length === 0 ? "" : ` WHERE ${required.join(" AND ")}`;
  return `INSERT INTO "${model.table}" (${cells.map(([name]) => `"${columnName(name)}"`).join(", ")}) SELECT ${cells.map(([, value]) => value).join(", ")}${where} ON CONFLICT DO NOTHING;`;
};

const linking = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  link: AutoBeDatabase.ILink,
): string[] => {
  const table = joinTableOf(database, model, link);
  const sides = [model.table, tableOf(database, link.targetModel)];
  const isFirst = model.name === link.targetModel ? link.name < link.oppositeName : model.name < link.targetModel;
  const [a, b] = isFirst ? sides : sides.reverse();
  return [
    `INSERT INTO "${table}" ("A", "B") SELECT a."id", b."id" FROM "${a}" a, "${b}" b WHERE right(a."id"::text, 1) <= right(b."id"::text, 1);`,
  ];
};

/** As Prisma's schema says it. */
export const joinTableOf = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  link: AutoBeDatabase.ILink,
): string => {
  const text = Object.values(printPrisma(database).files).join("\n");
  const lines = text.slice(text.indexOf(`\nmodel ${model.name} {`)).split("\n");
  const line = lines.find((one) => new RegExp(`^  ${link.name} +${link.targetModel}\\[\\] `).test(one))!;
  return `_${/@relation\("([^"]+)"/.exec(line)![1]!}`;
};

const literalOf = (
  { name, type, values, minimum, maximum, default: literal }: AutoBeDatabase.IPlainField,
  index: number,
): string => {
  switch (type) {
    case "boolean":
      return String(index % 2 === 0);
    case "int":
    case "bigint":
    case "double":
    case "decimal": {
      const least = minimum ?? Math.min(0, maximum ?? 0);
      return String(Math.min(least + index, maximum ?? Number.MAX_SAFE_INTEGER));
    }
    case "string":
    case "text":
    case "uri":
      return `'${`${index}${name}`.padEnd(minimum ?? 0, "x").slice(0, maximum ?? 255)}'`;
    case "uuid":
      return `'${rowId(name, index)}'::uuid`;
    case "date":
      return `DATE '2024-02-0${(index % 9) + 1}'`;
    case "datetime":
      return `TIMESTAMPTZ '2024-02-0${(index % 9) + 1}T10:20:30.123Z'`;
    case "time":
      return `TIME '0${index % 9}:20:30'`;
    case "bytes":
      return `'\\x0${index % 9}'::bytea`;
    case "enum":
      return `'${values![index % values!.length]!}'`;
    case "list":
      return "'{}'";
    case "json":
      return literal === null ? `'{"a": ${index}}'::jsonb` : `'{}'::jsonb`;
  }
};

const hash = (text: string): number => {
  let made = 7;
  for (const letter of text) made = (Math.imul(made, 31) + letter.charCodeAt(0)) >>> 0;
  return made;
};
