/** Whatever a model answers is judged without a throw, and what the checks let pass Prisma and PostgreSQL's DDL take too. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prismaCompiler } from "../../src/io/prisma.js";
import { databaseFunctions, type IArrange, type IModels } from "../../src/phases/2-database/ast.js";
import { checkArrange } from "../../src/phases/2-database/check/arrange.js";
import { checkModels } from "../../src/phases/2-database/check/models.js";
import { compileDatabase } from "../../src/phases/2-database/compile.js";
import { applyArrange, applyModels, type Changed } from "../../src/phases/2-database/merge.js";
import { complaintsOf } from "../../src/phases/2-database/phase.js";
import { migration } from "../../src/phases/2-database/sql.js";
import { libraryAnalysis, libraryDatabase } from "../library/library.js";

const draft = libraryDatabase();
const analyze = libraryAnalysis();
const OWN = ["Loan", "LoanNote", "Review", "Card"];

const table = fc.constantFrom(...OWN, "Book", "Reader", "Fine", "Letter", "LoanStatus");
const member = fc.constantFrom(
  "copy",
  "borrower",
  "due",
  "price",
  "status",
  "book",
  "fine",
  "loans",
  "loanId",
  "mood",
  "stars",
  "holder",
  "aVeryLongNameThatSaysALotOfLittleThings1",
);
const own = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...OWN) }, { weight: 1, arbitrary: table });
const fresh = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("mood", "fine", "weight", "due", "stars", "nickname") },
  member,
);
const onErase = fc.constantFrom("cascade", "restrict", "clear");
const note = fc.constant('Because of "that".');
const serves = fc.constant([] as string[]);
const rarely = fc.option(
  fc.oneof(fc.integer({ min: -10, max: 300 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  { freq: 1 },
);

const arrangement: fc.Arbitrary<IArrange> = fc.record({
  plan: note,
  tables: fc.array(
    fc.record({
      name: table,
      note,
      stance: fc.constantFrom("primary", "subsidiary", "snapshot"),
      composed: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  relations: fc.array(
    fc.record({ table, name: member, note, target: table, nullable: fc.boolean(), unique: fc.boolean(), onErase }),
    { maxLength: 3 },
  ),
  unserved: fc.constant([]),
}) as fc.Arbitrary<IArrange>;

const type = fc.constantFrom(
  "boolean",
  "int",
  "bigint",
  "double",
  "decimal",
  "string",
  "text",
  "uri",
  "uuid",
  "date",
  "datetime",
  "enum",
  "json",
);
const literal = fc.constantFrom(
  "0",
  "-1.5",
  "true",
  "now",
  "red",
  "2024-01-31",
  "2024-01-31T00:00:00Z",
  "{}",
  "[1]",
  'say "x"\n',
  "",
  "1e9",
  "99999999999",
);
const amendment: fc.Arbitrary<IModels> = fc.record({
  plan: note,
  columns: fc.array(
    fc.record({
      table: own,
      name: fresh,
      note,
      writer: fc.constantFrom("create", "update", "server"),
      type,
      nullable: fc.boolean(),
      values: fc.option(fc.uniqueArray(fc.constantFrom("red", "green", "new", "delete"), { maxLength: 3 })),
      minimum: rarely,
      maximum: rarely,
      default: fc.option(literal, { freq: 1 }),
      serves,
    }),
    { maxLength: 2 },
  ),
  pointers: fc.array(fc.record({ table: own, name: member, note, nullable: fc.boolean(), onErase }), { maxLength: 1 }),
  uniques: fc.array(fc.record({ table: own, members: fc.array(fresh, { minLength: 1, maxLength: 3 }), serves }), {
    maxLength: 2,
  }),
  indexes: fc.array(fc.record({ table: own, members: fc.array(fresh, { minLength: 1, maxLength: 3 }) }), {
    maxLength: 1,
  }),
  unserved: fc.constant([]),
}) as fc.Arbitrary<IModels>;

describe("what the checks let pass", () => {
  it("is taken by Prisma, for arrangements", async () => {
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(arrangement, async (answer) => {
        const found = checkArrange({ analyze, draft, namespace: "Lending", obligations: [] }, answer);
        if (found.length === 0 && answer.tables.length + answer.relations.length !== 0) ++passed;
        if (found.length === 0) await isTaken(applyArrange(draft, "Lending", answer));
      }),
      { numRuns: 1_500, seed: 7 },
    );
    expect(passed).toBeGreaterThan(50);
  });

  it("is taken by Prisma, for columns and indexes", async () => {
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(amendment, async (answer) => {
        if (!databaseFunctions.functions[1]!.validate(answer).success) return;
        const found = checkModels({ draft, tables: OWN, obligations: [] }, answer);
        if (found.length === 0 && answer.columns.length + answer.uniques.length !== 0) ++passed;
        if (found.length === 0) await isTaken(applyModels(draft, answer, () => []));
      }),
      { numRuns: 3_000, seed: 7 },
    );
    expect(passed).toBeGreaterThan(50);
  });
});

const isTaken = async (changed: Changed): Promise<void> => {
  expect(complaintsOf(changed, prismaCompiler)).toEqual([]);
  const sql = await migration(compileDatabase(changed.database), changed.database, prismaCompiler);
  expect(sql).toContain("CREATE TABLE");
};
