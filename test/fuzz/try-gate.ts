import fs from "node:fs";
import fc from "fast-check";
import { readTemplate } from "../../src/io/package-folder.js";
import { blueprint } from "./blueprint.js";
import { buildAnalysis } from "./build.js";
import { runGate } from "./gate.js";
import { deriveProject, uncovered } from "./project.js";

const seed = Number(process.argv[2]),
  from = Number(process.argv[3]),
  to = Number(process.argv[4]);
const sample = fc.sample(blueprint, { seed, numRuns: to });
const template = await readTemplate();
for (let i = from; i < to; ++i) {
  const a = buildAnalysis(sample[i]!);
  const p = deriveProject(a);
  if (uncovered(p).length) {
    console.log(i, "uncovered");
    continue;
  }
  const t = Date.now();
  const folder = `/tmp/fuzz-gate/${seed}-${i}`;
  fs.mkdirSync("/tmp/fuzz-gate", { recursive: true });
  fs.writeFileSync(`${folder}.json`, JSON.stringify(a, null, 1));
  const { verify, complaints } = await runGate(folder, template, p);
  console.log(i, Date.now() - t, JSON.stringify(verify));
  for (const c of complaints) console.log("   ", c.slice(0, 500));
  if (!complaints.length) fs.rmSync(folder, { recursive: true, force: true });
}
