// Generates the database client into src/prisma.
// Every prisma command first looks for the schema engine and downloads it when it is missing, although `generate`
// does not use it. Naming any existing file skips the download, so this works offline.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, "generate"], {
  encoding: "utf8",
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
});
if (status !== 0) process.stderr.write(stdout + stderr);
process.exit(status ?? 1);
