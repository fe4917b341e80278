/** A verdict → causes: which failing tests hang together, and what of theirs a model has written. */

import type { FailedTest, Verdict } from "../../gate/judge.js";
import { operationName } from "../../gate/operations.js";
import { aggregatesOf } from "../../phases/2-database/notation.js";
import type { AutoBeOpenApi, IAmend } from "../../phases/3-interface/ast.js";
import { accessorOf } from "../../phases/3-interface/merge.js";
import type { AutoBeTest } from "../../phases/4-test/ast.js";
import type { Design } from "../design.js";
import type { Memory } from "./memory.js";

/** Something a model wrote that may be wrong. */
export interface Part {
  side: "implementation" | "scenario" | "contract";
  /** Operation, or scenario as its author called it. */
  name: string;
  /** Task whose answer it is in. */
  key: string;
}

export interface Broken {
  failed: FailedTest;
  test: AutoBeTest.IFunction;
  /** The operation that answered unexpectedly; null where nothing was sent, or nothing of the contract. */
  operation: AutoBeOpenApi.IOperation | null;
}

export interface Cause {
  /** Operation or scenario it is named after. */
  name: string;
  tests: Broken[];
  /** Empty where no model has written anything that could be wrong. */
  parts: Part[];
  /** The part that is wrong where that needs no judgement. */
  certain: Part | null;
}

export const causesOf = (verdict: Verdict, design: Design, memory: Memory): Cause[] => {
  const causes = new Map<string, Cause>();
  for (const failed of verdict.failedTests) {
    const test = design.test?.functions.find((one) => one.name === failed.name);
    // A test of the template is no AST that could be amended.
    if (test === undefined) {
      causes.set(failed.name, { name: failed.name, tests: [], parts: [], certain: null });
      continue;
    }
    const operation = culpritOf(failed, design);
    const leaves = leavesBefore(test, operation, design, memory);
    const suspect = leaves.find((one) => one.name === operation?.name) ?? leaves.at(-1) ?? null;
    const scenario = scenarioPart(test, memory);
    const bare = test.origin === "scenario" ? namesBefore(test, operation).flatMap(barePart(design, memory)) : [];
    const agreed = test.origin === "scenario" ? namesBefore(test, operation).flatMap(contractPart(design, memory)) : [];
    const name = suspect?.name ?? scenario?.name ?? failed.name;
    const cause = causes.get(name) ?? { name, tests: [], parts: [], certain: null };
    cause.tests.push({ failed, test, operation });
    for (const part of [...leaves, ...bare, ...(scenario === null ? [] : [scenario]), ...agreed])
      if (!cause.parts.some((one) => one.key === part.key && one.name === part.name)) cause.parts.push(part);
    // Derived tests are trusted, and so is what the machine implements.
    if (test.origin === "derived") cause.certain ??= suspect;
    causes.set(name, cause);
  }
  for (const cause of causes.values()) if (cause.parts.length === 1) cause.certain ??= cause.parts[0]!;
  return [...causes.values()];
};

export const culpritOf = ({ exchange }: FailedTest, { document }: Design): AutoBeOpenApi.IOperation | null => {
  if (exchange === null) return null;
  const name = operationName({ method: exchange.method, path: exchange.template });
  return document?.operations.find((one) => operationName(one) === name) ?? null;
};

const leavesBefore = (
  test: AutoBeTest.IFunction,
  culprit: AutoBeOpenApi.IOperation | null,
  design: Design,
  memory: Memory,
): Part[] => namesBefore(test, culprit).flatMap((name) => leafPart(name, design, memory) ?? []);

/** Operations that a test calls up to the one that it broke at, in the order of their last calls. */
const namesBefore = (test: AutoBeTest.IFunction, culprit: AutoBeOpenApi.IOperation | null): string[] => {
  const calls = callsOf(test.statements);
  const end = culprit === null ? -1 : calls.lastIndexOf(culprit.name);
  const before = end === -1 ? calls : calls.slice(0, end + 1);
  return before.filter((name, place) => before.lastIndexOf(name) === place);
};

export const callsOf = (statements: readonly AutoBeTest.IStatement[]): string[] =>
  statements.flatMap((one) =>
    one.type === "apiOperateStatement" || one.type === "raceStatement"
      ? [one.operation]
      : one.type === "repeatStatement"
        ? callsOf(one.statements)
        : one.type === "ifStatement"
          ? callsOf([...one.thenStatement, ...(one.elseStatement ?? [])])
          : [],
  );

/** An operation for which leaves were asked and none were written: what it owes may be missing altogether. */
const barePart =
  (design: Design, memory: Memory) =>
  (name: string): Part[] => {
    if (leafPart(name, design, memory) !== null) return [];
    const asked = [...memory].find(
      ([key, { task, outcome }]) =>
        key.startsWith("realize/amend:") &&
        outcome.answer !== null &&
        task.enums["steps[].operation"]?.includes(name) === true,
    );
    return asked === undefined ? [] : [{ side: "implementation", name, key: asked[0] }];
  };

const leafPart = (name: string, { database, document, realize }: Design, memory: Memory): Part | null => {
  const operation = document?.operations.find((one) => one.name === name);
  const body = realize?.operations.find((one) => one.name === name);
  if (database === null || operation === undefined || body === undefined) return null;
  if (operation.kind !== "custom" && body.before.length + body.after.length === 0) return null;
  const aggregate = aggregatesOf(database).find((one) => one.models.some((model) => model.name === operation.model));
  const key = operation.kind === "custom" ? `realize/operation:${name}` : `realize/amend:${aggregate?.name}`;
  return memory.has(key) ? { side: "implementation", name, key } : null;
};

const scenarioPart = ({ name, origin }: AutoBeTest.IFunction, memory: Memory): Part | null => {
  const [aggregate, scenario] = name.split(".scenario.") as [string, string | undefined];
  const key = `test/scenarios:${aggregate}`;
  return origin === "scenario" && scenario !== undefined && memory.has(key)
    ? { side: "scenario", name: scenario, key }
    : null;
};

const WRITES: AutoBeOpenApi.Kind[] = ["create", "update", "erase", "transition", "custom"];

/** How an operation refuses and what it changes, where a model was asked for that and could have said it wrongly. */
const contractPart =
  ({ document }: Design, memory: Memory) =>
  (name: string): Part[] => {
    const operation = document?.operations.find((one) => one.name === name);
    if (operation === undefined || !WRITES.includes(operation.kind)) return [];
    const asked = [...memory].find(
      ([key, { task, outcome }]) =>
        key.startsWith("interface/amend:") &&
        outcome.answer !== null &&
        task.enums["effects[].operation"]?.some((shown) => isCalled(name, shown, outcome.answer!)),
    );
    return asked === undefined ? [] : [{ side: "contract", name, key: asked[0] }];
  };

/** A custom operation may have been given another path, and with it another name than it was shown under. */
export const isCalled = (name: string, shown: string, answer: object): boolean =>
  name === shown ||
  ((answer as IAmend).operations ?? []).some(
    (one) => one.name === shown && one.path !== null && accessorOf(one.path, shown.split(".").at(-1)!) === name,
  );
