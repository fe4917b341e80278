/** The catalogue of what can be wrong: one case file per diagnostic code, each a change of the library that is otherwise sound. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../src/base/diagnostic.js";
import { segmentsOf, setAt, valueAt } from "../src/base/json-path.js";
import { prismaCompiler } from "../src/io/prisma.js";
import type { AutoBeAnalyze, IModuleAnswer, IOutline } from "../src/phases/1-analyze/ast.js";
import { checkAnalyze } from "../src/phases/1-analyze/check/application.js";
import { checkModule } from "../src/phases/1-analyze/check/module.js";
import { checkOutline } from "../src/phases/1-analyze/check/outline.js";
import { analyze } from "../src/phases/1-analyze/phase.js";
import type { AutoBeDatabase, IArrange, IModels } from "../src/phases/2-database/ast.js";
import { checkArrange } from "../src/phases/2-database/check/arrange.js";
import { checkDatabase } from "../src/phases/2-database/check/database.js";
import { checkModels } from "../src/phases/2-database/check/models.js";
import { applyModels } from "../src/phases/2-database/merge.js";
import { complaintsOf } from "../src/phases/2-database/phase.js";
import { answering } from "./library/asker.js";
import {
  libraryAnalysis,
  libraryAnswer,
  libraryDatabase,
  libraryOutline,
  libraryPassages,
  libraryRequest,
} from "./library/library.js";

interface Case {
  why: string;
  given: { of: keyof typeof JUDGES; set?: Record<string, unknown>; push?: Record<string, unknown> };
  expect: Diagnostic[];
}

const FOLDER = new URL("cases/", import.meta.url);
const codes = readdirSync(FOLDER)
  .filter((name) => /^(ANALYZE|DATABASE)\./.test(name))
  .map((name) => name.replace(/\.json$/, ""));

/** What each case starts from, and who judges it. */
const JUDGES = {
  outline: { start: libraryOutline, judge: (value: IOutline) => checkOutline(value, libraryPassages().length) },
  catalog: { start: () => libraryAnswer("catalog"), judge: (value: IModuleAnswer) => judgeModule(0, value) },
  lending: { start: () => libraryAnswer("lending"), judge: (value: IModuleAnswer) => judgeModule(1, value) },
  analysis: { start: libraryAnalysis, judge: (value: AutoBeAnalyze.IApplication) => checkAnalyze(value) },
  arrange: {
    start: (): IArrange => ({ plan: "Nothing.", tables: [], relations: [], unserved: [] }),
    judge: (value: IArrange) =>
      checkArrange(
        { analyze: libraryAnalysis(), draft: libraryDatabase(), namespace: "Lending", obligations: [] },
        value,
      ),
  },
  models: {
    start: (): IModels => ({ plan: "Nothing.", columns: [], pointers: [], uniques: [], indexes: [], unserved: [] }),
    judge: (value: IModels) =>
      checkModels(
        { draft: libraryDatabase(), tables: ["Loan", "LoanNote", "Review", "Reader"], obligations: [] },
        value,
      ),
  },
  duties: {
    start: (): IModels => ({ plan: "Nothing.", columns: [], pointers: [], uniques: [], indexes: [], unserved: [] }),
    judge: (value: IModels) =>
      checkModels(
        {
          draft: libraryDatabase(),
          tables: ["Loan"],
          obligations: [{ id: "Loan.dueIn28Days", statement: "", requirements: [] }],
        },
        value,
      ),
  },
  database: { start: libraryDatabase, judge: (value: AutoBeDatabase.IApplication) => checkDatabase(value) },
  prisma: {
    start: (): Pick<IModels, "columns" | "pointers" | "uniques" | "indexes"> => ({
      columns: [],
      pointers: [],
      uniques: [],
      indexes: [],
    }),
    judge: (value: IModels) =>
      complaintsOf(
        applyModels(libraryDatabase(), value, () => []),
        prismaCompiler,
      ),
  },
  phase: {
    start: () => ({
      request: libraryRequest(),
      "analyze/outline": libraryOutline() as object | null,
      "analyze/module:catalog": libraryAnswer("catalog") as object | null,
      "analyze/module:lending": libraryAnswer("lending") as object | null,
    }),
    judge: async ({ request, ...answers }: { request: string }) => {
      const failure = await analyze(request, answering(answers)).then(
        () => null,
        (mishap) => mishap,
      );
      return failure === null ? [] : [{ code: failure.code, path: "", message: `${failure.message} ${failure.next}` }];
    },
  },
} satisfies Record<string, { start: () => object; judge: (value: never) => Diagnostic[] | Promise<Diagnostic[]> }>;

const judgeModule = (index: number, answer: IModuleAnswer): Diagnostic[] => {
  const outline = libraryOutline();
  return checkModule(outline, outline.modules[index]!, answer);
};

const judgeCase = async ({ of, set, push }: Case["given"]): Promise<Diagnostic[]> => {
  const { start, judge } = JUDGES[of];
  const value = start();
  for (const [path, next] of Object.entries(set ?? {})) setAt(value, segmentsOf(path), next);
  for (const [path, item] of Object.entries(push ?? {})) (valueAt(value, segmentsOf(path)) as unknown[]).push(item);
  return await (judge as (value: unknown) => Diagnostic[] | Promise<Diagnostic[]>)(value);
};

describe("the library", () => {
  for (const of of Object.keys(JUDGES).filter((name) => name !== "duties") as (keyof typeof JUDGES)[])
    it(`has nothing wrong as ${of}`, async () => expect(await judgeCase({ of })).toEqual([]));
});

describe("the catalogue", () => {
  for (const code of codes) {
    const { why, given, expect: wanted } = JSON.parse(readFileSync(new URL(`${code}.json`, FOLDER), "utf8")) as Case;
    it(`${code}: ${why}`, async () => {
      const found = await judgeCase(given);
      if (process.env["GOLDEN"])
        writeFileSync(new URL(`${code}.json`, FOLDER), `${JSON.stringify({ why, given, expect: found }, null, 2)}\n`);
      else expect(found).toEqual(wanted);
      expect(found.map((one) => one.code)).toContain(code);
    });
  }

  it("has a case for every code that is used, and none for another", () => {
    const used = ["1-analyze", "2-database"].flatMap((phase) => {
      const folder = new URL(`../${"src"}/phases/${phase}/`, import.meta.url);
      return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .flatMap(
          (name) => readFileSync(new URL(name, folder), "utf8").match(/(?<=")(ANALYZE|DATABASE)\.[A-Z_]+(?=")/g) ?? [],
        );
    });
    expect(codes.sort()).toEqual([...new Set(used)].sort());
  });
});
