/** One case file for each kind of statement and expression of a test: what it prints. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatFiles } from "../src/io/format.js";
import { type AutoBeTest, validateTest } from "../src/phases/4-test/ast.js";
import { compileTest } from "../src/phases/4-test/compile.js";
import { fullTestFunctions } from "../src/phases/4-test/full-ast.js";
import { libraryDocument } from "./library/library.js";

interface Case {
  why: string;
  given: AutoBeTest.IStatement[];
  expect: string;
}

const FOLDER = new URL("kinds/", import.meta.url);
const document = libraryDocument();
const kinds = readdirSync(FOLDER).map((name) => name.replace(/\.json$/, ""));

const printed = async (statements: AutoBeTest.IStatement[]): Promise<string> => {
  const one: AutoBeTest.IFunction = {
    name: "one",
    title: "One",
    file: "one",
    operation: "books.at",
    origin: "derived",
    requirements: [],
    rules: [],
    statements,
  };
  const path = "test/features/one.ts";
  const files = await formatFiles({ [path]: compileTest(document, { functions: [one] })[path]! }, {});
  return files[path]!;
};

describe("the kinds of a test", () => {
  it("have a case each, and no other", () => {
    const schema = JSON.stringify(fullTestFunctions.functions);
    const declared = [...schema.matchAll(/"enum":\["([a-zA-Z]+)"\]/g)].map((match) => match[1]!);
    expect(declared.length).toBeGreaterThan(40);
    expect(kinds.sort()).toEqual([...new Set(declared)].sort());
  });

  for (const kind of kinds) {
    const { why, given, expect: wanted } = JSON.parse(readFileSync(new URL(`${kind}.json`, FOLDER), "utf8")) as Case;
    it(`${kind}: ${why}`, async () => {
      expect(JSON.stringify(given)).toContain(`"type":"${kind}"`);
      const text = await printed(given);
      if (process.env["GOLDEN"])
        writeFileSync(new URL(`${kind}.json`, FOLDER), `${JSON.stringify({ why, given, expect: text }, null, 2)}\n`);
      else expect(text).toBe(wanted);
      const one = { name: "x", title: "x", file: "x", operation: "x", requirements: [], rules: [], statements: given };
      expect(validateTest({ functions: [{ ...one, origin: "derived" }] }).success).toBe(true);
    });
  }
});
