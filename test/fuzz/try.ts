import fc from "fast-check";
import { prismaCompiler } from "../../src/io/prisma.js";
import { validateAnalyze } from "../../src/phases/1-analyze/ast.js";
import { checkAnalyze } from "../../src/phases/1-analyze/check/application.js";
import { checkDatabase } from "../../src/phases/2-database/check/database.js";
import { blueprint } from "./blueprint.js";
import { buildAnalysis } from "./build.js";
import { deriveProject, uncovered } from "./project.js";

const n = Number(process.argv[2]),
  seed = Number(process.argv[3]);
let t = Date.now();
const stats: Record<string, number> = {};
const say = (k: string) => {
  stats[k] = (stats[k] ?? 0) + 1;
};
const sample = fc.sample(blueprint, { seed, numRuns: n });
let tables = 0,
  ops = 0,
  tests = 0,
  bad = 0;
sample.forEach((bp, i) => {
  const a = buildAnalysis(bp);
  const v = validateAnalyze(a);
  if (!v.success) {
    say("typia");
    console.log(i, v.errors.slice(0, 2));
    return;
  }
  const f = checkAnalyze(a);
  if (f.length) {
    bad++;
    for (const d of f) say(d.code);
    if (process.argv[4] === f[0].code) console.log(i, f[0]);
    return;
  }
  try {
    const p = deriveProject(a);
    const cd = checkDatabase(p.database);
    if (cd.length) {
      cd.forEach((d) => say(d.code));
      if (process.argv[4] === cd[0].code) console.log(i, cd[0]);
    }
    const l = prismaCompiler.lint(p.files);
    if (l.length) {
      say("lint");
      console.log(i, l[0]);
    }
    const need = [
      ...a.modules.flatMap((m) => m.requirements.map((r) => r.id)),
      ...a.modules.flatMap((m) => m.rules.map((r) => r.entity + "." + r.name)),
    ];
    const has = new Set(p.test.functions.flatMap((f) => [...f.requirements, ...f.rules]));
    const un = need.filter((n) => !has.has(n));
    if (un.length) {
      say("unserved");
      if (process.argv[4] === "unserved")
        console.log(
          i,
          un.map(
            (u) =>
              u +
              " " +
              JSON.stringify(
                a.modules
                  .flatMap((m) => [...m.rules, ...m.entities.flatMap((e) => e.attributes)])
                  .find((r) => r.requirements.includes(u) || (r as any).entity + "." + r.name === u),
              ),
          ),
        );
    }
    const u = uncovered(p);
    if (u.length) {
      say("uncovered");
      if (process.argv[4] === "uncovered") console.log(i, u);
    }
    tables += p.database.files.flatMap((f) => f.models).length;
    ops += p.document.operations.length;
    tests += p.test.functions.length;
  } catch (e) {
    say("crash");
    console.log(i, e);
  }
});
console.log(stats, { tables: tables / n, ops: ops / n, tests: tests / n, ms: Date.now() - t });
if (process.argv[5]) {
  const { TypeChecker } = await import("./typecheck.js");
  const { readTemplate } = await import("../../src/io/package-folder.js");
  const checker = new TypeChecker("/tmp/fuzz-types", await readTemplate());
  for (const [i, bp] of sample.entries()) {
    t = Date.now();
    try {
      const p = deriveProject(buildAnalysis(bp));
      const c = await checker.check(p);
      console.log(
        i,
        p.database.files.flatMap((f) => f.models).length,
        Date.now() - t,
        c.length,
        ...c.slice(0, 6).map((x) => "\n   " + x.slice(0, 400)),
      );
      if (c.length) {
        const fs = await import("node:fs");
        for (const f of new Set(c.map((x) => x.split(":")[0])))
          if (p.files[f]) {
            fs.mkdirSync(`/tmp/fuzz-bad/${i}/` + f.split("/").slice(0, -1).join("/"), { recursive: true });
            fs.writeFileSync(`/tmp/fuzz-bad/${i}/${f}`, p.files[f]);
          }
      }
    } catch (e) {
      console.log(i, e);
    }
  }
}
