/** A failure as a model reads it: what was done, what was answered, what it was for. */
import { type AutoBeAnalyze, ruleId } from "../../phases/1-analyze/ast.js";
import type { AutoBeTest, IScenarioStep, IScenarios } from "../../phases/4-test/ast.js";
import type { IRealizeAmend, IRealizeOperation, IRealizeStep } from "../../phases/5-realize/ast.js";
import type { Broken, Part } from "./causes.js";

/** Longest body of an exchange that is shown, in characters. */
const LONGEST_BODY = 700;

export const breakOf = ({ failed }: Broken): string => {
  const { exchange, error } = failed;
  const line = error.split("\n", 1)[0]!.slice(0, 400);
  if (exchange === null) return line;
  const { method, path, request, response, status } = exchange;
  const sent = request === undefined || request === null ? "" : ` with ${shorten(request)}`;
  const answered = response === undefined ? "" : ` ${shorten(response)}`;
  return `${method} ${path}${sent} answered ${status ?? "nothing"}${answered}; ${line}`;
};

const shorten = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)}…` : text;
};

/** Steps of a scenario as its author wrote them, calls of a derived test in the same words. */
export const storyOf = ({ test }: Broken, written: IScenarios | null): string => {
  const name = test.name.split(".scenario.")[1];
  const steps = written?.steps.filter((step) => step.scenario === name) ?? [];
  return steps.length > 0 ? steps.map(stepOf).join("\n") : test.statements.flatMap(callOf).join("\n");
};

const stepOf = ({ as, call, give, status, keep, expect }: IScenarioStep): string =>
  `  ${as} calls ${call}${give.length === 0 ? "" : ` (${give.join("; ")})`}: ${status}${keep === null ? "" : `, kept as ${keep}`}${expect.length === 0 ? "" : `, expects ${expect.join("; ")}`}`;

const callOf = (statement: AutoBeTest.IStatement): string[] =>
  statement.type === "apiOperateStatement"
    ? [
        `  ${statement.as ?? "nobody"} calls ${statement.operation}: ${statement.status}${statement.code === null ? "" : ` ${statement.code}`}`,
      ]
    : statement.type === "repeatStatement"
      ? statement.statements.flatMap(callOf).map((line) => `  ${statement.times} times ${line.trim()}`)
      : statement.type === "raceStatement"
        ? [
            `  ${statement.as ?? "nobody"} calls ${statement.operation} ${statement.arguments.length} times at once: ${statement.succeeds} through, else ${statement.status}`,
          ]
        : [];

/** Leaves of one operation as their author wrote them. */
export const leavesOf = ({ name, key }: Part, answer: object): string => {
  if (key.startsWith("realize/operation:")) {
    const { steps, result } = answer as IRealizeOperation;
    return [`${name}:`, ...steps.map((step) => leafOf(step)), `  result: ${result}`].join("\n");
  }
  const steps = (answer as IRealizeAmend).steps.filter((step) => step.operation === name);
  const leaves = steps.map((step) => leafOf(step, `${step.moment} the write`));
  return [`${name}:`, ...(leaves.length > 0 ? leaves : ["  none were written"])].join("\n");
};

const leafOf = ({ why, code, refuseIf, refusal }: IRealizeStep, moment?: string): string =>
  [
    `  // ${moment === undefined ? "" : `${moment}: `}${why}`,
    ...(code.trim() === "" ? [] : [`  ${code}`]),
    ...(refuseIf == null ? [] : [`  refuses with ${refusal} if ${refuseIf}`]),
  ].join("\n");

export const dutiesOf = (analyze: AutoBeAnalyze.IApplication, ids: ReadonlySet<string>): string =>
  analyze.modules
    .flatMap((module) => [
      ...module.requirements
        .filter((one) => ids.has(one.id))
        .map((one) => `- ${one.id}: ${one.text} Seen by: ${one.acceptance}`),
      ...module.rules.filter((one) => ids.has(ruleId(one))).map((one) => `- ${ruleId(one)}: ${one.statement}`),
    ])
    .join("\n") || "none";
