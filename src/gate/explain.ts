/** A verdict in words: one line for each thing that keeps a backend from passing. */
import type { Evidence } from "../base/evidence.js";
import type { FailedTest, Verdict } from "./judge.js";

export const explain = (evidence: Evidence, verdict: Verdict): string[] => [
  ...evidence.schemaComplaints.map(({ file, text }) => `${file}: ${firstLine(text)}`),
  ...evidence.typeComplaints.map(
    ({ file, line, code, message }) =>
      `${file === "" ? "tsconfig.json" : `${file}:${line}`} ${code}: ${firstLine(message)}`,
  ),
  ...(evidence.stopped === null ? [] : [`The gate stopped at "${evidence.stopped.step}": ${evidence.stopped.why}`]),
  ...verdict.failedTests.map(explainTest),
  // Without a report nothing was answered or exercised, which needs no line of its own.
  ...(evidence.report === null ? [] : explainGaps(verdict)),
];

const explainGaps = ({ unanswered, unexercised, controllers }: Verdict): string[] => [
  ...unanswered.map((one) => `${one} answered 2xx in no test`),
  ...unexercised.requirements.map((one) => `${one} is exercised by no passing test`),
  ...unexercised.rules.map((one) => `rule ${one} is exercised by no passing test`),
  ...controllers.missing.map((one) => `${one} has no controller`),
  ...controllers.extra.map((one) => `${one} has a controller and is not in the contract`),
];

const explainTest = ({ name, title, requirements, rules, error, exchange }: FailedTest): string =>
  `${name} (${[title, ...requirements, ...rules].join(", ")}): ${firstLine(error)}` +
  (exchange === null ? "" : `; after ${exchange.method} ${exchange.path} → ${exchange.status ?? "no answer"}`);

const firstLine = (text: string): string => text.split("\n", 1)[0]!;
