/** A refusal that no call reaches: whether its author may take it back, or the contract contradicts itself. */
import { operationName } from "../../gate/operations.js";
import type { AutoBeAnalyze } from "../../phases/1-analyze/ast.js";
import type { IAmend, IAmendRefusal } from "../../phases/3-interface/ast.js";
import { idsOf } from "../../phases/3-interface/behave.js";
import type { AutoBeTest } from "../../phases/4-test/ast.js";
import type { Design } from "../design.js";
import type { Gated } from "../gate.js";
import { isCalled, type Part } from "./causes.js";

export type Release =
  /** Nothing that must be shown hangs on it alone. */
  | { kind: "released"; refusal: IAmendRefusal }
  /** It stays, and with it the contradiction. */
  | { kind: "held"; why: string }
  /** A test has reached it. */
  | { kind: "reached" };

/** Whoever judges says that no call reaches this refusal; what the gate saw decides whether that may be heard. */
export const releaseOf = (
  { analyze, document, test }: Design,
  { verdict, evidence }: Gated,
  { name }: Part,
  answer: IAmend,
  code: string,
): Release => {
  const operation = document?.operations.find((one) => one.name === name);
  const status = operation?.refusals.find((one) => one.code === code)?.status;
  const tests = evidence.report?.tests ?? [];
  const shows = (one: AutoBeTest.IFunction): boolean =>
    tests.some(({ name: reported, passed }) => passed && reported === one.name) &&
    statedIn(one.statements).some(
      (call) => call.operation === name && call.status === status && (call.code === null || call.code === code),
    );
  const answered = verdict.failedTests.some(
    ({ exchange }) =>
      exchange !== null &&
      operation !== undefined &&
      operationName({ method: exchange.method, path: exchange.template }) === operationName(operation) &&
      codeIn(exchange.response) === code,
  );
  if (answered || test?.functions.some(shows)) return { kind: "reached" };
  const refusal = answer.refusals.find((one) => one.code === code && isCalled(name, one.operation, answer));
  if (refusal === undefined)
    return { kind: "held", why: `${name} refusing with ${code} follows from tables and rules, and nobody added it.` };
  const only = shownByItAlone(analyze, verdict.unexercised, refusal);
  return only.length === 0
    ? { kind: "released", refusal }
    : { kind: "held", why: `No other test shows ${only.join(", ")}, so ${name} refusing with ${code} stays.` };
};

/** Musts and rules that no passing test shows; that of the refusal does not pass. */
const shownByItAlone = (
  analyze: AutoBeAnalyze.IApplication,
  unexercised: Gated["verdict"]["unexercised"],
  { serves }: IAmendRefusal,
): string[] => {
  const { requirements, rules } = idsOf(analyze, serves);
  return [
    ...requirements.filter((id) => unexercised.requirements.includes(id)),
    ...rules.filter((id) => unexercised.rules.includes(id)),
  ];
};

const statedIn = (
  statements: readonly AutoBeTest.IStatement[],
): (AutoBeTest.IApiOperateStatement | AutoBeTest.IRaceStatement)[] =>
  statements.flatMap((one) =>
    one.type === "repeatStatement"
      ? statedIn(one.statements)
      : one.type === "apiOperateStatement" || one.type === "raceStatement"
        ? [one]
        : [],
  );

const codeIn = (response: unknown): unknown =>
  typeof response === "object" && response !== null ? (response as { code?: unknown }).code : undefined;
