/** The desk: a contract in which rows have an origin, approvals an owner, effects a bound and rules a row they ask for; and it runs. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readTemplate } from "../src/io/package-folder.js";
import { checkAnalyze } from "../src/phases/1-analyze/check/application.js";
import { checkOutline } from "../src/phases/1-analyze/check/outline.js";
import { checkOperation } from "../src/phases/5-realize/check.js";
import { deskAnalysis, deskDocument, deskOperation, deskOutline, deskPassages, deskProject } from "./desk/desk.js";
import { printContract } from "./desk/readable.js";
import { judgeDraft, judgeRun } from "./fuzz/judge.js";
import { gapsOf, printProject } from "./fuzz/project.js";
import { compareGoldens } from "./golden.js";

const folder = await mkdtemp(join(tmpdir(), "autobe-desk-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the desk", () => {
  it("has nothing wrong with it", () => {
    expect(checkOutline(deskOutline(), deskPassages().length)).toEqual([]);
    expect(checkAnalyze(deskAnalysis())).toEqual([]);
    const book = deskDocument().operations.find((one) => one.name === "tools.book")!;
    expect(checkOperation(book, deskOperation())).toEqual([]);
    expect(gapsOf(deskProject())).toEqual([]);
  });

  it("has this contract", () => compareGoldens("desk", { "contract.md": printContract(deskProject()) }));

  it("lets each refusal and each effect of its contract be seen by a test", () => {
    const { document, test } = deskProject();
    const shown = new Set(
      test.functions.flatMap((one) =>
        one.statements.flatMap((step) =>
          step.type === "apiOperateStatement" ? [`${step.operation} ${step.status} ${step.code ?? ""}`] : [],
        ),
      ),
    );
    for (const { name, refusals } of document.operations)
      for (const { status, code } of refusals)
        expect([...shown], `${name} ${code}`).toContain(`${name} ${status} ${code}`);
    const aspects = test.functions.map((one) => one.name);
    for (const { name, kind, effects } of document.operations)
      if (effects.some((one) => one.path?.length !== 0 || one.action === "insert")) {
        expect(aspects.filter((one) => one.startsWith(`${name}.effect.`)).length, name).toBeGreaterThan(0);
        // What a custom operation writes, and in how many places, only its leaves know.
        if (kind !== "custom") expect(aspects).toContain(`${name}.whole`);
      }
  });

  it("passes the whole gate", { timeout: 300_000 }, async () => {
    const template = await readTemplate();
    const project = deskProject();
    const files = await printProject(project, template);
    expect(await judgeDraft(project, files)).toEqual([]);
    const { complaints, tests } = await judgeRun(join(folder, "run"), project, files, template);
    expect(complaints).toEqual([]);
    expect(tests).toBeGreaterThan(100);
  });
});
