/** Unions of the full functions: what a record can only mean is completed, and plain JSON is the literal of itself. */
import { describe, expect, test } from "vitest";
import type { ModelFunction } from "../../src/base/task.js";
import { mend } from "../../src/harness/mend.js";
import { fullInterfaceFunctions, fullTestFunctions } from "../../src/index.js";

const [writeFunction] = fullTestFunctions.functions as unknown as ModelFunction<object>[];
const [writeSchema] = fullInterfaceFunctions.functions as unknown as ModelFunction<object>[];

const declared = (expression: unknown) => ({
  name: "a.b",
  title: "t",
  file: "f",
  operation: "o",
  origin: "derived",
  requirements: [],
  rules: [],
  statements: [{ type: "declareStatement", variableName: "x", typeName: null, expression }],
});

/** What becomes of an expression; null where the whole is still not valid. */
const expressed = (given: unknown): unknown => {
  const value = mend(declared(given), writeFunction!.parameters, []);
  const [statement] = value["statements"] as { expression: unknown }[];
  return writeFunction!.validate(value).success ? statement!.expression : null;
};

describe("an expression", () => {
  test.each([
    ["text", { type: "stringLiteral", value: "text" }],
    [5, { type: "numericLiteral", value: 5 }],
    [false, { type: "booleanLiteral", value: false }],
    [null, { type: "nullLiteral" }],
    [[1], { type: "arrayLiteralExpression", elements: [{ type: "numericLiteral", value: 1 }] }],
    [
      { done: true },
      {
        type: "objectLiteralExpression",
        properties: [{ name: "done", value: { type: "booleanLiteral", value: true } }],
      },
    ],
    [
      { type: "admin", level: 1 },
      {
        type: "objectLiteralExpression",
        properties: [
          { name: "type", value: { type: "stringLiteral", value: "admin" } },
          { name: "level", value: { type: "numericLiteral", value: 1 } },
        ],
      },
    ],
  ])("from plain %j", (given, wanted) => expect(expressed(given)).toEqual(wanted));

  test.each([
    [{ text: "list.id" }, { type: "identifier", text: "list.id" }],
    [{ value: 5 }, { type: "numericLiteral", value: 5 }],
    [
      { type: "Identifier", text: "a" },
      { type: "identifier", text: "a" },
    ],
    [
      { type: "string_literal", value: "x" },
      { type: "stringLiteral", value: "x" },
    ],
    [JSON.stringify({ type: "identifier", text: "a" }), { type: "identifier", text: "a" }],
  ])("whose discriminator is missing or misspelt: %j", (given, wanted) => expect(expressed(given)).toEqual(wanted));

  test.each([[{}], [{ minimum: 1 }], [{ type: "nonsense", value: 1 }]])("that could be several stays: %j", (given) =>
    expect(expressed(given)).toBeNull(),
  );

  test("inside of a nullable position stays null", () => {
    const statement = {
      type: "apiOperateStatement",
      operation: "o",
      as: null,
      argument: null,
      variableName: null,
      status: 200,
      code: null,
    };
    const value = { ...declared(1), statements: [statement] };
    expect(mend(value, writeFunction!.parameters, [])).toEqual(value);
  });
});

describe("a schema", () => {
  const schemed = (schema: unknown) => mend({ name: "IThing", description: "d", schema }, writeSchema!.parameters, []);

  test("is completed by its keys, also deep inside", () => {
    const given = { properties: { tags: { items: { type: "string" }, description: "d" } }, required: ["tags"] };
    expect(schemed(given)["schema"]).toEqual({
      type: "object",
      properties: { tags: { type: "array", items: { type: "string" }, description: "d" } },
      required: ["tags"],
    });
  });

  test("without a discriminator of its own stays as it is", () => {
    const given = { oneOf: [{ const: "a" }, { $ref: "#/components/schemas/IOther" }] };
    expect(schemed(given)["schema"]).toEqual(given);
  });
});

test("a valid value is not touched", () => {
  const value = declared({
    type: "binaryExpression",
    left: { type: "identifier", text: "a" },
    operator: "===",
    right: { type: "numericLiteral", value: 1 },
  });
  expect(mend(value, writeFunction!.parameters, [])).toEqual(value);
});
