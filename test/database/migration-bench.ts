/** Applies migrations over rows on a real PostgreSQL, and holds the outcome against the same database made afresh. */
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { afterAll, beforeAll, expect } from "vitest";
import { prismaCompiler } from "../../src/io/prisma.js";
import { type AutoBeDatabase, modelNamed } from "../../src/phases/2-database/ast.js";
import { compileDatabase } from "../../src/phases/2-database/compile.js";
import { type Migration, migrate, type Rename } from "../../src/phases/2-database/migrate.js";
import { migration } from "../../src/phases/2-database/sql.js";
import { libraryDatabase } from "../library/library.js";
import { catalogOf } from "./catalog.js";
import { fillTables } from "./rows.js";

export type Database = AutoBeDatabase.IApplication;
export type Change = (database: Database) => void;

let postgres: PGlite;

/** One engine for all tests of a file; each works in a schema of its own. */
export const openBench = (): void => {
  beforeAll(async () => {
    postgres = await PGlite.create({ extensions: { pg_trgm } });
    await postgres.exec("SET TIME ZONE 'UTC'; SET client_min_messages TO WARNING");
  });
  afterAll(() => postgres.close());
};

export interface Setting {
  /** Changes that the old database already has. */
  before?: Change;
  /** Further changes of the new one. */
  after?: Change;
  renames?: Rename[];
  /** SQL over the rows, before the migration. */
  prepare?: string;
}

/** Applies a change over rows, and holds the outcome against the same database made afresh. */
export const change = async (
  act: Change,
  query?: string,
  { before: first, after: last, renames, prepare }: Setting = {},
): Promise<Migration & { rows: Record<string, unknown>[] }> => {
  const [before, after] = [libraryDatabase(), libraryDatabase()];
  first?.(before);
  act(after);
  last?.(after);
  const made = (await migrate(before, after, prismaCompiler, renames))!;
  const fresh = await inSchema(async () => {
    await postgres.exec(await initial(after));
    return catalogOf(postgres);
  });
  return inSchema(async () => {
    await postgres.exec(await initial(before));
    await fillTables(postgres, before);
    await postgres.exec(prepare ?? "");
    await postgres.exec(`BEGIN;\n${made.sql}\nCOMMIT`);
    expect(await catalogOf(postgres)).toEqual(fresh);
    return { ...made, rows: query === undefined ? [] : (await postgres.query<Record<string, unknown>>(query)).rows };
  });
};

/** Values of a query before, between and after a change and its opposite. */
export const roundTrip = async (first: Change, second: Change, query: string): Promise<unknown[][]> => {
  const [one, other] = [libraryDatabase(), libraryDatabase()];
  first(one);
  second(other);
  const ways = [await migrate(one, other, prismaCompiler), await migrate(other, one, prismaCompiler)];
  return inSchema(async () => {
    await postgres.exec(await initial(one));
    await fillTables(postgres, one);
    const seen = [(await postgres.query(query)).rows];
    for (const way of ways) {
      await postgres.exec(`BEGIN;\n${way!.sql}\nCOMMIT`);
      seen.push((await postgres.query(query)).rows);
    }
    return seen;
  });
};

/** What is said where a migration stops; nothing of it may have happened. */
export const refusal = async (act: Change, { before: first, prepare }: Setting = {}): Promise<string> => {
  const [before, after] = [libraryDatabase(), libraryDatabase()];
  first?.(before);
  act(after);
  const made = (await migrate(before, after, prismaCompiler))!;
  return inSchema(async () => {
    await postgres.exec(await initial(before));
    await fillTables(postgres, before);
    await postgres.exec(prepare ?? "");
    const catalog = await catalogOf(postgres);
    const message = await postgres.exec(`BEGIN;\n${made.sql}\nCOMMIT`).then(
      () => "",
      (error: Error) => error.message,
    );
    await postgres.exec("ROLLBACK");
    expect(await catalogOf(postgres)).toEqual(catalog);
    return message;
  });
};

const initial = (database: Database): Promise<string> => migration(compileDatabase(database), database, prismaCompiler);

const inSchema = async <Result>(act: () => Promise<Result>): Promise<Result> => {
  await postgres.exec("CREATE SCHEMA trial; SET search_path TO trial, public");
  try {
    return await act();
  } finally {
    await postgres.exec("ROLLBACK; DROP SCHEMA trial CASCADE");
  }
};

export const of = (database: Database, name: string): AutoBeDatabase.IModel => modelNamed(database, name)!;

export const set = (
  database: Database,
  model: string,
  name: string,
  parts: Partial<AutoBeDatabase.IPlainField>,
): void => void Object.assign(of(database, model).plainFields.find((field) => field.name === name)!, parts);

export const drop = (model: AutoBeDatabase.IModel, ...names: string[]): void => {
  model.plainFields = model.plainFields.filter((field) => !names.includes(field.name));
};

export const rename = (model: AutoBeDatabase.IModel, from: string, to: string): void =>
  void Object.assign(model.plainFields.find((field) => field.name === from)!, { name: to });

export const renameModel = (database: Database, from: string, to: string, table: string): void => {
  Object.assign(of(database, from), { name: to, table });
  for (const model of database.files.flatMap((file) => file.models)) {
    if (model.parent?.model === from) model.parent.model = to;
    for (const { relation } of model.foreignFields) if (relation.targetModel === from) relation.targetModel = to;
    for (const link of model.links) if (link.targetModel === from) link.targetModel = to;
  }
};

export const dropModel = (database: Database, name: string): void => {
  for (const file of database.files) file.models = file.models.filter((model) => model.name !== name);
};
