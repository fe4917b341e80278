/** A process with one database in it: puts one hole after another into a compiled service, starts it anew and runs tests. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";

/** What the process is told in a file, and what it leaves there. */
export interface Order {
  /** Folder of the compiled service. */
  build: string;
  trials: Trial[];
}
export interface Trial {
  /** Compiled module to be replaced, and by what; null for the service as it is. */
  swap: { module: string; code: string } | null;
  probes: string[];
}
/** By the name of the test: null where it passed. */
export type Seen = Record<string, { kind: string; message: string } | null>;

interface Application {
  listen(port: number, host: string): Promise<void>;
  getUrl(): Promise<string>;
  close(): Promise<void>;
}
interface Scenario {
  name: string;
  run(bed: object): Promise<void>;
}

const file = process.argv[2]!;
const { build, trials } = JSON.parse(readFileSync(file, "utf8")) as Order;
const require = createRequire(join(build, "src", "main.js"));
const load = <T>(path: string): T => require(join(build, path)) as T;

/** Modules that hold the database, which starts once. */
const kept = new Set<string>();

const forget = (): void => {
  for (const path of Object.keys(require.cache))
    if (path.startsWith(build + sep) && !kept.has(path)) delete require.cache[path];
};

const tryOut = async ({ swap, probes }: Trial): Promise<Seen> => {
  const path = swap === null ? null : join(build, swap.module);
  const original = path === null ? null : readFileSync(path, "utf8");
  if (path !== null) writeFileSync(path, swap!.code);
  try {
    forget();
    return await run(probes);
  } finally {
    if (path !== null) writeFileSync(path, original!);
  }
};

const run = async (probes: string[]): Promise<Seen> => {
  load("test/environment.js");
  const { createApplication } = load<{ createApplication(): Promise<Application> }>("src/application.js");
  const { Bed } = load<{ Bed: new (host: string) => object }>("test/bed.js");
  const { clock } = load<{ clock: { reset(): void } }>("src/clock.js");
  const { scenarios } = load<{ scenarios: Scenario[] }>("test/scenario.js");
  for (const folder of ["features", "template"])
    for (const name of readdirSync(join(build, "test", folder))) load(`test/${folder}/${name}`);
  const application = await createApplication();
  await application.listen(0, "127.0.0.1");
  const host = (await application.getUrl()).replace(/\/$/, "");
  const seen: Seen = {};
  for (const { name, run } of scenarios.filter((one) => probes.includes(one.name)))
    seen[name] = await run(new Bed(host))
      .then(
        () => null,
        (error: Error) => ({ kind: error.constructor.name, message: error.message }),
      )
      .finally(() => clock.reset());
  await application.close();
  return seen;
};

load("test/environment.js");
const { database } = load<{ database: { connect(): Promise<void> } }>("src/database.js");
for (const path of Object.keys(require.cache)) if (path.startsWith(build + sep)) kept.add(path);
kept.delete(join(build, "test", "environment.js"));
kept.delete(join(build, "src", "config.js"));
await database.connect();
const seen: Seen[] = [];
for (const trial of trials) seen.push(await tryOut(trial));
writeFileSync(file, JSON.stringify(seen));
process.exit(0);
