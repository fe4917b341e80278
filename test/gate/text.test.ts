/** What the tests of a generated backend write where no two rows may have the same. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";

const source = readFileSync(new URL("../../src/template/project/test/text.ts", import.meta.url), "utf8");
const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ESNext } });
const { textOf }: { textOf(count: number, length: number): string } = await import(
  `data:text/javascript,${encodeURIComponent(outputText)}`
);

it("makes another text of every number, and keeps their order", () => {
  const texts = Array.from({ length: 50_000 }, (_, count) => textOf(count, 16));
  expect(new Set(texts).size).toBe(texts.length);
  expect([...texts].sort()).toEqual(texts);
  expect(texts.every((text) => text.length === 16)).toBe(true);
});

it("begins again where there is no room", () => {
  expect([0, 35, 36, 71].map((count) => textOf(count, 1))).toEqual(["0", "z", "0", "z"]);
});
