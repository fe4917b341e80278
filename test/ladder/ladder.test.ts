/** The rungs of the ladder on the real functions: still JSON Schema, still open to a right answer, and free of what was refused. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { type Schema, subschemas } from "../../src/io/endpoint/ladder/walk.js";
import { below, descend, type Rung } from "../../src/io/endpoint/ladder.js";
import { dressed } from "./dress.js";
import { flat, recordedSamples, recursiveSamples, type Sample } from "./samples.js";

const RUNGS: Rung[] = [0, 1, 2, 3, 4, 5, 6];
const samples = [...recordedSamples, ...recursiveSamples];
const cases = samples.flatMap(({ fn, answer }, i) =>
  RUNGS.map((rung): [string, Rung, Sample] => [`${fn.name} ${i}`, rung, { fn, answer }]),
);

const schemaOf = (fn: Sample["fn"], rung: Rung): Schema => descend(fn.parameters, rung)!.schema;
const compile = (schema: Schema) =>
  new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

test("there is a recorded answer to all functions that were asked", () => {
  expect(recordedSamples.every(({ fn }) => fn !== undefined)).toBe(true);
  expect(new Set(recordedSamples.map(({ fn }) => fn.name)).size).toBeGreaterThan(5);
});

describe("a rung", () => {
  test.each(cases)("of %s, S%i, is a schema that takes a right answer", (_, rung, { fn, answer }) => {
    const schema = schemaOf(fn, rung);
    const accepts = compile(schema);
    accepts(dressed(answer, schema, rung));
    expect(accepts.errors ?? []).toEqual([]);
  });

  test.each([...flat, ...recursiveSamples.map(({ fn }) => fn)].map((fn): [string, Sample["fn"]] => [fn.name, fn]))(
    "%s: each begins with an object and refers only to what is there",
    (_, fn) => {
      for (const rung of RUNGS) {
        const schema = schemaOf(fn, rung);
        expect(schema["type"]).toBe("object");
        const names = subschemas(schema).flatMap((one) => (one["$ref"] === undefined ? [] : [one["$ref"]]));
        expect(names.filter((name) => !(String(name).slice(8) in ((schema["$defs"] ?? {}) as object)))).toEqual([]);
      }
    },
  );

  test.each([0, 1, 3, 4] as Rung[])("S%i still refuses a wrong answer", (rung) => {
    for (const { fn, answer } of recordedSamples) {
      const { plan: _, ...rest } = answer;
      if ("plan" in answer) expect(compile(schemaOf(fn, rung))(rest)).toBe(false);
    }
  });
});

const all = samples.map(({ fn }): [string, Sample["fn"]] => [fn.name, fn]);

describe("what is left out", () => {
  test.each(all)("%s: S1 has nothing that grammars refuse", (_, fn) => {
    for (const one of subschemas(schemaOf(fn, 1))) {
      const keys = Object.keys(one);
      expect(
        keys.filter((key) => /^x-|^(oneOf|const|discriminator|\$schema|format|multipleOf|uniqueItems)$/.test(key)),
      ).toEqual([]);
      if ("pattern" in one) expect(keys.filter((key) => /Length$/.test(key))).toEqual([]);
      if ("pattern" in one) expect(one["pattern"]).toMatch(/^\^.*\$$/);
    }
  });

  test.each(all)("%s: S2 is OpenAI's subset, or does not say so", (_, fn) => {
    const { schema, strict } = descend(fn.parameters, 2)!;
    expect(strict).toBe(fn.name !== "writeSchema"); // it has records, for which strict mode has no form
    if (!strict) return expect(schema).toEqual(schemaOf(fn, 1));
    for (const one of subschemas(schema)) {
      if ("$ref" in one) expect(Object.keys(one)).toEqual(["$ref"]);
      if (one["type"] !== "object") continue;
      expect(one["additionalProperties"]).toBe(false);
      expect([...(one["required"] as string[])].sort()).toEqual(Object.keys(one["properties"] as object).sort());
    }
    expect(
      subschemas(schema)
        .flatMap(Object.keys)
        .filter((key) => /^(min|max|pattern|oneOf|allOf|not)/.test(key)),
    ).toEqual([]);
  });

  test.each(all)("%s: S3 refers only to what contains itself, S4 to nothing", (_, fn) => {
    const third = schemaOf(fn, 3);
    const definitions = (third["$defs"] ?? {}) as Record<string, Schema>;
    const reaches = (from: string, seen = new Set<string>()): Set<string> => {
      for (const one of subschemas(definitions[from]!)) {
        const name = typeof one["$ref"] === "string" ? one["$ref"].slice(8) : null;
        if (name !== null && !seen.has(name)) reaches(name, seen.add(name));
      }
      return seen;
    };
    expect(Object.keys(definitions).filter((name) => !reaches(name).has(name))).toEqual([]);
    const isFlat = flat.some(({ name }) => name === fn.name);
    expect(Object.keys(definitions).length > 0).toBe(!isFlat);
    for (const schema of isFlat ? [third, schemaOf(fn, 4)] : [schemaOf(fn, 4)])
      expect(
        subschemas(schema).filter((one) => "$ref" in one || "$defs" in one || one["additionalProperties"] === false),
      ).toEqual([]);
  });

  test("S4 ends open, and stays small", () => {
    for (const { fn } of recursiveSamples) {
      const schema = schemaOf(fn, 4);
      expect(subschemas(schema).some((one) => Object.keys(one).length === 0)).toBe(true);
      expect(JSON.stringify(schema).length).toBeLessThan(50_000);
    }
  });
});

describe("odd schemas", () => {
  const tree = {
    type: "object",
    properties: { kids: { type: "array", items: { $ref: "#/$defs/Node<A>" } } },
    required: ["kids"],
    $defs: {
      "Node<A>": {
        type: "object",
        properties: { kids: { type: "array", items: { $ref: "#/$defs/Node<A>" } } },
        required: ["kids"],
      },
    },
  };
  const deep = (depth: number): object => ({ kids: depth === 0 ? [] : [deep(depth - 1)] });

  test("a small recursion is unrolled six times", () => {
    const text = JSON.stringify(schemaOfAny(tree, 4));
    expect(text.split('"kids":').length - 1).toBe(7);
    expect(compile(schemaOfAny(tree, 4))(deep(9))).toBe(true);
    expect(compile(schemaOfAny(tree, 4))({ kids: [{ kids: [{ kid: [] }] }] })).toBe(false);
  });

  test("names no pointer can hold are spelt anew", () => {
    const schema = schemaOfAny(tree, 1);
    expect(Object.keys(schema["$defs"] as object)).toEqual(["Node_A_"]);
    expect(compile(schema)(deep(3))).toBe(true);
  });

  test("a union, a scalar or a reference at the top is wrapped or followed", () => {
    const union = {
      oneOf: [{ $ref: "#/$defs/A" }, { type: "null" }],
      $defs: { A: { type: "object", properties: {} } },
    };
    expect(schemaOfAny(union, 1)).toMatchObject({ type: "object", required: ["value"], $defs: { A: {} } });
    const reference = { $ref: "#/$defs/A", $defs: { A: { type: "object", properties: { a: { type: "string" } } } } };
    expect(schemaOfAny(reference, 1)).toMatchObject({ type: "object", properties: { a: { type: "string" } } });
  });

  test("members that are called like keywords stay, and data is left alone", () => {
    const odd = {
      type: "object",
      properties: { format: { type: "string", format: "uri" }, oneOf: { enum: [{ oneOf: 1 }] }, const: { const: 5 } },
    };
    expect(schemaOfAny(odd, 1)["properties"]).toEqual({
      format: { type: "string" },
      oneOf: { enum: [{ oneOf: 1 }] },
      const: { enum: [5] },
    });
  });

  test("a pattern and a length do not stand together, an open pattern not at all", () => {
    const strings = {
      type: "object",
      properties: {
        code: { type: "string", pattern: "^[A-Z]+$", maxLength: 9 },
        open: { type: "string", pattern: "[A-Z]+", maxLength: 9 },
        long: { type: "string", minLength: 1, maxLength: 5_000 },
      },
    };
    expect(schemaOfAny(strings, 1)["properties"]).toEqual({
      code: { type: "string", pattern: "^[A-Z]+$" },
      open: { type: "string", maxLength: 9 },
      long: { type: "string", minLength: 1 },
    });
  });

  test("bounds and what stands beside a reference are told", () => {
    const bounded = {
      type: "object",
      properties: {
        name: { description: "Unique.", $ref: "#/$defs/Line" },
        many: { type: "array", items: { type: "integer" }, maxItems: 3 },
      },
      required: ["name"],
      $defs: { Line: { type: "string", minLength: 1, maxLength: 80 } },
    };
    expect(schemaOfAny(bounded, 2)).toEqual({
      type: "object",
      properties: {
        name: { description: "Unique. (at least 1 characters, at most 80 characters)", type: "string" },
        many: {
          description: "(at most 3 items)",
          anyOf: [{ type: "null" }, { type: "array", items: { type: "integer" } }],
        },
      },
      required: ["name", "many"],
      additionalProperties: false,
    });
  });
});

const schemaOfAny = (schema: Schema, rung: Rung): Schema => descend(schema, rung)!.schema;

describe("the way down", () => {
  test("leaves out rungs that change nothing", () => {
    expect(
      walk({ type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false }),
    ).toEqual([0, 2, 3, 5, 6, 7]);
    expect(walk(recordedSamples[0]!.fn.parameters)).toEqual([0, 2, 3, 5, 6, 7]);
    expect(walk(recursiveSamples[0]!.fn.parameters)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(walk(recursiveSamples[1]!.fn.parameters)).toEqual([0, 3, 4, 5, 6, 7]);
  });
});

const walk = (schema: Schema): Rung[] => {
  const rungs: Rung[] = [0];
  for (let at = below(schema, 0); at !== null; at = below(schema, at)) rungs.push(at);
  return rungs;
};
