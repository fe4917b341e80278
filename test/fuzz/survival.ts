/** Which rows and values have to be there after a migration, and are not. */
import { columnName, foreignKey } from "../../src/base/naming.js";
import { type AutoBeDatabase, modelNamed, modelsOf } from "../../src/phases/2-database/ast.js";
import type { Rename } from "../../src/phases/2-database/migrate.js";
import type { Session } from "../database/catalog.js";

type Database = AutoBeDatabase.IApplication;
type Row = Record<string, unknown>;
/** Rows by key, by model. */
export type Rows = Map<string, Map<string, Row>>;

export const rowsOf = async (session: Session, database: Database): Promise<Rows> => {
  const found: Rows = new Map();
  for (const { name, table } of modelsOf(database)) {
    const { rows } = await session.query(`SELECT to_jsonb(t) AS row FROM "${table}" t`);
    found.set(name, new Map(rows.map(({ row }) => [String((row as Row)["id"]), row as Row])));
  }
  return found;
};

/** Values stay as they are where the type does; where it changes, a value is still one; where there was none, one may be. */
export const lossesOf = (
  { before, after, renames }: { before: Database; after: Database; renames: readonly Rename[] },
  rows: Rows,
  now: Rows,
): string[] =>
  modelsOf(before).flatMap((model) => {
    const name = renamed(renames, null, model.name);
    const next = modelNamed(after, name);
    if (next === undefined) return [];
    const columns = columnsKept(model, next, (member) => renamed(renames, model.name, member));
    const there = now.get(name)!;
    const old = rows.get(model.name)!;
    if (old.size !== there.size) return [`${name} has ${there.size} rows instead of ${old.size}`];
    return [...old].flatMap(([id, row]) => {
      const found = there.get(id);
      if (found === undefined) return [`${name} ${id} is lost`];
      return columns
        .filter(
          ({ from, to, isSame }) =>
            row[from] !== null && (isSame ? !isEqual(row[from], found[to]) : found[to] === null),
        )
        .map(
          ({ from, to }) =>
            `${name} ${id}: ${from} was ${JSON.stringify(row[from])}, ${to} is ${JSON.stringify(found[to])}`,
        );
    });
  });

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const renamed = (renames: readonly Rename[], model: string | null, name: string): string =>
  renames.find((one) => one.model === model && one.from === name)?.to ?? name;

interface Kept {
  from: string;
  to: string;
  isSame: boolean;
}

const columnsKept = (
  model: AutoBeDatabase.IModel,
  next: AutoBeDatabase.IModel,
  moved: (member: string) => string,
): Kept[] => [
  ...model.plainFields.flatMap((field): Kept[] => {
    const other = next.plainFields.find((one) => one.name === moved(field.name));
    if (other === undefined) return [];
    const isSame = other.type === field.type && (field.values ?? []).every((value) => other.values!.includes(value));
    return [{ from: columnName(field.name), to: columnName(other.name), isSame }];
  }),
  ...model.foreignFields.flatMap((field): Kept[] => {
    const role = moved(field.relation.name);
    const key = role === field.relation.name ? field.name : foreignKey(role);
    const other = next.foreignFields.find((one) => one.name === key);
    return other === undefined ? [] : [{ from: columnName(field.name), to: columnName(key), isSame: true }];
  }),
];
