/** report.json: what was tested and what came of it, for machines. */
import { rmSync, writeFileSync } from "node:fs";
import type { Exchange } from "./exchange";
import type { ListedScenario } from "./scenario";

export interface Report {
  database: "pglite" | "postgresql";
  tests: TestReport[];
}

export interface TestReport extends Omit<ListedScenario, "run" | "isolated"> {
  passed: boolean;
  error: string | null;
  milliseconds: number;
  /** Requests and responses are kept for a failed test only. */
  exchanges: (Pick<Exchange, "method" | "template" | "path" | "status"> & Partial<Exchange>)[];
}

export const toTestReport = (
  { run: _run, isolated: _isolated, ...meta }: ListedScenario,
  { error, milliseconds, exchanges }: { error: unknown; milliseconds: number; exchanges: Exchange[] },
): TestReport => ({
  ...meta,
  passed: error === null,
  error: error === null ? null : error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  milliseconds: Math.round(milliseconds),
  exchanges:
    error === null
      ? exchanges.map(({ method, template, path, status }) => ({ method, template, path, status }))
      : exchanges,
});

const file = process.env.TEST_REPORT || "report.json";

/** So that a run that breaks off does not leave the report of another. */
export const clearReport = (): void => rmSync(file, { force: true });

export const writeReport = (report: Report): void => writeFileSync(file, JSON.stringify(report, null, 2) + "\n");
