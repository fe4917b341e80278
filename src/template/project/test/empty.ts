/** Empties the database between tests. It is one of their own: in memory, or a schema that they made. */
import { database } from "../src/database";

export const emptyDatabase = async (): Promise<void> => {
  const tables = await database.client.$queryRaw<{ name: string }[]>`
    SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> '_migrations'`;
  if (tables.length === 0) return;
  await database.client.$executeRawUnsafe(`TRUNCATE ${tables.map(({ name }) => `"${name}"`).join(", ")} CASCADE`);
};
