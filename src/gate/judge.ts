/** The gate: what was seen of a backend against what was promised. */
import type { Evidence } from "../base/evidence.js";
import type { TestReport } from "../base/test-report.js";
import { operationName, operationsOf } from "./operations.js";

/** What the backend owes. */
export interface Promises {
  operations: { method: string; path: string }[];
  /** Ids of the requirements of priority *must*. */
  requirements: string[];
  /** Names of all rules. */
  rules: string[];
}

/** The `verify` member of `--json`. */
export interface Verification {
  typeErrors: number;
  prismaErrors: number;
  booted: boolean;
  database: "pglite" | "postgresql" | null;
  tests: { total: number; passed: number; failed: number };
  operations: { total: number; answered2xx: number };
  requirements: { must: number; exercised: number };
  rules: { total: number; exercised: number };
}

export interface Verdict {
  passed: boolean;
  verify: Verification;
  failedTests: FailedTest[];
  /** Operations that answered 2xx in no test, as in `POST /notes`. */
  unanswered: string[];
  unexercised: { requirements: string[]; rules: string[] };
  /** Operations that nestia did not find in the compiled controllers, and those that it found beyond the contract. */
  controllers: { missing: string[]; extra: string[] };
}

export interface FailedTest extends Pick<TestReport.ITest, "name" | "title" | "file" | "requirements" | "rules"> {
  error: string;
  /** What it broke at; null where it sent nothing. */
  exchange: TestReport.IExchange | null;
}

export const judge = (evidence: Evidence, promises: Promises): Verdict => {
  const tests = evidence.report?.tests ?? [];
  const failed = tests.filter((test) => !test.passed);
  const answered = answeredOperations(tests);
  const operations = promises.operations.map(operationName);
  const unanswered = operations.filter((one) => !answered.has(one));
  const requirements = without(promises.requirements, exercisedRequirements(tests));
  const rules = without(promises.rules, exercisedRules(tests));
  const controllers = compareOperations(operations, evidence.swagger);
  return {
    passed:
      evidence.stopped === null &&
      evidence.booted &&
      tests.length > 0 &&
      [evidence.schemaComplaints, evidence.typeComplaints, failed, unanswered, requirements, rules].every(isEmpty) &&
      [controllers.missing, controllers.extra].every(isEmpty),
    verify: {
      typeErrors: evidence.typeComplaints.length,
      prismaErrors: evidence.schemaComplaints.length,
      booted: evidence.booted,
      database: evidence.report?.database ?? null,
      tests: { total: tests.length, passed: tests.length - failed.length, failed: failed.length },
      operations: { total: operations.length, answered2xx: operations.length - unanswered.length },
      requirements: {
        must: promises.requirements.length,
        exercised: promises.requirements.length - requirements.length,
      },
      rules: { total: promises.rules.length, exercised: promises.rules.length - rules.length },
    },
    failedTests: failed.map(toFailedTest),
    unanswered,
    unexercised: { requirements, rules },
    controllers,
  };
};

const isEmpty = (list: readonly unknown[]): boolean => list.length === 0;

const without = (all: readonly string[], known: ReadonlySet<string>): string[] => all.filter((one) => !known.has(one));

const isSuccess = ({ status }: TestReport.IExchange): boolean => status !== null && status >= 200 && status < 300;

const answeredOperations = (tests: readonly TestReport.ITest[]): Set<string> =>
  new Set(
    tests.flatMap(({ exchanges }) =>
      exchanges.filter(isSuccess).map(({ method, template }) => operationName({ method, path: template })),
    ),
  );

/** A backend that refuses everything serves no requirement, however many tests are content with it. */
const exercisedRequirements = (tests: readonly TestReport.ITest[]): Set<string> =>
  new Set(
    tests
      .filter(({ passed, exchanges }) => passed && exchanges.some(isSuccess))
      .flatMap(({ requirements }) => requirements),
  );

/** A rule may be shown by a refusal alone. */
const exercisedRules = (tests: readonly TestReport.ITest[]): Set<string> =>
  new Set(tests.filter(({ passed, exchanges }) => passed && exchanges.length > 0).flatMap(({ rules }) => rules));

const compareOperations = (promised: readonly string[], swagger: Evidence["swagger"]): Verdict["controllers"] => {
  if (swagger === null) return { missing: [], extra: [] };
  const found = operationsOf(swagger);
  const known = new Set([...promised, ...FIXED]);
  return { missing: without(promised, new Set(found)), extra: without(found, known) };
};

/** Operations of the template, which no contract names. */
const FIXED = ["GET /health"];

const toFailedTest = (test: TestReport.ITest): FailedTest => {
  const { name, title, file, requirements, rules, exchanges, error } = test;
  return { name, title, file, requirements, rules, error: error ?? "unknown", exchange: culprit(exchanges) };
};

/** A test ends at its first disappointment, so that is the last exchange, unless the server broke down before. */
const culprit = (exchanges: readonly TestReport.IExchange[]): TestReport.IExchange | null =>
  exchanges.find(({ status }) => status === null || status >= 500) ?? exchanges.at(-1) ?? null;
