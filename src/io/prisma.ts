/** Prisma's compiler in process: its WebAssembly builds, so that no engine binary is downloaded and no database is needed. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { FileTree } from "../base/file-tree.js";
import { Bug } from "../base/mishap.js";
import type { PrismaCompiler } from "../base/prisma-compiler.js";

const require = createRequire(import.meta.url);

export const prismaCompiler: PrismaCompiler = {
  lint: (files) => {
    const linter = require("@prisma/prisma-schema-wasm") as { lint(input: string): string };
    const found = JSON.parse(linter.lint(JSON.stringify(schemas(files)))) as Mark[];
    return found
      .filter((mark) => !mark.is_warning)
      .map((mark) => ({ file: mark.file_name, start: mark.start, end: mark.end, text: mark.text }));
  },
  ddl: (files) => script({ tag: "empty" }, schemas(files)),
  diff: (from, to) => script(datamodel(schemas(from)), schemas(to)),
};

/** Prisma's own words, where there are any, for two schemas between which nothing changes. */
const NOTHING = /^-- This is an empty migration\.\s*$/;

const script = async (from: object, to: [string, string][]): Promise<string> => {
  const { SchemaEngine } = await loadEngine();
  const engine = await SchemaEngine.new(
    { datamodels: to },
    () => {},
    bindMigrationAwareSqlAdapterFactory(STUB as never),
  );
  const made = await engine.diff({
    from,
    to: datamodel(to),
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  if (typeof made.stdout !== "string") throw new Bug("Prisma's schema engine printed no DDL.");
  return withoutSchema(made.stdout).replace(NOTHING, "");
};

const datamodel = (files: [string, string][]): object => ({
  tag: "schemaDatamodel",
  files: files.map(([path, content]) => ({ path, content })),
});

interface Mark {
  file_name: string;
  start: number;
  end: number;
  text: string;
  is_warning: boolean;
}

/** Schema files alone, in an order that does not depend on how the tree was made. */
const schemas = (files: FileTree): [string, string][] =>
  Object.entries(files)
    .filter(([path]) => path.endsWith(".prisma"))
    .sort(([x], [y]) => (x < y ? -1 : 1));

/** The tables may be made in any schema: tests have one of their own each. */
const withoutSchema = (sql: string): string =>
  sql.replace(/^-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n\n/, "");

/** TypeScript knows this global only together with a browser. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
};

interface EngineModule {
  __wbg_set_wasm(exports: Record<string, unknown>): void;
  SchemaEngine: {
    "new"(
      options: object,
      log: () => void,
      factory: object,
    ): Promise<{ diff(input: object): Promise<{ stdout: unknown }> }>;
  };
}

let engine: Promise<EngineModule> | null = null;
/** The engine may be instantiated once per process; a second instance panics. */
const loadEngine = (): Promise<EngineModule> => (engine ??= instantiate());

const instantiate = async (): Promise<EngineModule> => {
  const name = "@prisma/schema-engine-wasm/schema_engine_bg";
  const panics = { message: "" };
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => (panics.message = message) },
  });
  const bindings = (await import(name)) as EngineModule;
  const bytes = readFileSync(require.resolve(name).replace(/\.js$/, ".wasm"));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
  return bindings;
};

/** A database that knows its version and nothing else: printing a whole schema asks for no more. */
const STUB_CONNECTION = {
  provider: "postgres",
  adapterName: "stub",
  queryRaw: async ({ sql }: { sql: string }) =>
    /version/i.test(sql)
      ? { columnNames: ["version", "number"], columnTypes: [7, 0], rows: [["PostgreSQL 15.0", 150000]] }
      : { columnNames: [], columnTypes: [], rows: [] },
  executeRaw: async () => 0,
  executeScript: async () => {},
  getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
  startTransaction: async () => {
    throw new Bug("The schema engine asked its stub for a transaction.");
  },
  dispose: async () => {},
};
const STUB = {
  provider: "postgres",
  adapterName: "stub",
  connect: async () => STUB_CONNECTION,
  connectToShadowDb: async () => STUB_CONNECTION,
};
