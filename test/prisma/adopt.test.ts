/** A schema that somebody else wrote becomes a project that type-checks, with a test for every operation and rule. */
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readTemplate } from "../../src/io/package-folder.js";
import { modelsOf } from "../../src/phases/2-database/ast.js";
import { judgeAnalysis, judgeDraft, TypeJudge } from "../fuzz/judge.js";
import { deriveProject, gapsOf, printProject } from "../fuzz/project.js";
import { adoptText, NAMES, schemaText } from "./schemas.js";

const folder = join(tmpdir(), `autobe-adopted-${process.pid}`);
const types = new TypeJudge(folder);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(NAMES)("%s", (name) => {
  const { analyze, database } = adoptText(schemaText(name), name);

  it("is a sound analysis, but for names that only a model must avoid", () => {
    expect(judgeAnalysis(analyze).filter((one) => !one.startsWith("ANALYZE.RESERVED_NAME"))).toEqual([]);
  });

  it("is printed as Prisma and TypeScript take it, and leaves nothing without a test", async () => {
    const project = deriveProject(analyze, undefined, database);
    const files = await printProject(project, await readTemplate());
    expect(await judgeDraft(project, files)).toEqual([]);
    expect(gapsOf(project)).toEqual([]);
    expect(await types.judge(project, files)).toEqual([]);
  }, 120_000);

  it("makes two types of one name in no case", () => {
    const names = modelsOf(database).map((model) => model.name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });
});
