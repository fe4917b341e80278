/** What is printed, on Prisma's real compiler and a real PostgreSQL: schema and migration. */
import { createRequire } from "node:module";
import { PGlite } from "@electric-sql/pglite";
import { describe, expect, it } from "vitest";
import { prismaCompiler } from "../../src/io/prisma.js";
import { type AutoBeDatabase, modelNamed } from "../../src/phases/2-database/ast.js";
import { compileDatabase } from "../../src/phases/2-database/compile.js";
import { migration } from "../../src/phases/2-database/sql.js";
import { libraryDatabase } from "../library/library.js";

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
    const literals: [AutoBeDatabase.ColumnType, string][] = [
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
