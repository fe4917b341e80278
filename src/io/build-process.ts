/** A process that compiles a part of a generated project; see build.ts. */
import { readFileSync, writeFileSync } from "node:fs";
import type { BuildOrder } from "./build.js";
import { createProjectCompiler } from "./project-compiler.js";

const [order, answer] = process.argv.slice(2) as [string, string];

const main = async (): Promise<void> => {
  const { folder, part, to, overlay, share } = JSON.parse(readFileSync(order, "utf8")) as BuildOrder;
  const compiler = await createProjectCompiler(folder);
  writeFileSync(answer, JSON.stringify(await compiler.buildProject(part, to, overlay, share)));
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
