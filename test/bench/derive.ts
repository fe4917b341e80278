/** `npm run bench:derive`: what the machine part costs at 50 and at 200 tables: derive, check, compile. */
import { readTemplate } from "../../src/io/package-folder.js";
import { prismaCompiler } from "../../src/io/prisma.js";
import { checkAnalyze } from "../../src/phases/1-analyze/check/application.js";
import { modelsOf } from "../../src/phases/2-database/ast.js";
import { checkDatabase } from "../../src/phases/2-database/check/database.js";
import { filesOf } from "../../src/pipeline/files.js";
import { deriveProject } from "../fuzz/project.js";
import { serviceOf } from "./service.js";

interface Row {
  tables: number;
  operations: number;
  tests: number;
  deriveMs: number;
  checkMs: number;
  compileMs: number;
  totalMs: number;
}

/** CPU of this process, which other work on the machine changes little. */
const cpu = async <T>(work: () => T | Promise<T>): Promise<{ value: T; ms: number }> => {
  const before = process.cpuUsage();
  const value = await work();
  const spent = process.cpuUsage(before);
  return { value, ms: Math.round((spent.user + spent.system) / 1000) };
};

const measure = async (modules: number, template: Record<string, string>): Promise<Row> => {
  const analyze = serviceOf(modules);
  const derived = await cpu(() => deriveProject(analyze));
  const project = derived.value;
  const checked = await cpu(() => [...checkAnalyze(analyze), ...checkDatabase(project.database)]);
  if (checked.value.length > 0) throw new TypeError(JSON.stringify(checked.value.slice(0, 3)));
  const compiled = await cpu(async () => {
    const files = await filesOf(project, template, prismaCompiler);
    return prismaCompiler.lint(files);
  });
  return {
    tables: modelsOf(project.database).length,
    operations: project.document.operations.length,
    tests: project.test.functions.length,
    deriveMs: derived.ms,
    checkMs: checked.ms,
    compileMs: compiled.ms,
    totalMs: derived.ms + checked.ms + compiled.ms,
  };
};

const template = await readTemplate();
await measure(2, template); // loads the compilers
const rows = [await measure(9, template), await measure(39, template)];
if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(rows)}\n`);
else {
  console.table(rows);
  console.log(`growth: ${(rows[1]!.totalMs / rows[0]!.totalMs).toFixed(2)} times for 4 times the tables`);
}
