/** What the tests of a generated project write when they end: its own test/report.ts, seen from here. */

export interface TestReport {
  database: "pglite" | "postgresql";
  tests: TestReport.ITest[];
}

export namespace TestReport {
  export interface ITest {
    /** Unique, as in `note.at.foreign`. */
    name: string;
    title: string;
    /** `test/features/note.ts` */
    file: string;
    requirements: string[];
    rules: string[];
    passed: boolean;
    error: string | null;
    milliseconds: number;
    exchanges: IExchange[];
  }

  export interface IExchange {
    method: string;
    /** The path as documented, `/notes/{noteId}`. */
    template: string;
    path: string;
    /** Null where no answer came. */
    status: number | null;
    /** Bodies are kept for failed tests only, secrets masked. */
    request?: unknown;
    response?: unknown;
  }
}
