/** The functions of the phases with right answers to them, and the recursive ones with answers as deep as they are likely to be. */
import { readFileSync } from "node:fs";
import type { AcceptedEntry, JournalEntry } from "../../src/base/journal.js";
import type { ModelFunction } from "../../src/base/task.js";
import { analyzeFunctions } from "../../src/phases/1-analyze/ast.js";
import { databaseFunctions } from "../../src/phases/2-database/ast.js";
import { interfaceFunctions } from "../../src/phases/3-interface/ast.js";
import { fullInterfaceFunctions } from "../../src/phases/3-interface/full-ast.js";
import { testFunctions } from "../../src/phases/4-test/ast.js";
import { fullTestFunctions } from "../../src/phases/4-test/full-ast.js";
import { realizeFunctions } from "../../src/phases/5-realize/ast.js";

export interface Sample {
  fn: ModelFunction<object>;
  answer: Record<string, unknown>;
}

const functionsOf = (...applications: { functions: unknown[] }[]): ModelFunction<object>[] =>
  applications.flatMap(({ functions }) => functions as ModelFunction<object>[]);

export const flat = functionsOf(
  analyzeFunctions,
  databaseFunctions,
  interfaceFunctions,
  testFunctions,
  realizeFunctions,
);
const full = functionsOf(fullInterfaceFunctions, fullTestFunctions);

const journal = readFileSync(new URL("../../examples/todo/journal.jsonl", import.meta.url), "utf8");
const recorded = journal
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as JournalEntry)
  .filter((entry): entry is AcceptedEntry => entry.kind === "accepted" && entry.answer !== null)
  .map(({ answer }) => answer as Record<string, unknown>);

const membersOf = (fn: ModelFunction<object>): object => fn.parameters["properties"] as object;

/** Recorded answers, each with the one function that takes it. */
export const recordedSamples: Sample[] = recorded.map((answer) => ({
  fn: flat.find((fn) => fn.validate(answer).success && Object.keys(answer).every((key) => key in membersOf(fn)))!,
  answer,
}));

const number = (value: number) => ({ type: "numericLiteral", value });
const plus = (left: object, right: object) => ({ type: "binaryExpression", left, operator: "+", right });

export const recursiveSamples: Sample[] = [
  {
    fn: full.find(({ name }) => name === "writeFunction")!,
    answer: {
      name: "orders.create.sum",
      title: "A sum is a sum.",
      file: "sum",
      operation: "orders.create",
      origin: "scenario",
      requirements: ["shop.R1"],
      rules: [],
      statements: [
        {
          type: "returnStatement",
          expression: plus(plus(plus(plus(number(1), number(2)), number(3)), number(4)), number(5)),
        },
        { type: "expressionStatement", expression: { type: "integerRandom", minimum: 1 } },
      ],
    },
  },
  {
    fn: full.find(({ name }) => name === "writeSchema")!,
    answer: {
      name: "IOrder",
      description: "An order.",
      schema: {
        type: "object",
        required: ["lines"],
        properties: {
          lines: {
            description: "Its lines.",
            type: "array",
            items: { type: "array", items: { type: "array", items: { type: "string", maxLength: 9 } } },
          },
        },
      },
    },
  },
];
