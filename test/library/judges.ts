/** Who judges what in the catalogue: each starts from a value of the library that has nothing wrong. */
import type { Diagnostic } from "../../src/base/diagnostic.js";
import { prismaCompiler } from "../../src/io/prisma.js";
import type { AutoBeAnalyze, IChange, IModuleAnswer, IOutline } from "../../src/phases/1-analyze/ast.js";
import { checkChange } from "../../src/phases/1-analyze/change/check.js";
import { checkAnalyze } from "../../src/phases/1-analyze/check/application.js";
import { checkModule } from "../../src/phases/1-analyze/check/module.js";
import { checkOutline } from "../../src/phases/1-analyze/check/outline.js";
import { analyze } from "../../src/phases/1-analyze/phase.js";
import type { AutoBeDatabase, IArrange, IModels } from "../../src/phases/2-database/ast.js";
import { checkArrange } from "../../src/phases/2-database/check/arrange.js";
import { checkDatabase } from "../../src/phases/2-database/check/database.js";
import { checkModels } from "../../src/phases/2-database/check/models.js";
import { applyModels } from "../../src/phases/2-database/merge.js";
import { aggregatesOf } from "../../src/phases/2-database/notation.js";
import { complaintsOf } from "../../src/phases/2-database/phase.js";
import type { AutoBeOpenApi, IAmend } from "../../src/phases/3-interface/ast.js";
import { checkAmend } from "../../src/phases/3-interface/check.js";
import { obligationsOf } from "../../src/phases/3-interface/obligations.js";
import type { IScenarios } from "../../src/phases/4-test/ast.js";
import { checkScenarios } from "../../src/phases/4-test/check.js";
import { deriveTest } from "../../src/phases/4-test/derive/derive.js";
import { Planner } from "../../src/phases/4-test/derive/plan.js";
import { assignmentsOf } from "../../src/phases/4-test/obligations.js";
import type { IRealizeAmend, IRealizeOperation } from "../../src/phases/5-realize/ast.js";
import { checkAmendment, checkOperation } from "../../src/phases/5-realize/check.js";
import type { IFailureJudgement } from "../../src/pipeline/repair/ast.js";
import type { Part } from "../../src/pipeline/repair/causes.js";
import { checkJudgement } from "../../src/pipeline/repair/judgement.js";
import { checkPromises, checkProof } from "../../src/pipeline/repair/proof.js";
import { deskAmend, deskAnalysis, deskAnswer, deskDatabase, deskDraft, deskOutline } from "../desk/desk.js";
import { answering } from "./asker.js";
import {
  libraryAmend,
  libraryAmendment,
  libraryAnalysis,
  libraryAnswer,
  libraryDatabase,
  libraryDocument,
  libraryDraft,
  libraryOperation,
  libraryOutline,
  libraryPassages,
  libraryRequest,
  libraryScenarios,
} from "./library.js";

