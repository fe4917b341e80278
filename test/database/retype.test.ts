/** Columns that change their type, and enums their values: rows keep what they hold, or nothing happens at all. */
import { describe, expect, it } from "vitest";
import type { AutoBeDatabase } from "../../src/phases/2-database/ast.js";
import { column } from "./column.js";
import { type Change, change, of, openBench, refusal, roundTrip, set } from "./migration-bench.js";

openBench();

describe("a type", () => {
  const CASTS: [
    from: AutoBeDatabase.ColumnType,
    to: AutoBeDatabase.ColumnType,
    parts?: Partial<AutoBeDatabase.IPlainField>,
  ][] = [
    ["int", "bigint"],
    ["int", "decimal", { minimum: 0 }],
    ["bigint", "int"],
    ["double", "int"],
    ["decimal", "double", { minimum: 0, maximum: 9 }],
    ["int", "string"],
    ["string", "text"],
    ["text", "string", { maximum: 30 }],
    ["uri", "string", { maximum: 3000 }],
    ["date", "datetime"],
    ["boolean", "int"],
    ["uuid", "string"],
    ["enum", "string"],
    ["json", "text"],
    ["datetime", "text"],
  ];
  it.each(CASTS)("goes from %s to %s with its values, and back", async (from, to, parts = {}) => {
    const [there, back] = [from, to].map(
      (type): Change =>
        (database) =>
          void of(database, "Copy").plainFields.push(
            column("thing", type, { ...parts, values: type === "enum" ? ["one", "two"] : null, nullable: true }),
          ),
    );
    const [old, between, same] = await roundTrip(there!, back!, "SELECT thing::text FROM lib_copies ORDER BY id");
    expect(same).toEqual(old);
    expect(new Set(between!.map((row) => JSON.stringify(row))).size).toBeGreaterThan(2);
  });

  it.each([
    ["double" as const, "int" as const, "1.5"],
    ["decimal" as const, "double" as const, "99999999999999.9999"],
    ["bigint" as const, "int" as const, "5000000000"],
    ["string" as const, "int" as const, "'many'"],
    ["string" as const, "enum" as const, "'three'"],
    ["string" as const, "date" as const, "'soon'"],
    ["text" as const, "string" as const, "repeat('long', 100)"],
    ["datetime" as const, "date" as const, "TIMESTAMPTZ '2024-02-01T10:00:00Z'"],
    ["text" as const, "json" as const, "'{'"],
  ])("from %s to %s stops where a value would be lost", async (from, to, value) => {
    const make =
      (type: AutoBeDatabase.ColumnType): Change =>
      (database) =>
        void of(database, "Copy").plainFields.push(
          column("thing", type, { values: type === "enum" ? ["one"] : null, nullable: true }),
        );
    const message = await refusal(make(to), { before: make(from), prepare: `UPDATE lib_copies SET thing = ${value}` });
    expect(message).toMatch(/^Migration stopped: "lib_copies"."thing" holds values that do not fit its new type /);
    await change(make(to), undefined, { before: make(from), prepare: "UPDATE lib_copies SET thing = NULL" });
  });

  it("gets shorter only over rows that fit", async () => {
    const shorten: Change = (database) => set(database, "Book", "title", { maximum: 5 });
    expect(await refusal(shorten)).toMatch(/"title" holds values that do not fit its new type VARCHAR\(5\)/);
    await change(shorten, undefined, { prepare: "UPDATE lib_books SET title = 'short'" });
  });
});

describe("an enum", () => {
  it("takes new values anywhere, in place", async () => {
    const { sql } = await change((database) =>
      set(database, "Loan", "status", { values: ["asked", "new", "active", "late", "returned", "lost", "sold"] }),
    );
    expect(sql).toContain("ADD VALUE 'late' BEFORE 'returned'");
    expect(sql).not.toContain("CREATE TYPE");
  });

  it("takes a new value as its default", async () => {
    await change((database) =>
      set(database, "Loan", "status", { values: ["new", "active", "returned", "lost"], default: "new" }),
    );
  });

  it("loses a value to its default, or to the first one that stays", async () => {
    const { rows, warnings } = await change((database) => {
      set(database, "Loan", "status", { values: ["lost", "returned"], default: "returned" });
      set(database, "Copy", "condition", { values: ["worn", "damaged"] });
    }, "SELECT l.status, c.condition FROM lib_loans l JOIN lib_copies c ON c.id = l.copy_id ORDER BY l.id");
    expect(rows).toEqual([
      { status: "returned", condition: "worn" },
      { status: "returned", condition: "worn" },
      { status: "lost", condition: "damaged" },
      { status: "returned", condition: "worn" },
    ]);
    expect(warnings).toEqual([
      `Rows whose "lib_copies"."condition" is "fresh" get "worn".`,
      `Rows whose "lib_loans"."status" is "active" get "returned".`,
    ]);
  });
});
