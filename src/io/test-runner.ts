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
  /** Among how many processes the files of tests are shared out. */
  processes?: number | undefined;
  /** Milliseconds for all tests. */
  timeLimit?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** `build` is the folder where the project was compiled to. */
export const runTests = async (folder: string, build: string, options: TestOptions = {}): Promise<TestRun> => {
  const { processes = 1 } = options;
  const runs = await Promise.all(
    Array.from({ length: processes }, (_, index) => runShare(folder, build, options, index, processes)),
  );
  const reports = runs.map((one) => one.report).filter((one) => one !== null);
  const inOrder = reports
    .flatMap((one) => one.tests)
    .map((test, place) => ({ test, place }))
    .sort((x, y) => compare(x.test.file, y.test.file) || x.place - y.place);
  return {
    booted: runs.every((one) => one.booted),
    report:
      reports.length < processes ? null : { database: reports[0]!.database, tests: inOrder.map(({ test }) => test) },
    why: runs.find((one) => one.why !== null)?.why ?? null,
  };
};

const compare = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);

/** Tests of a share of the files, in a process with a database of its own. */
const runShare = async (
  folder: string,
  build: string,
  options: TestOptions,
  index: number,
  of: number,
): Promise<TestRun> => {
  const answer = join(build, of === 1 ? "report.json" : `report-${index + 1}.json`);
  const timeLimit = options.timeLimit ?? 600_000;
  await rm(answer, { force: true });
  const ended = await runChild({
    arguments: ["--test-reporter=spec", join(build, "test", "main.js")],
    folder,
    environment: {
      PROJECT_ROOT: folder,
      TEST_REPORT: answer,
      ...(of !== 1 && { TEST_SHARE: `${index + 1}/${of}` }),
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
