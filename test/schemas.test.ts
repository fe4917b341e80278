/** `schemas/` holds what models are sent, one file a function; `npm run schemas` emits it from the `ast.ts` files, nobody edits it. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { orderedSchema } from "../src/base/ordered-schema.js";
import { analyzeFunctions } from "../src/phases/1-analyze/ast.js";
import { databaseFunctions } from "../src/phases/2-database/ast.js";
import { interfaceFunctions } from "../src/phases/3-interface/ast.js";
import { fullInterfaceFunctions } from "../src/phases/3-interface/full-ast.js";
import { testFunctions } from "../src/phases/4-test/ast.js";
import { fullTestFunctions } from "../src/phases/4-test/full-ast.js";
import { realizeFunctions } from "../src/phases/5-realize/ast.js";
import { repairFunctions } from "../src/pipeline/repair/ast.js";

const FOLDER = fileURLToPath(new URL("../schemas/", import.meta.url));

/** No prompt of a recorded run may be larger, counted with function, history and feedback. */
const MOST_OF_PROMPT = 12_000;

/** The most that a function may cost in every call; whole ASTs are asked for only where the flat form cannot say it. */
const MOST_TOKENS = 2_000;
const MOST_OF_FULL: Record<string, number> = { writeSchema: 3_500, writeFunction: 6_500 };

const flat = [
  analyzeFunctions,
  databaseFunctions,
  interfaceFunctions,
  testFunctions,
  realizeFunctions,
  repairFunctions,
].flatMap((application) =>
  application.functions.map((one) => ({ ...one, file: `${one.name}.json`, most: MOST_TOKENS })),
);
const full = [fullInterfaceFunctions, fullTestFunctions].flatMap((application) =>
  application.functions.map((one) => ({ ...one, file: `full/${one.name}.json`, most: MOST_OF_FULL[one.name] ?? 0 })),
);
const functions = [...flat, ...full];
const emitted = new Map(
  functions.map(({ file, name, description, parameters }) => [
    file,
    `${JSON.stringify({ name, description, parameters: orderedSchema(parameters) }, null, 2)}\n`,
  ]),
);

if (process.env["GOLDEN"]) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(`${FOLDER}full`, { recursive: true });
  for (const [file, text] of emitted) writeFileSync(FOLDER + file, text);
}

describe("emitted schemas", () => {
  it("are those of the functions, and no others", () => {
    const found = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
    expect(found.sort()).toEqual([...emitted.keys()].sort());
  });

  it.each([...emitted.keys()])("%s is what the build makes", (file) => {
    expect(readFileSync(FOLDER + file, "utf8")).toBe(emitted.get(file));
  });

  it("do not depend on the order in which TypeScript met the members of a union", () => {
    const one = {
      anyOf: [{ $ref: "b" }, { $ref: "a" }],
      $defs: { b: { enum: ["y", "x"] }, a: { properties: { n: 1, m: 2 } } },
    };
    const same = {
      anyOf: [{ $ref: "a" }, { $ref: "b" }],
      $defs: { a: { properties: { n: 1, m: 2 } }, b: { enum: ["x", "y"] } },
    };
    expect(JSON.stringify(orderedSchema(one))).toBe(JSON.stringify(same));
  });

  it.each(functions)("$name costs at most $most tokens on the wire", ({ name, description, parameters, most }) => {
    const wire = JSON.stringify({ type: "function", function: { name, description, parameters } });
    expect(encode(wire).length).toBeLessThanOrEqual(most);
  });
});

const EXAMPLES = new URL("../examples/", import.meta.url);

describe("recorded prompts", () => {
  it.each(readdirSync(EXAMPLES))(`of %s have at most ${MOST_OF_PROMPT} tokens`, (project) => {
    const lines = readFileSync(new URL(`${project}/journal.jsonl`, EXAMPLES), "utf8")
      .trim()
      .split("\n");
    const attempts = lines.map((line) => JSON.parse(line)).filter((entry) => entry.kind === "attempt");
    expect(attempts.length).toBeGreaterThan(0);
    expect(Math.max(...attempts.map((entry) => entry.usage.prompt))).toBeLessThanOrEqual(MOST_OF_PROMPT);
  });
});
