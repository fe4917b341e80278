/** Every kind of change of a database, applied over rows: what comes out is what a fresh database would have been, and the rows are there. */
import { describe, expect, it } from "vitest";
import { prismaCompiler } from "../../src/io/prisma.js";
import type { AutoBeDatabase } from "../../src/phases/2-database/ast.js";
import { setSoftDelete } from "../../src/phases/2-database/derive/deletion.js";
import { migrate } from "../../src/phases/2-database/migrate.js";
import { libraryDatabase } from "../library/library.js";
import { column } from "./column.js";
import { type Change, change, drop, dropModel, of, openBench, refusal, set } from "./migration-bench.js";
import { rowId } from "./rows.js";

openBench();

describe("a column", () => {
  it("is added, with what rows that were there hold in it", async () => {
    const { rows, sql, warnings } = await change((database) => {
      const loan = of(database, "Loan");
      loan.plainFields.push(
        column("note", "text", { nullable: true }),
        column("grade", "int", { minimum: 2, maximum: 5 }),
        column("code", "string", { minimum: 3 }),
        column("link", "uri"),
        column("token", "uuid"),
        column("happenedAt", "datetime"),
        column("isPaid", "boolean"),
        column("mood", "enum", { values: ["calm", "angry"] }),
        column("extra", "json"),
        column("fee", "decimal", { default: "1.5" }),
        column("rank", "enum", { values: ["low", "high"], default: "high" }),
      );
    }, `SELECT note, grade, code, link, token, happened_at > '2024-01-01' AS later, is_paid, mood, extra, fee, rank FROM lib_loans`);
    expect(rows).toHaveLength(4);
    expect(rows[0]).toEqual({
      note: null,
      grade: 2,
      code: "---",
      link: "about:blank",
      token: "00000000-0000-0000-0000-000000000000",
      later: true,
      is_paid: false,
      mood: "calm",
      extra: {},
      fee: "1.5000",
      rank: "high",
    });
    expect(warnings).toHaveLength(8);
    expect(sql).toContain(`-- Rows that existed hold "---" in "lib_loans"."code"`);
  });

  it("is dropped, said in the file and to whoever runs it", async () => {
    const { sql, warnings } = await change((database) => drop(of(database, "Copy"), "price", "condition"));
    expect(sql).toMatch(
      /^-- Drops column "lib_copies"."condition" with its values\n\n-- Drops column "lib_copies"."price"/,
    );
    expect(warnings).toEqual([
      'The migration drops column "lib_copies"."condition" with its values.',
      'The migration drops column "lib_copies"."price" with its values.',
    ]);
  });

  it("becomes optional, and takes another default", async () => {
    await change((database) => {
      set(database, "Copy", "shelf", { nullable: true, default: "attic" });
      set(database, "Loan", "due", { default: null });
      set(database, "Loan", "status", { default: "lost" });
    });
  });

  it("becomes required by its default", async () => {
    const summaries = (
      await change(
        (database) => set(database, "Book", "summary", { nullable: false, default: "none" }),
        "SELECT summary FROM lib_books ORDER BY id",
      )
    ).rows.map(({ summary }) => summary);
    expect(summaries).toContain("none");
    expect(summaries).toContain("1summary");
  });

  it("becomes required only over rows that have it", async () => {
    const harden: Change = (database) => set(database, "Book", "summary", { nullable: false });
    expect(await refusal(harden)).toBe(
      'Migration stopped: rows of "lib_books" have no "summary", which is required from now on. Fill or remove them, then migrate again.',
    );
    await change(harden, undefined, { prepare: "UPDATE lib_books SET summary = 'x'" });
  });
});

describe("a constraint", () => {
  it("is a range that comes, changes and goes", async () => {
    await change((database) => {
      set(database, "Copy", "price", { minimum: null });
      set(database, "Review", "stars", { maximum: 9 });
      set(database, "Loan", "price", { maximum: 500 });
    });
    expect(await refusal((database) => set(database, "Review", "stars", { minimum: 3 }))).toMatch(
      /rows of "lib_reviews" have a "stars" outside of its new bounds/,
    );
  });

  it("is a unique that comes and goes", async () => {
    const unite: Change = (database) => {
      of(database, "Book").uniqueIndexes = [{ fieldNames: ["title"], rule: null }];
      of(database, "Loan").uniqueIndexes.push({ fieldNames: ["copyId", "due"], rule: null });
    };
    await change(unite);
    expect(await refusal(unite, { prepare: "UPDATE lib_books SET title = 'same'" })).toMatch(
      /rows of "lib_books" are alike in "title", which is unique from now on/,
    );
  });

  it("is a unique over a new column, which rows that were there share", async () => {
    const unite: Change = (database) => {
      of(database, "Book").plainFields.push(column("shelfMark", "string"));
      of(database, "Book").uniqueIndexes.push({ fieldNames: ["shelfMark"], rule: null });
    };
    expect(await refusal(unite)).toMatch(/alike in "shelf_mark"/);
    await change(unite, undefined, {
      prepare:
        "DELETE FROM lib_loan_notes; DELETE FROM lib_loans; DELETE FROM lib_copies; DELETE FROM lib_reviews; DELETE FROM lib_books",
    });
  });

  it("treats nulls as equal, or no longer", async () => {
    const optional: Change = (database) => {
      of(database, "Review").foreignFields[0]!.nullable = true;
    };
    await change(optional);
    await change(() => {}, undefined, { before: optional, prepare: "DELETE FROM lib_reviews WHERE book_id IS NULL" });
  });

  it("passes over erased rows, or no longer", async () => {
    const erasable: Change = (database) => {
      setSoftDelete(of(database, "Book"), true);
    };
    await change(erasable);
    expect(await refusal(() => {}, { before: erasable })).toMatch(
      /rows of "lib_books" were erased and would be there again without "deleted_at"/,
    );
    const prepare = "UPDATE lib_books SET deleted_at = NULL";
    await change(() => {}, undefined, { before: erasable, prepare });
  });

  it("is an index or trigrams", async () => {
    const index: Change = (database) => {
      of(database, "Book").plainIndexes = [{ fieldNames: ["title", "isbn"] }];
      of(database, "Book").ginIndexes = [{ fieldName: "title" }];
    };
    await change(index);
    await change(() => {}, undefined, { before: index });
  });
});

