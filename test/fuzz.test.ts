/** A few random services: what is derived from them is sound, and printed as Prisma takes it. `npm run fuzz` runs them too. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { readTemplate } from "../src/io/package-folder.js";
import { blueprint } from "./fuzz/blueprint.js";
import { buildAnalysis } from "./fuzz/build.js";
import { openEngines } from "./fuzz/engines.js";
import { judgeAnalysis, judgeDraft } from "./fuzz/judge.js";
import { judgePair, pairOf } from "./fuzz/migrations.js";
import { deriveProject, gapsOf, printProject } from "./fuzz/project.js";

it("prints random services, each operation, must and rule with a test", async () => {
  const template = await readTemplate();
  const gaps: string[][] = [];
  for (const drawn of fc.sample(blueprint, { seed: 20260801, numRuns: 40 })) {
    const analyze = buildAnalysis(drawn);
    expect(judgeAnalysis(analyze)).toEqual([]);
    const project = deriveProject(analyze, drawn);
    expect(await judgeDraft(project, await printProject(project, template))).toEqual([]);
    gaps.push(gapsOf(project));
  }
  // Chance may grant what its own rules make impossible, but seldom.
  expect(gaps.filter((one) => one.length !== 0).length, gaps.flat().join()).toBeLessThanOrEqual(1);
});

it("makes what a row needs beside it for each of two rows alike", () => {
  const seed = (Math.imul(20261126, 1_000_003) + Math.imul(9, 7919)) | 0;
  const [drawn] = fc.sample(blueprint, { seed, numRuns: 1 });
  const { test } = deriveProject(buildAnalysis(drawn!), drawn!);
  const { statements } = test.functions.find((one) => one.name === "informationList.row.neighbours")!;
  const called = statements.flatMap((one) => (one.type === "apiOperateStatement" ? [one.operation] : []));
  const submitted = called.filter((name) => name === "informationList.submit");
  expect(submitted).toHaveLength(2);
  expect(called.filter((name) => name === "seriesList.create")).toHaveLength(2);
});

it("makes the same bytes every time", async () => {
  const template = await readTemplate();
  const [drawn] = fc.sample(blueprint, { seed: 7, numRuns: 1 });
  const once = await printProject(deriveProject(buildAnalysis(drawn!), drawn!), template);
  expect(await printProject(deriveProject(buildAnalysis(drawn!), drawn!), template)).toEqual(once);
});

it("leads from one random database to another over rows, with what a fresh one would be", async () => {
  const { all, close } = await openEngines(undefined, () => {});
  const ends: string[] = [];
  for (const index of [0, 1, 2, 3, 4, 6, 8]) {
    const pair = pairOf(1, index);
    for (const engine of all) {
      const { end, complaints } = await judgePair(engine, pair);
      expect(complaints, `${engine.name}: ${pair.said}`).toEqual([]);
      ends.push(end);
    }
  }
  await close();
  expect(ends.filter((end) => end === "kept").length).toBeGreaterThan(ends.length / 2);
});
