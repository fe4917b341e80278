/** The database phase on Prisma's real compiler and a real PostgreSQL: differences, migration, and complaints brought home. */

import { createRequire } from "node:module";
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

describe("the printed schema", () => {
  it("is as Prisma's formatter would have it", () => {
    const formatter = createRequire(import.meta.url)("@prisma/prisma-schema-wasm") as {
      format(files: string, options: string): string;
    };
    const options = JSON.stringify({ textDocument: { uri: "file:/x" }, options: { tabSize: 2, insertSpaces: true } });
    for (const [path, text] of Object.entries(compileDatabase(libraryDatabase())).filter(([one]) =>
      one.endsWith(".prisma"),
    ))
      expect(JSON.parse(formatter.format(JSON.stringify([[path, text]]), options))).toEqual([[path, text]]);
  });

  it("takes every type with every kind of default, and every text that a comment or a string may hold", async () => {
    const database = libraryDatabase();
    const loan = modelNamed(database, "Loan")!;
    const literals: [AutoBeDatabase.Type, string][] = [
      ["boolean", "true"],
      ["int", "-7"],
      ["bigint", "900000000000000"],
      ["double", "0.25"],
      ["decimal", "19.99"],
      ["string", 'a "quote" \\ and\nline'],
      ["text", "naïve 🙂"],
      ["uri", "https://example.org/?a=1"],
      ["uuid", "00000000-0000-0000-0000-000000000001"],
      ["date", "2024-02-29"],
      ["datetime", "2024-02-29T12:00:00Z"],
      ["json", '{"a":1}'],
    ];
    literals.forEach(([type, literal], index) => {
      const some = { ...fieldOf(database, "Loan", "due"), type, values: null, minimum: null, maximum: null };
      loan.plainFields.push({
        ...some,
        name: `some${index}`,
        default: literal,
        description: 'Line one.\n"Two" 🙂 */ ///',
      });
      loan.plainFields.push({ ...some, name: `none${index}`, default: null, nullable: true });
    });
    const files = compileDatabase(database);
    expect(prismaCompiler.lint(files)).toEqual([]);
    const rows = await run(
      await migration(files, database, prismaCompiler),
      `SELECT column_default FROM information_schema.columns WHERE column_name = 'some9'`,
    );
    expect(rows).toEqual([{ column_default: "'2024-02-29'::date" }]);
  });

  it("finds a complaint behind characters of more than one byte", () => {
    const database = libraryDatabase();
    modelNamed(database, "Loan")!.description = "🙂 éé — ".repeat(40);
    const files = compileDatabase(database);
    const path = "prisma/schema/schema-02-lending.prisma";
    files[path] = files[path]!.replace("Decimal  ", "Dezimal  ");
    const [found] = prismaCompiler.lint(files);
    expect(files[path]!.slice(found!.start, found!.end)).toBe("Dezimal");
  });
});

describe("the migration", () => {
  it("makes what Prisma cannot say, in any schema", async () => {
    const database = libraryDatabase();
    const review = modelNamed(database, "Review")!;
    review.foreignFields[0]!.nullable = true;
    const sql = await migration(compileDatabase(database), database, prismaCompiler);
    expect(sql).not.toContain("CREATE SCHEMA");
    const postgres = new PGlite();
    await postgres.exec(`CREATE SCHEMA test_one; SET search_path TO test_one; ${sql}`);
    await postgres.exec(`INSERT INTO lib_readers VALUES ('${id(1)}', 'a@b.c', 'x', now(), now())`);
    const insert = (key: number, stars: number) =>
      postgres.exec(
        `INSERT INTO lib_reviews (id, book_id, reviewer_id, stars, created_at, updated_at) VALUES ('${id(key)}', NULL, '${id(1)}', ${stars}, now(), now())`,
      );
    await expect(insert(2, 6)).rejects.toThrow(/lib_reviews_stars_range/);
    await insert(3, 5);
    await expect(insert(4, 4)).rejects.toThrow(/lib_reviews_book_id_reviewer_id_key/);
    await postgres.close();
  });
});

const id = (key: number): string => `00000000-0000-0000-0000-00000000000${key}`;

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