describe("a table", () => {
  it("is added with all it has, and dropped with all it had", async () => {
    const without: Change = (database) => dropModel(database, "Review");
    const { warnings } = await change(without);
    expect(warnings).toEqual(['The migration drops table "lib_reviews" with its rows.']);
    await change(() => {}, undefined, { before: without });
  });

  it("is the same under another prefix", async () => {
    const { rows, warnings } = await change((database) => {
      database.prefix = "bib";
      for (const model of database.files.flatMap((file) => file.models))
        model.table = model.table.replace("lib_", "bib_");
    }, `SELECT id FROM bib_loans ORDER BY id`);
    expect(rows.map(({ id }) => id)).toEqual([0, 1, 2, 3].map((index) => rowId("lib_loans", index)));
    expect(warnings).toEqual([]);
  });
});

describe("a relation", () => {
  const sponsor =
    (nullable: boolean): Change =>
    (database) => {
      const { foreignFields } = of(database, "Review");
      const field = structuredClone(foreignFields.at(-1)!);
      foreignFields.push({
        ...field,
        name: "sponsorId",
        nullable,
        relation: {
          name: "sponsor",
          targetModel: "Librarian",
          oppositeName: "sponsored",
          mappingName: "ReviewSponsor",
        },
      });
    };

  it("is added where it is optional, and dropped", async () => {
    await change(sponsor(true));
    await change(() => {}, undefined, { before: sponsor(true) });
  });

  it("is added as a required one where there is no row", async () => {
    expect(await refusal(sponsor(false))).toMatch(/rows of "lib_reviews" have no "sponsor_id", which is required/);
    await change(sponsor(false), undefined, { prepare: "DELETE FROM lib_reviews" });
  });

  it("changes what happens when its target goes, whether it is needed, and whether it is the only one", async () => {
    await change((database) => {
      const [book, reviewer] = of(database, "Review").foreignFields;
      Object.assign(book!, { onDelete: "clear", nullable: true, unique: true });
      reviewer!.onDelete = "cascade";
      Object.assign(of(database, "Card").foreignFields[0]!, { unique: false });
    });
  });

  it("leads elsewhere where its rows do as well", async () => {
    const lead: Change = (database) => {
      of(database, "Card").foreignFields[0]!.relation.targetModel = "Librarian";
    };
    expect(await refusal(lead)).toMatch(/rows of "lib_cards" have a "holder_id" that is no librarian/);
    await change(lead, undefined, {
      prepare: "DELETE FROM lib_cards",
    });
  });

  it("becomes a plain column, and a plain column a relation", async () => {
    const plain =
      (type: AutoBeDatabase.ColumnType): Change =>
      (database) => {
        const card = of(database, "Card");
        card.foreignFields = [];
        card.plainFields.push(column("holderId", type));
        card.uniqueIndexes.push({ fieldNames: ["holderId"], rule: null });
      };
    for (const type of ["uuid", "string"] as const) {
      await change(plain(type));
      const one = "(SELECT id FROM lib_cards LIMIT 1)";
      await change(() => {}, undefined, {
        before: plain(type),
        prepare: `DELETE FROM lib_cards WHERE id <> ${one}; UPDATE lib_cards SET holder_id = (SELECT id FROM lib_readers LIMIT 1)`,
      });
    }
  });
});

describe("a link", () => {
  const link: AutoBeDatabase.ILink = {
    name: "keywords",
    targetModel: "Subject",
    oppositeName: "loans",
    description: "What it is about.",
    writer: "update",
    requirements: [],
  };
  const linked: Change = (database) => void of(database, "Loan").links.push({ ...link });

  it("is added and dropped", async () => {
    await change(linked);
    const { warnings } = await change(() => {}, undefined, { before: linked });
    expect(warnings).toEqual(['The migration drops table "_lib_loans_keywords" with its rows.']);
  });

  it("that leads elsewhere begins empty", async () => {
    const { warnings } = await change(
      (database) => void of(database, "Loan").links.push({ ...link, targetModel: "Card" }),
      undefined,
      { before: linked },
    );
    expect(warnings).toEqual(['The migration drops table "_lib_loans_keywords" with its rows.']);
  });
});

it("is none where nothing changes in the database", async () => {
  const after = libraryDatabase();
  of(after, "Book").description = "Other words.";
  set(after, "Book", "title", { minimum: 3 });
  expect(await migrate(libraryDatabase(), after, prismaCompiler)).toBeNull();
});
