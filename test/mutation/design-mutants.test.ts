/** Faults of the ASTs of the library: what they are called, where they lie, and what they change in the files. */
import { describe, expect, it } from "vitest";
import { deriveInterface } from "../../src/phases/3-interface/derive/derive.js";
import { deriveTest } from "../../src/phases/4-test/derive/derive.js";
import { deriveRealize } from "../../src/phases/5-realize/derive.js";
import type { Design } from "../../src/pipeline/design.js";
import { designMutantsOf } from "../../src/pipeline/design-mutants.js";
import { recallDesign } from "../../src/pipeline/recall.js";
import { libraryAnalysis, libraryDatabase } from "../library/library.js";

const analyze = libraryAnalysis();
const database = libraryDatabase();
const document = deriveInterface(analyze, database);
const test = deriveTest(analyze, database, document);
const realize = deriveRealize(analyze, database, document);
const design: Design = { analyze, database, document, test, realize, losses: [], renames: [] };
const mutants = designMutantsOf(design);

const SCOPE = "src/scopes/LoanScope.ts";
const PROVIDER = "src/providers/LoanProvider.ts";

const find = (operator: string, description: string) => {
  const found = mutants.filter((one) => one.operator === operator && one.description === description);
  expect(found, description).toHaveLength(1);
  return found[0]!;
};

describe("a fault of the ASTs", () => {
  it("lets a reader see the loans of all", () => {
    const { files } = find("drop filter", "without the filter of who reads Loan by reader");
    // What is read by all is no longer what may be changed, so that the provider asks for that, too.
    expect(Object.keys(files)).toEqual([SCOPE, PROVIDER]);
    expect(files[SCOPE]).toMatch(/readable = .*\n.*\n\s*case "reader":\s*return \{\};/);
  });

  it("lets one more loan pass than the rule allows", () => {
    const { files } = find("wrong limit", "loans.create: one more than 5");
    expect(Object.keys(files)).toEqual([PROVIDER]);
    expect(files[PROVIDER]).toContain("if (many >= 6) throw refusal(422");
  });

  it("forgets a refusal", () => {
    expect(find("drop refusal", "loans.create: without FIVE_AT_MOST").files[PROVIDER]).not.toContain("FIVE_AT_MOST");
  });

  it("starts a transition from a state too many, and leads it elsewhere", () => {
    const from = find("wrong transition", "loans.giveBack: from returned, too");
    expect(from.files[PROVIDER]).toContain('status: { in: ["active", "returned"] }');
    const to = find("wrong transition", "loans.giveBack: to active");
    expect(to.files[PROVIDER]).toContain('data: { status: "active", returnedAt: clock.now()');
  });

  it("forgets an effect, and a column", () => {
    const effect = find("drop effect", "loans.giveBack: without set of returnedAt");
    expect(effect.files[PROVIDER]).not.toContain("returnedAt: clock.now()");
    const column = find("drop mapping", "Loan: update does not write loanNotes");
    expect(Object.keys(column.files)).toEqual(["src/collectors/LoanCollector.ts"]);
  });

  it("says at which line of its record it lies", () => {
    const { file, line } = find("wrong limit", "loans.create: one more than 5");
    expect(file).toBe(".autobe/ast/document.json");
    expect(JSON.stringify(document, null, 2).split("\n")[line - 1]).toContain('"maximum": 5');
  });

  it("lies in what the backend comes to: whose loans a reader may change the provider asks nowhere", () => {
    expect(mutants.map(({ description }) => description)).not.toContain("without the filter of loans.update by reader");
    expect(find("wrong limit", "loans.create: one more than 5").members).toEqual(["LoanProvider.create"]);
  });

  it("shows in some file, and the design stays as it was", () => {
    expect(mutants.every(({ files }) => Object.keys(files).length > 0)).toBe(true);
    expect(document).toEqual(deriveInterface(analyze, database));
  });
});

describe("the design of a run", () => {
  const records: Record<string, unknown> = { analyze, database, document, test, realize };
  const recall = (changed: Record<string, unknown>) =>
    recallDesign({
      recall: async (path) => {
        const record = { ...records, ...changed }[path.replace(".json", "")];
        return record === undefined ? null : JSON.stringify(record);
      },
    });

  it("comes out of its records", async () => {
    expect((await recall({}))?.document).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it("is none where a record is missing, or another version wrote it", async () => {
    expect(await recall({ realize: undefined })).toBeNull();
    expect(await recall({ document: { operations: "none" } })).toBeNull();
  });
});
