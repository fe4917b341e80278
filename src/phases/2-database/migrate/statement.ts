/** Pieces of SQL that a migration is put together from. */
import { quote } from "../sql.js";

/** A step under a title, as Prisma prints its own. */
export const step = (title: string, ...statements: string[]): string =>
  `-- ${title}\n${statements.map((one) => `${one};\n`).join("")}`;

export const alter = (table: string, change: string): string => `ALTER TABLE ${quote(table)} ${change}`;

/** Stops the migration where a row of the table is found; `found` is what a SELECT has after it. */
export const guard = (table: string, found: string, message: string): string =>
  step(
    "Guard",
    `DO $$ BEGIN\n  IF EXISTS (SELECT 1 FROM ${quote(table)} ${found}) THEN\n    ${raise(message)};\n  END IF;\nEND $$`,
  );

/** An ending of the migration that says what to do about it. */
export const raise = (message: string): string =>
  `RAISE EXCEPTION USING MESSAGE = ${text(`Migration stopped: ${message}`)}`;

export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
