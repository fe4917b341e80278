/** What the tasks of the first two phases cost: small enough for a laptop, and every name they offer can be said. */
import { describe, expect, it } from "vitest";
import type { Task } from "../../src/base/task.js";
import { narrow } from "../../src/harness/narrow.js";
import { countTokens } from "../../src/harness/tokens.js";
import { moduleTask, outlineTask } from "../../src/phases/1-analyze/prompt.js";
import { arrangeTask, modelsTask } from "../../src/phases/2-database/prompt.js";
import { answering } from "../library/asker.js";
import { libraryAnalysis, libraryDatabase, libraryOutline, libraryPassages } from "../library/library.js";

const asker = answering({});
const outline = libraryOutline();
const draft = libraryDatabase();
const lending = draft.files.find((file) => file.namespace === "Lending")!;
const tasks = [
  outlineTask(libraryPassages(), asker),
  moduleTask(outline, outline.modules[1]!, libraryPassages(), asker),
  arrangeTask(libraryAnalysis(), draft, lending, asker),
  modelsTask(libraryAnalysis(), draft, "Lending", 1, lending.models, asker),
] as unknown as Task[];

describe.each(tasks.map((task) => ({ key: task.key, task })))("$key", ({ task }) => {
  it("says its part in 1,500 tokens", () => {
    expect(countTokens(task.system) + countTokens(task.user)).toBeLessThanOrEqual(1_500);
  });
  it("has a function of 2,000 tokens at most", () => {
    expect(countTokens(JSON.stringify(task.function.parameters))).toBeLessThanOrEqual(2_000);
  });
  it("offers names at places that exist, and closes with a list", () => {
    const { parameters } = narrow(task.function, task.enums);
    expect(Object.keys(parameters["properties"] as object).at(-1)).toBe(task.closing);
  });
});

it("cuts a long request short for the outline only", () => {
  const passages = Array.from({ length: 200 }, (_, index) => `Passage ${index} ${"says a lot ".repeat(60)}`);
  const task = outlineTask(passages, asker);
  expect(countTokens(task.user)).toBeLessThan(5_500);
  expect(task.user).toContain("P200. Passage 199");
});
