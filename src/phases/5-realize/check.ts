/** What a schema cannot say about leaves: forbidden names, refusals of the contract each exactly once, early exits. */
import { type Diagnostic, Findings, nearest } from "../../base/diagnostic.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import type { IRealizeAmend, IRealizeAmendStep, IRealizeOperation, IRealizeStep } from "./ast.js";

const FORBIDDEN: Record<string, string> = {
  process: "configuration is not for operations",
  require: "nothing is imported by a leaf",
  import: "nothing is imported by a leaf",
  eval: "code is not made at run time",
  Function: "code is not made at run time",
  fetch: "operations do not call out",
  globalThis: "globals are not for operations",
  setTimeout: "an operation ends with its transaction",
  setInterval: "an operation ends with its transaction",
  setImmediate: "an operation ends with its transaction",
  console: "the server logs by itself",
  database: "use tx, the client of this transaction",
  throw: "put the condition into refuseIf and the code into refusal",
  return: "the answer is result; a step only goes on",
  any: "name the type",
};

/** Refusals that no guard of the machine holds, and so owe a leaf. */
export const owedRefusals = (operation: AutoBeOpenApi.IOperation): AutoBeOpenApi.IRefusal[] =>
  operation.refusals.filter((one) => one.provoke === null);

export const checkOperation = (operation: AutoBeOpenApi.IOperation, answer: IRealizeOperation): Diagnostic[] => {
  const found = new Findings();
  if (answer.blocked.length !== 0) return found.list;
  answer.steps.forEach((step, index) => checkStep(operation, step, `$input.steps[${index}]`, found));
  checkNames(answer.result, "$input.result", found, ["return", "throw"]);
  checkOnce(operation, answer.steps, found);
  if (operation.responseBody !== null && answer.result.trim() === "undefined")
    found.add("REALIZE.RESULT_MISSING", "$input.result", `The operation answers ${operation.responseBody}.`);
  return found.list;
};

export const checkAmendment = (operations: AutoBeOpenApi.IOperation[], answer: IRealizeAmend): Diagnostic[] => {
  const found = new Findings();
  if (answer.blocked.length !== 0) return found.list;
  const names = operations.map((one) => one.name);
  answer.steps.forEach((step: IRealizeAmendStep, index) => {
    const operation = operations.find((one) => one.name === step.operation);
    if (operation === undefined)
      found.add(
        "REALIZE.UNKNOWN_OPERATION",
        `$input.steps[${index}].operation`,
        `There is no operation ${step.operation}; nearest: ${nearest(step.operation, names)}.`,
      );
    else checkStep(operation, step, `$input.steps[${index}]`, found);
  });
  for (const operation of operations) {
    const steps = answer.steps.filter((step) => step.operation === operation.name);
    checkOnce(operation, steps, found);
    for (const effect of operation.effects)
      if (!effect.compiled && steps.every((step) => step.code.trim() === ""))
        found.add(
          "REALIZE.EFFECT_MISSING",
          "$input.blocked",
          `${operation.name} owes this effect, and no step of it has code: ${effect.value}`,
        );
  }
  return found.list;
};

const checkStep = (operation: AutoBeOpenApi.IOperation, step: IRealizeStep, at: string, found: Findings): void => {
  checkNames(step.code, `${at}.code`, found);
  if (step.refuseIf != null) checkNames(step.refuseIf, `${at}.refuseIf`, found);
  const codes = owedRefusals(operation).map((one) => one.code);
  if (step.refuseIf != null && step.refusal == null)
    found.add(
      "REALIZE.REFUSAL_WITHOUT_CODE",
      `${at}.refusal`,
      `A condition needs the code it refuses with, one of ${codes.join(", ") || "none: leave refuseIf null"}.`,
    );
  if (step.refusal != null && step.refuseIf == null)
    found.add(
      "REALIZE.REFUSAL_WITHOUT_CONDITION",
      `${at}.refuseIf`,
      `${step.refusal} needs the condition under which the call is refused.`,
    );
  if (step.refusal != null && !codes.includes(step.refusal))
    found.add(
      "REALIZE.UNKNOWN_REFUSAL",
      `${at}.refusal`,
      `${operation.name} has no refusal ${step.refusal} to implement; it has ${codes.join(", ") || "none"}.`,
    );
  if (step.code.trim() === "" && step.refuseIf == null)
    found.add(
      "REALIZE.EMPTY_STEP",
      `${at}.code`,
      "The step does nothing: give it code or a condition, or leave it out.",
    );
};

/** Strings and comments are not code. */
const checkNames = (code: string, path: string, found: Findings, alsoAllowed: string[] = []): void => {
  const bare = code.replaceAll(/\/\/.*$|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gm, " ");
  for (const [name, why] of Object.entries(FORBIDDEN))
    if (!alsoAllowed.includes(name) && usesName(name, bare) && !isArrowReturn(name, bare))
      found.add("REALIZE.FORBIDDEN_NAME", path, `${name} is not to be used here: ${why}.`);
};

const usesName = (name: string, code: string): boolean => new RegExp(`(?<![\\w.$])${name}(?![\\w$:])`).test(code);

/** A return inside a function of the leaf's own leaves that function only. */
const isArrowReturn = (name: string, code: string): boolean =>
  name === "return" &&
  /=>\s*\{[\s\S]*\breturn\b[\s\S]*\}/.test(code) &&
  !/(?:^|[;}])\s*(?:if\s*\([^)]*\)\s*\{?\s*)?return\b/.test(code.replaceAll(/=>\s*\{[\s\S]*?\}/g, ""));

const checkOnce = (operation: AutoBeOpenApi.IOperation, steps: readonly IRealizeStep[], found: Findings): void => {
  for (const refusal of owedRefusals(operation)) {
    const count = steps.filter((step) => step.refusal === refusal.code).length;
    if (count === 0)
      found.add(
        "REALIZE.REFUSAL_MISSING",
        "$input.blocked",
        `No step of ${operation.name} refuses with ${refusal.code}: ${refusal.when}`,
      );
    if (count > 1)
      found.add(
        "REALIZE.REFUSAL_TWICE",
        "$input.blocked",
        `${count} steps of ${operation.name} refuse with ${refusal.code}; one condition is to say it all.`,
      );
  }
};
