/** The connection to the database: PostgreSQL where DATABASE_URL is set, else PGlite, the same engine in this process. */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { ClientBase, PoolClient, PoolConfig } from "pg";
import { type Config, config } from "./config";
import { lockDirectory } from "./directory-lock";
import { type Migrator, migrate } from "./migrations";
import type { Prisma } from "./prisma/client";
import { PrismaClient } from "./prisma/client";

/** What a provider writes through; inside a transaction nothing else may be used. */
export type Transaction = Prisma.TransactionClient;

interface Connection {
  kind: "pglite" | "postgresql";
  client: PrismaClient;
  close(): Promise<void>;
}

let connection: Connection | null = null;

export const database = {
  get client(): PrismaClient {
    return connected().client;
  },

  get kind(): Connection["kind"] {
    return connected().kind;
  },

  /** Connects and brings the tables up to date. */
  connect: async (settings: Config["database"] = config.database): Promise<void> => {
    connection ??= settings.url === null ? await openPglite(settings) : await openPostgresql(settings, settings.url);
  },

  close: async (): Promise<void> => {
    const closing = connection;
    connection = null;
    await closing?.close();
  },
};

const connected = (): Connection => {
  if (connection === null) throw new Error("The database is not connected yet: call database.connect() first.");
  return connection;
};

const openPglite = async (settings: Config["database"]): Promise<Connection> => {
  // Loaded here only, because it is a whole PostgreSQL in WebAssembly.
  const [{ PGlite }, { PrismaPGlite }] = await Promise.all([
    import("@electric-sql/pglite"),
    import("pglite-prisma-adapter"),
  ]);
  if (settings.directory !== null) await mkdir(dirname(settings.directory), { recursive: true });
  const unlock = settings.directory === null ? () => {} : lockDirectory(settings.directory);
  const engine = await PGlite.create(settings.directory ?? "memory://");
  try {
    await engine.exec("SET TIME ZONE 'UTC'");
    await migrate({
      execute: async (sql) => void (await engine.exec(sql)),
      query: async (sql) => (await engine.query<Record<string, unknown>>(sql)).rows,
    });
  } catch (error) {
    // An open engine would keep the process alive.
    await engine.close();
    unlock();
    throw error;
  }
  const client = createClient(new PrismaPGlite(engine));
  return {
    kind: "pglite",
    client,
    close: async () => {
      await client.$disconnect();
      await engine.close();
      unlock();
    },
  };
};

const openPostgresql = async (settings: Config["database"], url: string): Promise<Connection> => {
  const [{ Pool }, { PrismaPg }] = await Promise.all([import("pg"), import("@prisma/adapter-pg")]);
  const schema = settings.schema ?? new URL(url).searchParams.get("schema") ?? "public";
  const quoted = `"${schema.replaceAll('"', '""')}"`;
  const options: PoolConfig & { onConnect(session: ClientBase): Promise<void> } = {
    connectionString: url,
    // The adapter writes and reads timestamps without their zone, so every session has to speak UTC.
    onConnect: async (session) => void (await session.query(`SET TIME ZONE 'UTC'; SET search_path TO ${quoted}`)),
  };
  const pool = new Pool(options);
  // An idle session that the server ends must not end us; the pool opens another.
  pool.on("error", () => {});

  const session = await pool.connect();
  try {
    await migrate(migratorOf(session, quoted));
  } finally {
    session.release();
  }
  const client = createClient(new PrismaPg(pool, { schema }));
  return {
    kind: "postgresql",
    client,
    close: async () => {
      await client.$disconnect();
      await pool.end();
    },
  };
};

/** Several servers may start at once: the lock lets one of them migrate while the others wait. */
const migratorOf = (session: PoolClient, schema: string): Migrator => ({
  prepare: async () => {
    await session.query("SELECT pg_advisory_lock(hashtextextended('migrations', 0))");
    // Asked first, because creating needs a right that using does not, even where the schema exists.
    const { rows } = await session.query("SELECT to_regnamespace($1) IS NULL AS missing", [schema]);
    if (rows[0].missing) await session.query(`CREATE SCHEMA ${schema}`);
  },
  finish: async () => void (await session.query("SELECT pg_advisory_unlock(hashtextextended('migrations', 0))")),
  execute: async (sql) => void (await session.query(sql)),
  query: async (sql) => (await session.query(sql)).rows,
});

const createClient = (adapter: NonNullable<Prisma.PrismaClientOptions["adapter"]>): PrismaClient =>
  new PrismaClient({
    adapter,
    // The other formats put the values of a query into the message, and so into the log.
    errorFormat: "minimal",
    // PGlite runs one transaction at a time, so the last of many at once waits for all others.
    transactionOptions: { maxWait: 10_000, timeout: 20_000 },
  });
