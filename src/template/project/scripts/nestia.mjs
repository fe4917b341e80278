// Runs nestia: `sdk` writes src/api from the controllers, `swagger` writes openapi.json.
// nestia compiles with ts-node, which runs the transformers of tsconfig.json only through the compiler of ts-patch;
// naming that here spares `ts-patch install`, which would change the files of TypeScript itself.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const library = createRequire(import.meta.url).resolve("@nestia/sdk");
const nestia = join(dirname(library), "executable", "sdk.js");
const { status } = spawnSync(process.execPath, [nestia, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, TS_NODE_COMPILER: "ts-patch/compiler" },
});
process.exit(status ?? 1);
