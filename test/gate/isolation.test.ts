/** Which tests begin with an empty database: those that write where a unique column has few values. */
import { expect, it } from "vitest";
import type { AutoBeOpenApi } from "../../src/phases/3-interface/ast.js";
import type { AutoBeTest } from "../../src/phases/4-test/ast.js";
import { isIsolated } from "../../src/phases/4-test/compile/isolation.js";

/** Creates lamps, of which there is one that is on and one that is off. */
const documentOf = (value: object): AutoBeOpenApi.IDocument =>
  ({
    operations: [
      {
        name: "lamps.create",
        kind: "create",
        requestBody: "ILamp.ICreate",
        refusals: [{ status: 409, code: "DUPLICATE", provoke: { kind: "repeat", members: ["isOn"] }, rules: [] }],
      },
    ],
    samples: {
      "ILamp.ICreate": { expression: { type: "objectLiteralExpression", properties: [{ name: "isOn", value }] } },
    },
  }) as unknown as AutoBeOpenApi.IDocument;

const call = (status: number): AutoBeTest.IStatement[] => [
  {
    type: "apiOperateStatement",
    operation: "lamps.create",
    as: "keeper",
    argument: null,
    variableName: null,
    status,
    code: null,
  },
];

const cycled = {
  type: "callExpression",
  expression: { type: "identifier", text: "bed.cycle" },
  arguments: [],
};

it.each([
  [201, true],
  // what is refused once the row is written would be refused for another row before
  [409, true],
  [422, true],
  [400, false],
  [404, false],
])("a call that ends with %i: %s", (status, isAlone) => {
  expect(isIsolated(documentOf(cycled), call(status))).toBe(isAlone);
});

it("is no matter where there are values enough", () => {
  expect(isIsolated(documentOf({ type: "formatRandom", format: "uuid" }), call(201))).toBe(false);
});
