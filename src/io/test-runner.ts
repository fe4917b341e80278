/** Runs the tests of a compiled project in a process of its own and reads what they report. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import typia from "typia";
import type { TestReport } from "../base/test-report.js";
import { excerptOf, runChild } from "./child.js";

export interface TestRun {
  booted: boolean;
  report: TestReport | null;
  /** Why the run is no good whatever the report says, with an excerpt of the output. */
  why: string | null;
}

export interface TestOptions {
  /** A schema of its own is made there and dropped; null for PGlite in memory. */
  databaseUrl?: string | null | undefined;
  /** Milliseconds for all tests. */
  timeLimit?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** `build` is the folder where the project was compiled to. */
export const runTests = async (folder: string, build: string, options: TestOptions = {}): Promise<TestRun> => {
  const answer = join(build, "report.json");
  const timeLimit = options.timeLimit ?? 600_000;
  await rm(answer, { force: true });
  const ended = await runChild({
    arguments: ["--test-reporter=spec", join(build, "test", "main.js")],
    folder,
    environment: {
      PROJECT_ROOT: folder,
      TEST_REPORT: answer,
      ...(options.databaseUrl && { DATABASE_URL: options.databaseUrl }),
    },
    timeLimit,
    signal: options.signal,
  });
  const report = await readReport(answer);
  const isSound = ended.status === 0 || report?.tests.some((test) => !test.passed) === true;
  if (report !== null && isSound) return { booted: true, report, why: null };
  const booted = report !== null || /^\s*[✔✖] /m.test(ended.output);
  const what = ended.timedOut
    ? `did not end within ${Math.round(timeLimit / 1000)} seconds`
    : `ended with ${ended.status ?? "a signal"} and left ${report === null ? "no report" : "no failed test"}`;
  return { booted, report, why: `The ${booted ? "tests" : "application"} ${what}.\n${excerptOf(ended.output)}` };
};

const readReport = async (path: string): Promise<TestReport | null> => {
  const text = await readFile(path, "utf8").catch(() => null);
  return text === null ? null : typia.json.isParse<TestReport>(text);
};
