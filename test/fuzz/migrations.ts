/** Random pairs of databases: what leads from one to the other is applied over rows, on every engine there is. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { prismaCompiler } from "../../src/io/prisma.js";
import type { AutoBeDatabase } from "../../src/phases/2-database/ast.js";
import { modelsOf } from "../../src/phases/2-database/ast.js";
import { compileDatabase } from "../../src/phases/2-database/compile.js";
import { deriveDatabase } from "../../src/phases/2-database/derive.js";
import { migrate, type Rename } from "../../src/phases/2-database/migrate.js";
import { migration } from "../../src/phases/2-database/sql.js";
import { catalogOf } from "../database/catalog.js";
import { fillTables } from "../database/rows.js";
import { blueprint } from "./blueprint.js";
import { buildAnalysis } from "./build.js";
import { type Engine, inEmptySchema } from "./engines.js";
import { type Mutation, mutate, mutations } from "./mutate.js";
import { lossesOf, rowsOf } from "./survival.js";

type Database = AutoBeDatabase.IApplication;

export interface Pair {
  before: Database;
  after: Database;
  renames: Rename[];
  /** What was changed, in a few words. */
  said: string;
}

/** What became of one pair on one engine. */
export interface Outcome {
  /** Nothing to do, applied over rows, or stopped over them and applied once they were gone. */
  end: "none" | "kept" | "stopped";
  complaints: string[];
}

/** Of every third pair, tables become others that have nothing in common with them but names of columns. */
export const pairOf = (seed: number, index: number, chosen = (drawn: Mutation[]): Mutation[] => drawn): Pair => {
  const sample = <Value>(arbitrary: fc.Arbitrary<Value>, turn: number): Value =>
    fc.sample(arbitrary, { seed: (Math.imul(seed, 1_000_003) + Math.imul(index, 7919) + turn) | 0, numRuns: 1 })[0]!;
  const before = deriveDatabase(buildAnalysis(sample(blueprint, 0)));
  if (index % 3 === 2) {
    const after = deriveDatabase(buildAnalysis(sample(blueprint, 1)));
    return { before, after, renames: becoming(before, after), said: "another service" };
  }
  const { database, renames, done } = mutate(before, chosen(sample(mutations, 2)));
  return { before, after: database, renames, said: done.join(", ") };
};

const becoming = (before: Database, after: Database): Rename[] => {
  const [old, next] = [before, after].map((database) => modelsOf(database).map((model) => model.name));
  const fresh = next!.filter((name) => !old!.includes(name));
  return old!
    .filter((name) => !next!.includes(name))
    .slice(0, fresh.length)
    .map((from, index) => ({ model: null, from, to: fresh[index]! }));
};

export const judgePair = async (engine: Engine, { before, after, renames }: Pair): Promise<Outcome> => {
  const made = await migrate(before, after, prismaCompiler, renames);
  const fresh = await inEmptySchema(engine, async () => {
    await engine.exec(await initial(after));
    return catalogOf(engine);
  });
  return inEmptySchema(engine, async () => {
    await engine.exec(await initial(before));
    if (made === null) return { end: "none", complaints: differences(fresh, await catalogOf(engine)) };
    await fillTables(engine, before);
    const [rows, catalog] = [await rowsOf(engine, before), await catalogOf(engine)];
    const refusal = await apply(engine, made.sql);
    if (refusal === null)
      return {
        end: "kept",
        complaints: [
          ...differences(fresh, await catalogOf(engine)),
          ...lossesOf({ before, after, renames }, rows, await rowsOf(engine, after)),
        ],
      };
    if (!refusal.startsWith("Migration stopped: ")) return { end: "stopped", complaints: [refusal] };
    const half = [
      ...differences(catalog, await catalogOf(engine)),
      ...lossesOf({ before, after: before, renames: [] }, rows, await rowsOf(engine, before)),
    ];
    await engine.exec(
      `TRUNCATE ${modelsOf(before)
        .map((model) => `"${model.table}"`)
        .join(", ")} CASCADE`,
    );
    const again = await apply(engine, made.sql);
    return {
      end: "stopped",
      complaints: [...half, ...(again === null ? differences(fresh, await catalogOf(engine)) : [again])],
    };
  });
};

const apply = async (engine: Engine, sql: string): Promise<string | null> => {
  try {
    await engine.exec(`BEGIN;\n${sql}\nCOMMIT`);
    return null;
  } catch (error) {
    await engine.exec("ROLLBACK");
    return (error as Error).message;
  }
};

const initial = (database: Database): Promise<string> => migration(compileDatabase(database), database, prismaCompiler);

const differences = (wanted: readonly string[], found: readonly string[]): string[] => [
  ...wanted.filter((line) => !found.includes(line)).map((line) => `missing: ${line}`),
  ...found.filter((line) => !wanted.includes(line)).map((line) => `left over: ${line}`),
];

export const fuzzMigrations = async (
  engines: readonly Engine[],
  count: number,
  seed: number,
  only: number | null,
  say: (text: string) => void,
): Promise<{ pairs: number; none: number; kept: number; stopped: number; failed: number }> => {
  const tally = { pairs: 0, none: 0, kept: 0, stopped: 0, failed: 0 };
  for (let index = only ?? 0; index < (only === null ? count : only + 1); ++index) {
    const pair = pairOf(seed, index);
    const outcomes = await judgeAll(engines, pair);
    const complaints = outcomes.flatMap((one) => one.complaints);
    ++tally.pairs;
    ++tally[outcomes[0]!.end];
    say(`${complaints.length === 0 ? "✔" : "✖"} ${index}: ${outcomes[0]!.end} (${pair.said})`);
    if (complaints.length === 0) continue;
    ++tally.failed;
    for (const line of complaints.slice(0, 10)) say(`  ${line}`);
    await smaller(engines, seed, index, say);
  }
  return tally;
};

const judgeAll = async (engines: readonly Engine[], pair: Pair): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const engine of engines) {
    const { end, complaints } = await judgePair(engine, pair).catch(
      (error: Error): Outcome => ({ end: "kept", complaints: [error.stack ?? error.message] }),
    );
    outcomes.push({ end, complaints: complaints.map((line) => `${engine.name}: ${line}`) });
  }
  return outcomes;
};

/** Leaves out one change after the other as long as it still fails, and writes down what remains. */
const smaller = async (
  engines: readonly Engine[],
  seed: number,
  index: number,
  say: (text: string) => void,
): Promise<void> => {
  let kept: Mutation[] = [];
  let pair = pairOf(seed, index, (drawn) => (kept = drawn));
  for (const one of [...kept]) {
    const fewer = kept.filter((other) => other !== one);
    const tried = pairOf(seed, index, () => fewer);
    if ((await judgeAll(engines, tried)).every(({ complaints }) => complaints.length === 0)) continue;
    kept = fewer;
    pair = tried;
  }
  const folder = await mkdtemp(join(tmpdir(), "autobe-migration-"));
  await writeFile(join(folder, "before.json"), JSON.stringify(pair.before, null, 2));
  await writeFile(join(folder, "after.json"), JSON.stringify(pair.after, null, 2));
  const sql = await migrate(pair.before, pair.after, prismaCompiler, pair.renames).catch(() => null);
  await writeFile(join(folder, "migration.sql"), sql?.sql ?? "");
  say(`  made smaller: ${pair.said} (${JSON.stringify(pair.renames)}) in ${folder}`);
  say(`  again: npm run fuzz -- --migrations 1 --seed ${seed} --only ${index}`);
};
