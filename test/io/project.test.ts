/** A generated project that lost what the gate needs to read it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProjectCompiler } from "../../src/io/project-compiler.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("without package.json, then without tsconfig.json, it is the user's matter", async () => {
  await expect(createProjectCompiler(folder)).rejects.toMatchObject({ name: "Failure", code: "PROJECT.NO_MANIFEST" });
  await writeFile(join(folder, "package.json"), "{}");
  const compiler = await createProjectCompiler(folder);
  expect(() => compiler.checkFiles({}, [])).toThrow(expect.objectContaining({ code: "PROJECT.NO_TSCONFIG" }));
});
