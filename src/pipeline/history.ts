/** The migrations of a project: those that were released, which are never written again, and the one that goes on from there. */
import type { FileTree } from "../base/file-tree.js";
import type { PrismaCompiler } from "../base/prisma-compiler.js";
import type { AutoBeDatabase } from "../phases/2-database/ast.js";
import { compileDatabase } from "../phases/2-database/compile.js";
import { migrate, type Rename } from "../phases/2-database/migrate.js";
import { MIGRATION, migration } from "../phases/2-database/sql.js";
import type { Inspection } from "./contract.js";

/** What was released: a backend that passed its gate may be in use, and its tables may hold rows. */
export interface History {
  database: AutoBeDatabase.IApplication;
  /** The files that make it, as they were written. */
  migrations: FileTree;
  /** How many changes of the request are in it. */
  changes: number;
}

/** What is known of the change that leads on from what was released. */
export interface Step {
  /** Folder after its number, in kebab-case. */
  name: string;
  renames: readonly Rename[];
}

/** Record of the run that holds its history: beside the ASTs of the last run, which may be ahead of it. */
export const RELEASED = "../released.json";

export const readHistory = async (inspection: Pick<Inspection, "recall">): Promise<History | null> => {
  const text = await inspection.recall(RELEASED);
  return text === null ? null : (JSON.parse(text) as History);
};

/** Record of the last run that came to its gate, whatever the verdict was. */
export const ENDED = "../ended.json";

/** How many changes the last run had that came to its gate; null where none did. */
export const endedAfter = async (inspection: Pick<Inspection, "recall">): Promise<number | null> => {
  const text = await inspection.recall(ENDED);
  return text === null ? null : (JSON.parse(text) as { changes: number }).changes;
};

export const end = (changes: number): FileTree => ({ [ENDED]: `${JSON.stringify({ changes })}\n` });

/** `files` of a project that has passed its gate with this database. */
export const release = (database: AutoBeDatabase.IApplication, files: FileTree, changes = 0): FileTree => {
  const migrations = Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(FOLDER)));
  return { [RELEASED]: `${JSON.stringify({ database, migrations, changes } satisfies History, null, 2)}\n` };
};

/**
 * All migrations up to this database. Until it is released, the last of them is made anew from what was released before: runs that
 * did not come to their end pile nothing up.
 */
export const migrationsOf = async (
  history: History | null,
  database: AutoBeDatabase.IApplication,
  prisma: PrismaCompiler,
  { name, renames }: Step = { name: "change", renames: [] },
): Promise<{ files: FileTree; warnings: string[] }> => {
  if (history === null)
    return { files: { [MIGRATION]: await migration(compileDatabase(database), database, prisma) }, warnings: [] };
  const next = await migrate(history.database, database, prisma, renames);
  if (next === null) return { files: history.migrations, warnings: [] };
  const path = `${FOLDER}${numberAfter(history.migrations)}_${name}/migration.sql`;
  return { files: { ...history.migrations, [path]: next.sql }, warnings: next.warnings };
};

const FOLDER = "prisma/migrations/";

const numberAfter = (migrations: FileTree): number =>
  Math.max(...Object.keys(migrations).map((path) => Number.parseInt(path.slice(FOLDER.length), 10))) + 1;
