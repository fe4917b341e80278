/** The databases that SQL is tried on: PGlite always, a real PostgreSQL where there is one. */
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import type { Session } from "../database/catalog.js";
import { openSchema, startPostgresql } from "../postgresql.js";

export interface Engine extends Session {
  name: "pglite" | "postgresql";
}

export interface Engines {
  all: Engine[];
  close(): Promise<void>;
}

/** `say` is told where no PostgreSQL was found. */
export const openEngines = async (url: string | undefined, say: (text: string) => void): Promise<Engines> => {
  const pglite = await PGlite.create({ extensions: { pg_trgm } });
  const server = await startPostgresql(url);
  if (server === null) say("no PostgreSQL of version 15 or later is installed: SQL is tried on PGlite alone");
  const session = server === null ? null : await openSchema(server, "autobe_fuzz");
  const all: Engine[] = [
    { name: "pglite", exec: (sql) => pglite.exec(sql), query: (sql) => pglite.query(sql) },
    ...(session === null ? [] : [{ name: "postgresql" as const, exec: session.exec, query: session.query }]),
  ];
  for (const one of all) await one.exec(SETTINGS);
  return {
    all,
    close: async () => {
      await session?.close();
      await server?.stop();
      await pglite.close();
    },
  };
};

const SETTINGS =
  "SET TIME ZONE 'UTC'; SET client_min_messages TO WARNING; CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public";

/** Does something in an empty schema, which is gone afterwards. */
export const inEmptySchema = async <Result>(engine: Session, act: () => Promise<Result>): Promise<Result> => {
  await engine.exec("CREATE SCHEMA autobe_trial; SET search_path TO autobe_trial, public");
  try {
    return await act();
  } finally {
    await engine.exec("ROLLBACK").catch(() => {});
    await engine.exec("DROP SCHEMA autobe_trial CASCADE");
  }
};

/** What the engines say against a script that makes a whole database. */
export const judgeSql = async (engines: readonly Engine[], sql: string): Promise<string[]> => {
  const complaints: string[] = [];
  for (const engine of engines)
    await inEmptySchema(engine, () => engine.exec(sql)).catch((error: Error) => {
      complaints.push(`${engine.name}: ${error.message}`);
    });
  return complaints;
};
