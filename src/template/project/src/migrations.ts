/** Applies prisma/migrations/<name>/migration.sql in the order of their names, each once and as a whole. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./config";

/** One session of a database, on which migrations run one after another. */
export interface Migrator {
  prepare?(): Promise<void>;
  finish?(): Promise<void>;
  execute(sql: string): Promise<void>;
  query(sql: string): Promise<Record<string, unknown>[]>;
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

export const migrate = async (session: Migrator): Promise<void> => {
  await session.prepare?.();
  try {
    await session.execute(LEDGER);
    const rows = await session.query(`SELECT "name", "checksum" FROM "_migrations"`);
    const applied = new Map(rows.map((row) => [String(row.name), String(row.checksum)]));
    for (const migration of readMigrations())
      if (!applied.has(migration.name)) await apply(session, migration);
      else if (applied.get(migration.name) !== migration.checksum)
        throw new Error(`Migration "${migration.name}" was changed after it had been applied. Add a new one instead.`);
  } finally {
    await session.finish?.();
  }
};

const LEDGER = `CREATE TABLE IF NOT EXISTS "_migrations" (
  "name" TEXT PRIMARY KEY,
  "checksum" TEXT NOT NULL,
  "applied_at" TIMESTAMPTZ NOT NULL DEFAULT now()
)`;

const apply = async (session: Migrator, { name, sql, checksum }: Migration): Promise<void> => {
  await session.execute("BEGIN");
  try {
    await session.execute(sql);
    await session.execute(`INSERT INTO "_migrations" ("name", "checksum") VALUES (${quote(name)}, ${quote(checksum)})`);
    await session.execute("COMMIT");
  } catch (cause) {
    await session.execute("ROLLBACK");
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Migration "${name}" failed and was rolled back: ${why}`, { cause });
  }
};

const readMigrations = (): Migration[] => {
  const folder = join(projectRoot(), "prisma", "migrations");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1))
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
};

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
