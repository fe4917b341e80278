/** The database phase on Prisma's real compiler and a real PostgreSQL: differences, and complaints brought home. */
import { PGlite } from "@electric-sql/pglite";
import { describe, expect, it } from "vitest";
import { prismaCompiler } from "../../src/io/prisma.js";
import {
  type AutoBeDatabase,
  type IArrange,
  type IModels,
  modelNamed,
  validateDatabase,
} from "../../src/phases/2-database/ast.js";
import { checkDatabase } from "../../src/phases/2-database/check/database.js";
import { compileDatabase } from "../../src/phases/2-database/compile.js";
import { design } from "../../src/phases/2-database/phase.js";
import { migration } from "../../src/phases/2-database/sql.js";
import { answering } from "../library/asker.js";
import { libraryAnalysis, libraryDatabase } from "../library/library.js";

const models = (changes: Partial<IModels>): IModels => ({
  plan: "Something.",
  columns: [],
  pointers: [],
  uniques: [],
  indexes: [],
  unserved: [],
  ...changes,
});
const arrange = (changes: Partial<IArrange>): IArrange => ({
  plan: "Something.",
  tables: [],
  relations: [],
  unserved: [],
  ...changes,
});
const designed = (answers: Record<string, object>) =>
  design(libraryAnalysis(), libraryDatabase(), answering(answers), prismaCompiler);

describe("the phase", () => {
  it("keeps the draft where the model is silent", async () => {
    const asker = answering({});
    const { database, dropped } = await design(libraryAnalysis(), libraryDatabase(), asker, prismaCompiler);
    expect(database).toEqual(libraryDatabase());
    expect(dropped).toEqual([]);
    expect(asker.asked.map((task) => task.key)).toEqual([
      "database/arrange:catalog",
      "database/arrange:lending",
      "database/models:catalog/1",
      "database/models:lending/1",
    ]);
  });

  it("shows at most five tables at once", async () => {
    const draft = libraryDatabase();
    const lending = draft.files.find((file) => file.namespace === "Lending")!;
    for (const name of ["Alpha", "Beta"])
      lending.models.push({ ...modelNamed(draft, "Subject")!, name, table: `lib_${name}`, entity: null, links: [] });
    for (const model of lending.models.slice(-2)) model.uniqueIndexes = [];
    const asker = answering({});
    await design(libraryAnalysis(), draft, asker, prismaCompiler);
    expect(asker.asked.map((task) => task.key)).toContain("database/models:lending/2");
  });

  it("applies differences and nothing else", async () => {
    const { database, dropped } = await designed({
      "database/arrange:lending": arrange({
        tables: [{ name: "Reminder", note: "Told a reader.", stance: "subsidiary", composed: false }],
        relations: [
          {
            table: "Reminder",
            name: "loan",
            note: "About it.",
            target: "Loan",
            nullable: false,
            unique: false,
            onErase: "cascade",
          },
          {
            table: "Loan",
            name: "copy",
            note: "May go.",
            target: "Copy",
            nullable: true,
            unique: false,
            onErase: "clear",
          },
        ],
      }),
      "database/models:lending/1": models({
        columns: [
          {
            table: "Loan",
            name: "renewals",
            note: "How often.",
            writer: "server",
            type: "int",
            nullable: false,
            default: "0",
            minimum: 0,
            serves: [],
          },
          {
            table: "Review",
            name: "stars",
            note: "Half stars.",
            writer: "update",
            type: "decimal",
            nullable: false,
            serves: [],
          },
          {
            table: "Review",
            name: "language",
            note: "Which.",
            writer: "create",
            type: "string",
            nullable: true,
            maximum: 8,
            serves: [],
          },
        ],
        uniques: [{ table: "Review", members: ["reviewer", "language"], serves: [] }],
        indexes: [{ table: "Loan", members: ["due"] }],
        pointers: [{ table: "Review", name: "book", note: "Goes with it.", nullable: false, onErase: "cascade" }],
      }),
    });
    expect(dropped).toEqual([]);
    expect(validateDatabase(database).success).toBe(true);
    expect(modelNamed(database, "Reminder")).toMatchObject({
      table: "lib_reminders",
      parent: { relation: "loan", kind: "routed" },
    });
    expect(modelNamed(database, "Loan")!.foreignFields[1]).toMatchObject({
      nullable: true,
      onDelete: "clear",
      writer: "create",
    });
    expect(fieldOf(database, "Loan", "renewals")).toMatchObject({ default: "0", minimum: 0, writer: "server" });
    expect(fieldOf(database, "Review", "stars")).toMatchObject({
      type: "decimal",
      minimum: null,
      description: "One is worst, five is best.",
    });
    expect(modelNamed(database, "Book")).toEqual({
      ...modelNamed(libraryDatabase(), "Book"),
    });
    const sql = await migration(compileDatabase(database), database, prismaCompiler);
    expect(sql).toContain('"reviewer_id", "language") NULLS NOT DISTINCT');
    await run(sql);
  });

  it("tries the items of an answer one by one where it does not fit an earlier one", async () => {
    const relation = { note: "Other.", nullable: true, unique: false, onErase: "restrict" } as const;
    const { database, dropped } = await designed({
      "database/arrange:catalog": arrange({
        tables: [{ name: "Label", note: "Printed.", stance: "primary", composed: false }],
      }),
      "database/arrange:lending": arrange({
        tables: [{ name: "Label", note: "Sewn.", stance: "primary", composed: false }],
        relations: [
          { ...relation, table: "Loan", name: "extra", target: "Nothing" },
          { ...relation, table: "Loan", name: "guarantor", target: "Reader" },
        ],
      }),
    });
    expect(modelNamed(database, "Loan")!.foreignFields.map((field) => field.relation.name)).toContain("guarantor");
    expect(dropped.map((one) => [one.path, one.diagnostics[0]!.code])).toContainEqual([
      "$input.relations[0]",
      "DATABASE.UNKNOWN_TABLE",
    ]);
    expect(dropped.map((one) => [one.path, one.diagnostics[0]!.code])).toContainEqual([
      "$input.tables[0]",
      "DATABASE.DUPLICATE_NAME",
    ]);
    expect(modelNamed(database, "Label")!.description).toBe("Printed.");
    expect(checkDatabase(database)).toEqual([]);
  });

  it("brings Prisma's complaint to the item that caused it", async () => {
    const asker = answering({});
    await design(libraryAnalysis(), libraryDatabase(), asker, prismaCompiler);
    const task = asker.asked.find((one) => one.key === "database/models:lending/1")!;
    const found = await task.compile!(
      models({
        columns: [
          {
            table: "Loan",
            name: "renewals",
            note: "How often.",
            writer: "server",
            type: "int",
            nullable: true,
            serves: [],
          },
          {
            table: "Review",
            name: "weight",
            note: "How heavy.",
            writer: "server",
            type: "int",
            nullable: false,
            default: "heavy",
            serves: [],
          },
        ],
      }),
    );
    expect(found.map(({ code, path }) => ({ code, path }))).toEqual([
      { code: "DATABASE.PRISMA", path: "$input.columns[1]" },
    ]);
  });
});

const fieldOf = (database: AutoBeDatabase.IApplication, model: string, name: string): AutoBeDatabase.IPlainField =>
  modelNamed(database, model)!.plainFields.find((field) => field.name === name)!;

/** Runs SQL on a fresh PostgreSQL, and answers the rows of a last query. */
const run = async (sql: string, query = "SELECT 1"): Promise<unknown[]> => {
  const postgres = new PGlite();
  await postgres.exec(sql);
  const { rows } = await postgres.query(query);
  await postgres.close();
  return rows;
};
