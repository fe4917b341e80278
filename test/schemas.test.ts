/** `schemas/` holds what models are sent, one file a function; it is emitted from the `ast.ts` files and never edited. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { analyzeFunctions } from "../src/phases/1-analyze/ast.js";
import { databaseFunctions } from "../src/phases/2-database/ast.js";
import { interfaceFunctions } from "../src/phases/3-interface/ast.js";
import { testFunctions } from "../src/phases/4-test/ast.js";
import { realizeFunctions } from "../src/phases/5-realize/ast.js";

const FOLDER = fileURLToPath(new URL("../schemas/", import.meta.url));
const MOST_TOKENS = 2000;

const functions = [analyzeFunctions, databaseFunctions, interfaceFunctions, testFunctions, realizeFunctions].flatMap(
  (application) => application.functions,
);
const emitted = new Map(
  functions.map(({ name, description, parameters }) => [
    `${name}.json`,
    `${JSON.stringify({ name, description, parameters }, null, 2)}\n`,
  ]),
);

if (process.env["GOLDEN"] === "1") {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const [file, text] of emitted) writeFileSync(FOLDER + file, text);
}

describe("emitted schemas", () => {
  it("are those of the functions, and no others", () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...emitted.keys()].sort());
  });

  it.each([...emitted.keys()])("%s is what the build makes", (file) => {
    expect(readFileSync(FOLDER + file, "utf8")).toBe(emitted.get(file));
  });

  it.each(functions)("$name costs at most 2,000 tokens on the wire", ({ name, description, parameters }) => {
    const wire = JSON.stringify({ type: "function", function: { name, description, parameters } });
    expect(encode(wire).length).toBeLessThanOrEqual(MOST_TOKENS);
  });
});
