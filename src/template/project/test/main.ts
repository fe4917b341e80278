/** `npm test`: starts the application in this process and runs every scenario against it over HTTP, one after another. */
import "./environment";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { Client } from "pg";
import { createApplication } from "../src/application";
import { clock } from "../src/clock";
import { config } from "../src/config";
import { database } from "../src/database";
import { Bed } from "./bed";
import { emptyDatabase } from "./empty";
import { clearReport, type TestReport, toTestReport, writeReport } from "./report";
import { enterFile, type ListedScenario, scenarios } from "./scenario";

const PATIENCE = 60_000;

const main = async (): Promise<void> => {
  clearReport();
  listScenarios();
  try {
    await database.connect();
    await runAll();
  } finally {
    await database.close();
    await dropSchema();
  }
};

const runAll = async (): Promise<void> => {
  const application = await createApplication();
  await application.listen(0, "127.0.0.1");
  try {
    const host = (await application.getUrl()).replace(/\/$/, "");
    const tests: TestReport[] = [];
    for (const listed of selected()) tests.push(await run(listed, new Bed(host)));
    writeReport({ database: database.kind, tests });
  } finally {
    await application.close();
  }
};

const listScenarios = (): void => {
  for (const folder of ["features", "template"].filter((name) => existsSync(join(__dirname, name))))
    for (const name of readdirSync(join(__dirname, folder)).sort())
      if (name.endsWith(".js")) {
        enterFile(`test/${folder}/${name.replace(/\.js$/, ".ts")}`);
        require(join(__dirname, folder, name));
      }
};

/** `npm test -- note.at` runs the scenarios whose names start so. */
const selected = (): ListedScenario[] => {
  const prefixes = process.argv.slice(2);
  return prefixes.length === 0 ? shared() : scenarios.filter(({ name }) => prefixes.some((p) => name.startsWith(p)));
};

/** `TEST_SHARE=1/2` runs half of the files, so that two processes with a database each run all of them. */
const shared = (): ListedScenario[] => {
  const [share, shares] = (process.env.TEST_SHARE || "1/1").split("/").map(Number) as [number, number];
  const sizes = new Map<string, number>();
  for (const { file } of scenarios) sizes.set(file, (sizes.get(file) ?? 0) + 1);
  const loads = Array.from({ length: shares }, () => 0);
  const mine = new Set<string>();
  for (const [file, size] of [...sizes].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least]! += size;
    if (least === share - 1) mine.add(file);
  }
  return scenarios.filter(({ file }) => mine.has(file));
};

const run = async (listed: ListedScenario, bed: Bed): Promise<TestReport> => {
  const started = performance.now();
  let failure: unknown = null;
  await test(`${listed.name}: ${listed.title}`, async () => {
    try {
      if (listed.isolated) await emptyDatabase();
      await Promise.race([listed.run(bed), patience()]);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      clock.reset();
    }
  });
  return toTestReport(listed, { error: failure, milliseconds: performance.now() - started, exchanges: bed.exchanges });
};

const patience = (): Promise<never> =>
  new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`no end after ${PATIENCE / 1000} seconds`)), PATIENCE).unref(),
  );

/** On a connection of its own, because the one of the application may be what failed. */
const dropSchema = async (): Promise<void> => {
  const { url, schema } = config.database;
  if (url === null) return;
  const session = new Client({ connectionString: url });
  await session.connect();
  try {
    await session.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
  } finally {
    await session.end();
  }
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
