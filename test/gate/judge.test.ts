/** The judgement of the gate, case by case. */
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/base/evidence.js";
import type { TestReport } from "../../src/base/test-report.js";
import { explain } from "../../src/gate/explain.js";
import { judge, type Promises } from "../../src/gate/judge.js";

const exchange = (method: string, template: string, status: number | null): TestReport.IExchange => ({
  method,
  template,
  path: template.replace("{noteId}", "1"),
  status,
});

const test = (name: string, over: Partial<TestReport.ITest>): TestReport.ITest => ({
  name,
  title: `title of ${name}`,
  file: "test/features/note.ts",
  requirements: [],
  rules: [],
  passed: true,
  error: null,
  milliseconds: 1,
  exchanges: [],
  ...over,
});

const CREATED = exchange("POST", "/notes", 201);
const READ = exchange("GET", "/notes/{noteId}", 200);

const promises: Promises = {
  operations: [
    { method: "post", path: "/notes" },
    { method: "get", path: "/notes/{noteId}" },
  ],
  requirements: ["notes.R1"],
  rules: ["notes.B1"],
};

const create = test("note.create", { requirements: ["notes.R1"], exchanges: [CREATED, READ] });
const rule = test("note.create.range", { rules: ["notes.B1"], exchanges: [exchange("POST", "/notes", 422)] });

const evidence = (tests: TestReport.ITest[] | null, over: Partial<Evidence> = {}): Evidence => ({
  schemaComplaints: [],
  typeComplaints: [],
  sdk: {},
  swagger: {
    paths: { "/health": { get: {} }, "/notes": { post: {} }, "/notes/{noteId}": { get: {}, parameters: [] } },
  },
  booted: tests !== null,
  report: tests === null ? null : { database: "pglite", tests },
  stopped: null,
  steps: [],
  ...over,
});

describe("judge", () => {
  it("passes what did all that was promised", () => {
    const verdict = judge(evidence([create, rule]), promises);
    expect(verdict).toEqual({
      passed: true,
      verify: {
        typeErrors: 0,
        prismaErrors: 0,
        booted: true,
        database: "pglite",
        tests: { total: 2, passed: 2, failed: 0 },
        operations: { total: 2, answered2xx: 2 },
        requirements: { must: 1, exercised: 1 },
        rules: { total: 1, exercised: 1 },
      },
      failedTests: [],
      unanswered: [],
      unexercised: { requirements: [], rules: [] },
      controllers: { missing: [], extra: [] },
    });
    expect(explain(evidence([create, rule]), verdict)).toEqual([]);
  });

  it("does not pass without tests, without a boot, or where it was stopped", () => {
    const nothing: Promises = { operations: [], requirements: [], rules: [] };
    expect(judge(evidence([], { swagger: null }), nothing).passed).toBe(false);
    expect(judge(evidence(null, { swagger: null }), nothing).passed).toBe(false);
    const stopped = evidence([create, rule], { stopped: { step: "tests", why: "no end" } });
    expect(judge(stopped, promises).passed).toBe(false);
    expect(explain(stopped, judge(stopped, promises))).toEqual(['The gate stopped at "tests": no end']);
  });

  it("does not pass with complaints of Prisma or TypeScript", () => {
    const schema = evidence(null, { schemaComplaints: [{ file: "a.prisma", start: 0, end: 1, text: "bad\nmore" }] });
    expect(judge(schema, promises)).toMatchObject({ passed: false, verify: { prismaErrors: 1, booted: false } });
    const complaint = { file: "src/a.ts", start: 0, end: 1, line: 7, code: "TS1", message: "bad\nmore" };
    const types = evidence([create, rule], { typeComplaints: [complaint] });
    expect(judge(types, promises)).toMatchObject({ passed: false, verify: { typeErrors: 1 } });
    expect(explain(types, judge(types, promises))).toEqual(["src/a.ts:7 TS1: bad"]);
    expect(explain(schema, judge(schema, promises))).toEqual(["a.prisma: bad"]);
  });

  it("names an operation that never answered 2xx", () => {
    const refused = { ...create, exchanges: [CREATED, { ...READ, status: 404 }] };
    expect(judge(evidence([refused, rule]), promises)).toMatchObject({
      passed: false,
      unanswered: ["GET /notes/{noteId}"],
      verify: { operations: { total: 2, answered2xx: 1 } },
    });
  });

  it("holds a requirement exercised neither by a failing test nor by refusals alone", () => {
    const unexercised = (...tests: TestReport.ITest[]) => judge(evidence(tests), promises).unexercised.requirements;
    expect(unexercised({ ...create, passed: false })).toEqual(["notes.R1"]);
    expect(unexercised({ ...create, exchanges: [exchange("POST", "/notes", 403)] })).toEqual(["notes.R1"]);
    expect(unexercised({ ...create, exchanges: [] })).toEqual(["notes.R1"]);
    expect(unexercised({ ...create, exchanges: [exchange("POST", "/notes", null)] })).toEqual(["notes.R1"]);
    expect(unexercised({ ...create, passed: false }, create)).toEqual([]);
  });

  it("holds a rule exercised by a refusal, but not by a failing test", () => {
    const unexercised = (...tests: TestReport.ITest[]) => judge(evidence(tests), promises).unexercised.rules;
    expect(unexercised(rule)).toEqual([]);
    expect(unexercised({ ...rule, passed: false })).toEqual(["notes.B1"]);
    expect(unexercised({ ...rule, exchanges: [] })).toEqual(["notes.B1"]);
  });

  it("blames the breakdown of the server, else the last exchange", () => {
    const broken = exchange("POST", "/notes", 500);
    const failing = (...exchanges: TestReport.IExchange[]) => {
      const failed = { ...create, passed: false, error: "HttpError: no\nstack", exchanges };
      return judge(evidence([failed]), promises).failedTests[0]!;
    };
    expect(failing(CREATED, READ).exchange).toBe(READ);
    expect(failing(broken, READ).exchange).toBe(broken);
    expect(failing().exchange).toBe(null);
    const failed = evidence([{ ...create, passed: false, error: "HttpError: no\nstack", exchanges: [CREATED] }, rule]);
    expect(explain(failed, judge(failed, promises))).toEqual([
      "note.create (title of note.create, notes.R1): HttpError: no; after POST /notes → 201",
      "GET /notes/{noteId} answered 2xx in no test",
      "notes.R1 is exercised by no passing test",
    ]);
  });

  it("sees operations that only the contract or only the controllers have", () => {
    const swagger = { paths: { "/notes": { post: {}, get: {} } } };
    const verdict = judge(evidence([create, rule], { swagger }), promises);
    expect(verdict.passed).toBe(false);
    expect(verdict.controllers).toEqual({ missing: ["GET /notes/{noteId}"], extra: ["GET /notes"] });
  });
});
