/** Generates the database client of a project in process: Prisma's command line would first try to download an engine. */
import { mkdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { FileTree } from "../base/file-tree.js";
import { readTexts } from "./read-texts.js";

const require = createRequire(import.meta.url);

/** Writes `src/prisma`, which git ignores and which is not a file of ours. Throws what Prisma says of a bad schema. */
export const generatePrismaClient = async (folder: string, schema?: FileTree): Promise<void> => {
  const { generateClient } = require("@prisma/client-generator-ts") as typeof import("@prisma/client-generator-ts");
  const { getDMMF } = require("@prisma/internals") as typeof import("@prisma/internals");
  const files = schemaFiles(schema ?? (await readSchema(folder)));
  const schemaPath = join(folder, "prisma", "schema");
  const fresh = join(folder, "src", `.prisma-${process.pid}`);
  await mkdir(fresh, { recursive: true });
  try {
    await generateClient({
      datamodel: files.map(([, text]) => text).join("\n"),
      schemaPath,
      runtimeBase: "@prisma/client/runtime",
      outputDir: fresh,
      generator: {
        name: "client",
        provider: { value: "prisma-client", fromEnvVar: null },
        output: { value: fresh, fromEnvVar: null },
        config: {},
        binaryTargets: [],
        previewFeatures: [],
        sourceFilePath: schemaPath,
      },
      dmmf: await getDMMF({ datamodel: files }),
      datasources: [
        {
          name: "db",
          provider: "postgresql",
          activeProvider: "postgresql",
          schemas: [],
          sourceFilePath: schemaPath,
        },
      ],
      binaryPaths: {},
      ...versions(),
      activeProvider: "postgresql",
      target: "nodejs",
      generatedFileExtension: "ts",
      importFileExtension: "",
      moduleFormat: "cjs",
      tsNoCheckPreamble: true,
      compilerBuild: "fast",
    });
    const target = join(folder, "src", "prisma");
    await rm(target, { recursive: true, force: true });
    await rename(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
};

/** The texts of prisma/schema by path inside the project. */
export const readSchema = (folder: string): Promise<FileTree> => readTexts(folder, "prisma/schema", ".prisma");

const schemaFiles = (files: FileTree): [string, string][] =>
  Object.entries(files)
    .filter(([path]) => path.endsWith(".prisma"))
    .sort(([x], [y]) => (x < y ? -1 : 1));

/** Both as the command line writes them into the client. */
const versions = (): { clientVersion: string; engineVersion: string } => {
  const versionOf = (name: string) => (require(`${name}/package.json`) as { version: string }).version;
  const engine = versionOf("@prisma/prisma-schema-wasm");
  return { clientVersion: versionOf("@prisma/client"), engineVersion: engine.slice(engine.lastIndexOf(".") + 1) };
};
