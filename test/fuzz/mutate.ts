/** Small changes of a designed database, each kept only where what comes of it is a sound database still. */
import fc from "fast-check";
import { prismaCompiler } from "../../src/io/prisma.js";
import { type AutoBeDatabase, modelsOf } from "../../src/phases/2-database/ast.js";
import { checkDatabase } from "../../src/phases/2-database/check/database.js";
import { compileDatabase } from "../../src/phases/2-database/compile.js";
import type { Rename } from "../../src/phases/2-database/migrate.js";
import { KINDS } from "./changes.js";
import { renameOne } from "./rename.js";

type Database = AutoBeDatabase.IApplication;

/** Which change, of which table, and numbers from which it takes what it needs. */
export interface Mutation {
  kind: number;
  model: number;
  at: number;
  to: number;
  flag: boolean;
}

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({ kind: fc.nat(21), model: fc.nat(97), at: fc.nat(97), to: fc.nat(97), flag: fc.boolean() }),
  { minLength: 1, maxLength: 10 },
);

export interface Mutated {
  database: Database;
  renames: Rename[];
  /** Names of the changes that were made. */
  done: string[];
}

export const mutate = (before: Database, drawn: readonly Mutation[]): Mutated => {
  const mutated: Mutated = { database: structuredClone(before), renames: [], done: [] };
  drawn.forEach((mutation, index) => {
    const next = structuredClone(mutated.database);
    const models = modelsOf(next);
    const model = models[mutation.model % models.length];
    const [name, act] = KINDS[mutation.kind % KINDS.length]!;
    if (model === undefined) return;
    act({ ...mutation, database: next, subject: model, index });
    if (JSON.stringify(next) === JSON.stringify(mutated.database) || !isSound(next)) return;
    mutated.database = next;
    mutated.done.push(name);
  });
  for (const mutation of drawn) if (isRename(mutation)) tryRename(before, mutated, mutation);
  return mutated;
};

const isRename = ({ kind }: Mutation): boolean => KINDS[kind % KINDS.length]![0] === "rename";

/** Comes last, so that what is renamed is there before and after. */
const tryRename = (before: Database, mutated: Mutated, mutation: Mutation): void => {
  const next = structuredClone(mutated.database);
  const made = renameOne(before, next, mutated.renames, mutation);
  if (made === null || !isSound(next)) return;
  mutated.database = next;
  mutated.renames.push(made);
  mutated.done.push("rename");
};

const isSound = (database: Database): boolean =>
  checkDatabase(database).length === 0 && prismaCompiler.lint(compileDatabase(database)).length === 0;
