/** From renames of the analysis, over one change or several, to those of a migration. */
import { describe, expect, it } from "vitest";
import { prismaCompiler } from "../../src/io/prisma.js";
import type { Renamed } from "../../src/phases/1-analyze/change/rename.js";
import { migrationsOf } from "../../src/pipeline/history.js";
import { stepOf } from "../../src/pipeline/step.js";
import { of } from "../database/migration-bench.js";
import { libraryDatabase } from "../library/library.js";

const released = (changes = 0) => ({ database: libraryDatabase(), migrations: {}, changes });

const retitled = (name: string) => {
  const database = libraryDatabase();
  of(database, "Book").plainFields.find((field) => field.name === "title")!.name = name;
  return database;
};

const rename = (entity: string, member: string | null, to: string): Renamed => ({ entity, member, to });

describe("a step", () => {
  it("is called after the first change since the release", () => {
    const nameOf = (...changes: string[]) => stepOf(released(1), libraryDatabase(), changes, []).name;
    expect(nameOf("Old.", "Books have a Näme, or two!", "Newer.")).toBe("books-have-a-n-me-or-two");
    expect(nameOf("Old.")).toBe("change");
    expect(nameOf("Old.", "図書")).toBe("change");
  });

  it("makes one rename of several, and leaves out what was released already", () => {
    const renames = [
      [rename("Book", "isbn", "number")],
      [rename("Book", "title", "name")],
      [rename("Book", "name", "headline")],
    ];
    const { renames: made } = stepOf(released(1), retitled("headline"), ["a", "b", "c"], renames);
    expect(made).toEqual([{ model: "Book", from: "title", to: "headline" }]);
  });

  it("follows a member through the rename of its table", () => {
    const database = retitled("headline");
    of(database, "Book").name = "Volume";
    const renames = [[rename("Book", null, "Volume")], [rename("Volume", "title", "headline")]];
    expect(stepOf(released(), database, ["a", "b"], renames).renames).toEqual([
      { model: null, from: "Book", to: "Volume" },
      { model: "Book", from: "title", to: "headline" },
    ]);
  });

  it("drops what is no rename of tables, so that migrating never stumbles over it", async () => {
    const renames = [[rename("Book", "gone", "title"), rename("Book", "title", "lost"), rename("Fine", null, "Fee")]];
    const step = stepOf(released(), libraryDatabase(), ["a"], renames);
    expect(step.renames).toEqual([]);
    const { files } = await migrationsOf(released(), libraryDatabase(), prismaCompiler, step);
    expect(files).toEqual({});
  });
});
