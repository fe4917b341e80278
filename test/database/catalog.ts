/** What a PostgreSQL knows of the tables in the current schema, so that two ways to one schema can be compared. */

/** PGlite, or a client of a server. */
export interface Session {
  exec(sql: string): Promise<unknown>;
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>;
}

/** Sorted lines: the order of columns in a table is not part of it, names are. */
export const catalogOf = async (session: Session): Promise<string[]> => {
  const { rows } = await session.query(CATALOG);
  return rows.map(({ line }) => String(line)).sort();
};

const HERE = "= current_schema()::regnamespace";

const CATALOG = `
  SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN 'NOT NULL' END, 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)) AS line
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind = 'r' AND c.relnamespace ${HERE} AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT concat_ws(' ', 'constraint', r.conrelid::regclass, r.conname, pg_get_constraintdef(r.oid))
  FROM pg_constraint r WHERE r.connamespace ${HERE} AND r.contype <> 'n'
  UNION ALL
  SELECT concat_ws(' ', 'index', replace(i.indexdef, ' ON ' || quote_ident(i.schemaname) || '.', ' ON ')) FROM pg_indexes i WHERE i.schemaname = current_schema()
  UNION ALL
  SELECT concat_ws(' ', 'enum', t.typname, (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
  FROM pg_type t WHERE t.typtype = 'e' AND t.typnamespace ${HERE}`;