export const JUDGES = {
  outline: { start: libraryOutline, judge: (value: IOutline) => checkOutline(value, libraryPassages().length) },
  catalog: { start: () => libraryAnswer("catalog"), judge: (value: IModuleAnswer) => judgeModule(0, value) },
  lending: { start: () => libraryAnswer("lending"), judge: (value: IModuleAnswer) => judgeModule(1, value) },
  change: {
    start: (): IChange => ({
      plan: "Late readers pay a fine.",
      actors: [],
      modules: [{ name: "lending", title: "Lending", purpose: "Loans and fines.", entities: ["Fine"], passages: [16] }],
      renames: [{ entity: "Book", member: "title", to: "headline" }],
      removals: [{ entity: "Loan", member: "fiveAtMost" }],
      scopeIn: ["Fines"],
      noLongerOut: ["Fines"],
      unserved: [],
    }),
    judge: (value: IChange) =>
      checkChange({ outline: libraryOutline(), analyze: libraryAnalysis(), passages: [16] }, value),
  },
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
  amend: {
    start: libraryAmend,
    judge: (value: IAmend) => {
      const [analyze, database, document] = [libraryAnalysis(), libraryDatabase(), libraryDraft()];
      const all = aggregatesOf(database);
      const loans = all.find((one) => one.name === "loans")!;
      const operations = document.operations.filter((one) => !one.path.startsWith("/books/{bookId}/copies"));
      const obligations = obligationsOf(analyze, database, document, loans, all);
      return checkAmend({ database, document, operations, obligations }, value);
    },
  },
  desk: {
    start: deskAnswer,
    judge: (value: IModuleAnswer) => {
      const outline = deskOutline();
      return checkModule(outline, outline.modules[0]!, value);
    },
  },
  deskAmend: {
    start: deskAmend,
    judge: (value: IAmend) => {
      const [analyze, database, document] = [deskAnalysis(), deskDatabase(), deskDraft()];
      const all = aggregatesOf(database);
      const tools = all.find((one) => one.name === "tools")!;
      const operations = document.operations.filter((one) => tools.models.some((model) => model.name === one.model));
      const obligations = obligationsOf(analyze, database, document, tools, all);
      return checkAmend({ database, document, operations, obligations }, value);
    },
  },
  scenarios: {
    start: libraryScenarios,
    judge: (value: IScenarios) => {
      const [analyze, database, document] = [libraryAnalysis(), libraryDatabase(), libraryDocument()];
      const assignments = assignmentsOf(analyze, database, document, deriveTest(analyze, database, document));
      const { operations, obligations } = assignments.find((one) => one.aggregate.name === "loans")!;
      const ids = operations.flatMap((one) => [...one.requirements, ...one.rules]);
      return checkScenarios({ planner: new Planner(database, document), operations, obligations, ids }, value);
    },
  },
  /** A contract in which nobody can make copies. */
  copyless: {
    start: (): IScenarios => ({
      plan: "Loans are listed.",
      scenarios: [{ name: "listing", title: "Loans are listed.", serves: ["lending.R3"] }],
      steps: [{ scenario: "listing", as: "reader", call: "loans.list", give: [], status: 200, keep: null, expect: [] }],
      blocked: [],
    }),
    judge: (value: IScenarios) => {
      const whole = libraryDocument();
      const operations = whole.operations.filter((one) => one.name !== "books.copies.create");
      const planner = new Planner(libraryDatabase(), { ...whole, operations });
      return checkScenarios({ planner, operations, obligations: [], ids: ["lending.R3"] }, value);
    },
  },
  operation: {
    start: libraryOperation,
    judge: (value: IRealizeOperation) => checkOperation(operationsOf("loans.extendAll")[0]!, value),
  },
  amendment: {
    start: libraryAmendment,
    judge: (value: IRealizeAmend) => checkAmendment(operationsOf("books.reviews.create", "loans.create"), value),
  },
  judgement: {
    start: (): IFailureJudgement => ({
      plan: "One loan is active, and two are expected.",
      side: "scenario",
      part: "extending",
      why: "One loan is extended.",
      refusal: null,
      avoid: null,
      blocked: [],
    }),
    judge: (value: IFailureJudgement) => checkJudgement(PARTS, value),
  },
  promises: { start: libraryAmend, judge: (value: IAmend) => checkPromises(libraryAmend(), value) },
  proof: { start: libraryScenarios, judge: (value: IScenarios) => checkProof(libraryScenarios(), value) },
} satisfies Record<string, { start: () => object; judge: (value: never) => Diagnostic[] | Promise<Diagnostic[]> }>;

const PARTS: Part[] = [
  { side: "implementation", name: "loans.extendAll", key: "realize/operation:loans.extendAll" },
  { side: "scenario", name: "extending", key: "test/scenarios:loans" },
];

const judgeModule = (index: number, answer: IModuleAnswer): Diagnostic[] => {
  const outline = libraryOutline();
  return checkModule(outline, outline.modules[index]!, answer);
};

const operationsOf = (...names: string[]): AutoBeOpenApi.IOperation[] =>
  libraryDocument().operations.filter((one) => names.includes(one.name));
