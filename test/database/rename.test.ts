/** What is renamed on purpose keeps its rows, and all that bears its name is called anew. */
import { describe, expect, it } from "vitest";
import { prismaCompiler } from "../../src/io/prisma.js";
import { migrate } from "../../src/phases/2-database/migrate.js";
import { libraryDatabase } from "../library/library.js";
import { column } from "./column.js";
import { change, drop, of, openBench, rename, renameModel } from "./migration-bench.js";

openBench();

describe("a rename", () => {
  it("of a column keeps its values, and renames what is called after it", async () => {
    const { rows, warnings } = await change(
      (database) => {
        const copy = of(database, "Copy");
        rename(copy, "price", "cost");
        rename(copy, "condition", "state");
        const book = of(database, "Book");
        rename(book, "isbn", "number");
        book.uniqueIndexes = book.uniqueIndexes.map((one) => ({ ...one, fieldNames: ["number"] }));
      },
      "SELECT c.cost, c.state, b.number FROM lib_copies c JOIN lib_books b ON b.id = c.book_id ORDER BY c.id",
      {
        renames: [
          { model: "Copy", from: "price", to: "cost" },
          { model: "Copy", from: "condition", to: "state" },
          { model: "Book", from: "isbn", to: "number" },
        ],
      },
    );
    expect(rows[1]).toEqual({ cost: "1.0000", state: "worn", number: "1isbnxxxxx" });
    expect(warnings).toEqual([]);
  });

  it("of two columns into each other's names, and into the name of one that goes", async () => {
    const { rows, warnings } = await change(
      (database) => {
        const book = of(database, "Book");
        drop(book, "summary");
        rename(book, "title", "summary");
        const review = of(database, "Review");
        review.plainFields.push(column("praise", "text", { nullable: true }));
        rename(review, "opinion", "held");
        rename(review, "praise", "opinion");
        rename(review, "held", "praise");
      },
      "SELECT b.summary, r.praise, r.opinion FROM lib_books b JOIN lib_reviews r ON r.book_id = b.id ORDER BY b.id",
      {
        before: (database) => of(database, "Review").plainFields.push(column("praise", "text", { nullable: true })),
        renames: [
          { model: "Book", from: "title", to: "summary" },
          { model: "Review", from: "opinion", to: "praise" },
          { model: "Review", from: "praise", to: "opinion" },
        ],
      },
    );
    expect(rows.map(({ summary }) => summary)).toEqual(["0title", "1title", "2title", "3title"]);
    expect(rows.some(({ praise }) => praise === "1opinion")).toBe(true);
    expect(rows.some(({ opinion }) => String(opinion).endsWith("praise"))).toBe(true);
    expect(warnings).toEqual(['The migration drops column "lib_books"."summary" with its values.']);
  });

  it("of a relation and a link", async () => {
    const links = "SELECT count(*)::int AS count FROM _lib_books_topics";
    const { rows } = await change(
      (database) => {
        const copy = of(database, "Copy");
        copy.foreignFields[0]!.name = "workId";
        copy.foreignFields[0]!.relation.name = "work";
        copy.plainIndexes = [{ fieldNames: ["workId"] }];
        if (copy.parent !== null) copy.parent.relation = "work";
        of(database, "Book").links[0]!.name = "topics";
      },
      links,
      {
        renames: [
          { model: "Copy", from: "book", to: "work" },
          { model: "Book", from: "subjects", to: "topics" },
        ],
      },
    );
    expect(rows).toEqual([{ count: 10 }]);
  });

  it("of a table takes along all that hangs on it, also where a link's sides change places", async () => {
    const { rows } = await change(
      (database) => {
        renameModel(database, "Book", "Volume", "lib_volumes");
        renameModel(database, "Subject", "Area", "lib_areas");
      },
      `SELECT v.title, a.label FROM _lib_volumes_subjects l JOIN lib_areas a ON a.id = l."A" JOIN lib_volumes v ON v.id = l."B" ORDER BY 1, 2`,
      {
        renames: [
          { model: null, from: "Book", to: "Volume" },
          { model: null, from: "Subject", to: "Area" },
        ],
      },
    );
    expect(rows).toHaveLength(10);
    expect(rows[1]).toEqual({ title: "0title", label: "1label" });
    expect(rows.at(-1)).toEqual({ title: "3title", label: "3label" });
  });

  it("that nobody can have meant is our own mistake", async () => {
    const database = libraryDatabase();
    await expect(migrate(database, database, prismaCompiler, [{ model: "Book", from: "x", to: "y" }])).rejects.toThrow(
      /There is no x/,
    );
    await expect(
      migrate(database, database, prismaCompiler, [{ model: "Book", from: "title", to: "y" }]),
    ).rejects.toThrow(/Nothing is called y/);
    await expect(
      migrate(database, database, prismaCompiler, [{ model: null, from: "Book", to: "Copy" }]),
    ).rejects.toThrow(/there is one already/);
  });
});
