import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import fc from "fast-check";
import { mutantsOf } from "../../src/gate/mutation/mutants.js";
import { formatFiles } from "../../src/io/format.js";
import { readTemplate } from "../../src/io/package-folder.js";
import { blueprint } from "../fuzz/blueprint.js";
import { buildAnalysis } from "../fuzz/build.js";
import { deriveProject, printProject } from "../fuzz/project.js";

const seed = Number(process.argv[2]);
const p = deriveProject(buildAnalysis(fc.sample(blueprint, { seed, numRuns: 1 })[0]!));
const t = await readTemplate();
const f = await formatFiles(await printProject(p, t), t);
for (const [path, text] of Object.entries(f))
  if (/^(src|test)\//.test(path)) {
    const q = `/tmp/peek-${seed}/${path}`;
    mkdirSync(dirname(q), { recursive: true });
    writeFileSync(q, text);
  }
const by: Record<string, number> = {};
const src = Object.fromEntries(
  Object.entries(f).filter(([x]) => /^src\/.*\.ts$/.test(x) && !/^src\/(prisma|api)/.test(x)),
);
for (const m of mutantsOf(src)) {
  by[m.operator] = (by[m.operator] ?? 0) + 1;
  if (["drop guard", "drop transaction", "drop condition", "shift boundary", "drop owner filter"].includes(m.operator))
    console.log(`${m.file}:${m.line} ${m.operator}: ${m.description}`);
}
console.log(by);
