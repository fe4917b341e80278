// Builds when lib/ is missing or older than a source file, so that `npm start` always runs what is written.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const built = join("lib", "src", "main.js");
const generated = join("src", "prisma");

const newest = (path) => {
  if (!existsSync(path) || path === generated) return 0;
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
};

const sources = ["src", "test", join("prisma", "schema"), "tsconfig.json", "package.json"];
const fresh =
  existsSync(built) && existsSync(generated) && sources.every((path) => newest(path) <= statSync(built).mtimeMs);
if (!fresh) process.exit(spawnSync("npm run build", { stdio: "inherit", shell: true }).status ?? 1);
