/** What follows of itself from the library: contract, tests and implementation, as a project would hold them. */
import { describe, expect, it } from "vitest";
import type { FileTree } from "../src/base/file-tree.js";
import { formatFiles } from "../src/io/format.js";
import { applyArrange } from "../src/phases/2-database/merge.js";
import { printPrisma } from "../src/phases/2-database/print/prisma.js";
import { printSql } from "../src/phases/2-database/sql.js";
import { compileInterface } from "../src/phases/3-interface/compile/compile.js";
import { deriveInterface } from "../src/phases/3-interface/derive/derive.js";
import { parseNeed } from "../src/phases/3-interface/need.js";
import { compileTest } from "../src/phases/4-test/compile.js";
import { deriveTest } from "../src/phases/4-test/derive/derive.js";
import { compileRealize } from "../src/phases/5-realize/compile/compile.js";
import { deriveRealize } from "../src/phases/5-realize/derive.js";
import { compareGoldens } from "./golden.js";
import { libraryAnalysis, libraryDatabase } from "./library/library.js";

const analyze = libraryAnalysis();
const database = libraryDatabase();
const document = deriveInterface(analyze, database);
const test = deriveTest(analyze, database, document);
const realize = deriveRealize(analyze, database, document);

/** What is reviewed line by line: a row with a lifecycle, one that is reached through another, and an account. */
const SHOWN = /(?:Loan|Copy|Copies|Reader|Librarian|loans|copies|actors|accounts|shape)/;

const shown = (files: FileTree): Promise<FileTree> =>
  formatFiles(Object.fromEntries(Object.entries(files).filter(([path]) => SHOWN.test(path))), {});

describe("the library, with every draft kept", () => {
  it("has this contract", async () => compareGoldens("library/interface", await shown(compileInterface(document))));
  it("has these tests", async () => compareGoldens("library/test", await shown(compileTest(document, test))));
  it("has this implementation", async () =>
    compareGoldens("library/realize", await shown(compileRealize(database, document, realize))));
});

describe("the library, with books and copies that are deleted softly", () => {
  const softly = (name: string) => ({
    name,
    note: "Others keep it.",
    stance: "primary" as const,
    composed: false,
    softDelete: true,
  });
  const kept = applyArrange(database, "Catalog", { tables: ["Book", "Copy"].map(softly), relations: [] }).database;
  const contract = deriveInterface(analyze, kept);
  const { functions } = deriveTest(analyze, kept, contract);
  const known = new Set(test.functions.map(({ name }) => name));
  const code = (tables: typeof database, from: typeof document): FileTree => ({
    ...printPrisma(tables).files,
    ...compileRealize(tables, from, deriveRealize(analyze, tables, from)),
  });
  const before = code(database, document);

  it("has these tables and this implementation where others would differ", async () => {
    const changed = Object.entries(code(kept, contract)).filter(([path, text]) => text !== before[path]);
    const files = { ...Object.fromEntries(changed), "uniques.sql": printSql(kept) };
    compareGoldens("library/soft/code", await formatFiles(files, {}));
  });
  it("has these tests beside the others", async () => {
    const more = functions.filter(({ name }) => !known.has(name));
    const { "test/accounts.ts": _, ...files } = compileTest(contract, { functions: more });
    compareGoldens("library/soft/tests", await formatFiles(files, {}));
  });
  it("shows nobody when a row was erased", () => expect(JSON.stringify(contract)).not.toMatch(/deletedAt|deleted_at/));
  it("never refuses to erase what others refer to", () => {
    const refusals = (from: typeof document) =>
      from.operations.find(({ name }) => name === "books.copies.erase")!.refusals.map(({ code }) => code);
    expect([refusals(document), refusals(contract)]).toEqual([["REFERENCED"], []]);
  });
});

describe("the contract", () => {
  const operation = (name: string) => document.operations.find((one) => one.name === name);

  it("grants nothing that no permission grants", () => {
    const guests = analyze.actors.filter((actor) => actor.kind === "guest").map((actor) => actor.name);
    const granted = new Set(
      analyze.modules
        .flatMap((module) => module.permissions)
        .map((one) => ({ ...one, actor: guests.includes(one.actor) ? "guest" : one.actor }))
        .flatMap(({ actor, entity, actions }) => actions.map((action) => [actor, entity, action].join())),
    );
    const actionOf = { list: "read", at: "read", create: "create", update: "update", erase: "erase" } as const;
    for (const { kind, model, access } of document.operations) {
      const entity = analyze.modules.flatMap((module) => module.entities).find((one) => one.name === model);
      if (!(kind in actionOf) || entity?.parent) continue;
      for (const { actor } of access)
        expect(granted).toContain([actor, model, actionOf[kind as keyof typeof actionOf]].join());
    }
  });

  it("has a test that brings each operation but the custom ones to a success", () => {
    const answered = new Set(
      test.functions
        .flatMap((one) => one.statements)
        .flatMap((one) => (one.type === "apiOperateStatement" && one.status < 400 ? [one.operation] : [])),
    );
    const bare = document.operations.filter((one) => one.kind !== "custom" && !answered.has(one.name));
    expect(bare.map((one) => one.name)).toEqual([]);
  });

  it("lets nobody write what only the server writes", () => {
    for (const model of database.files.flatMap((file) => file.models))
      for (const suffix of ["ICreate", "IUpdate", "IJoin"]) {
        const schema = document.components.schemas[`I${model.name}.${suffix}`];
        const properties = schema !== undefined && "properties" in schema ? Object.keys(schema.properties) : [];
        const server = [...model.plainFields, ...model.foreignFields].filter((field) => field.writer === "server");
        const wrong = server.map((field) => field.name).filter((name) => properties.includes(name) && name !== "email");
        expect(wrong, `I${model.name}.${suffix}`).toEqual([]);
      }
  });

  it("takes what another row must share with the call from behind its relations, where those are sure to lead there", () => {
    const needing = (text: string) => parseNeed(database, operation("loans.create")!, text);
    expect(needing("Review where book = copy.book and reviewer = me")).toEqual({
      provoke: {
        kind: "absent",
        model: "Review",
        match: [
          { path: ["book"], operator: "=", equals: { kind: "relation", name: "copy.book" } },
          { path: ["reviewer"], operator: "=", equals: { kind: "me" } },
        ],
      },
    });
    expect(needing("Review where book = copy.shelf")).toEqual({
      wrong: "book is a Book, and Loan has no relation copy.shelf to one.",
    });
  });

  it("tells what a join is refused for", () => {
    expect(operation("auth.reader.join")?.refusals.map((one) => one.code)).toEqual(["DUPLICATE"]);
  });
});
