/** A repair in process: known answers, a gate whose evidence is made up, and whoever is asked answers by heart. */
import type { Asker } from "../../src/base/asker.js";
import type { Evidence } from "../../src/base/evidence.js";
import type { Task } from "../../src/base/task.js";
import type { TestReport } from "../../src/base/test-report.js";
import { judge } from "../../src/gate/judge.js";
import { contract } from "../../src/phases/3-interface/phase.js";
import { prove } from "../../src/phases/4-test/phase.js";
import { realizeContract } from "../../src/phases/5-realize/phase.js";
import type { Design } from "../../src/pipeline/design.js";
import { type Gated, promisesOf } from "../../src/pipeline/gate.js";
import type { Workshop } from "../../src/pipeline/repair/contract.js";
import { type Memory, remembering } from "../../src/pipeline/repair/memory.js";
import { remake } from "../../src/pipeline/repair/remake.js";
import { repair } from "../../src/pipeline/repair/repair.js";
import { FAULTS } from "../bench/repair/faults.js";
import { lendingAnswers } from "../bench/repair/projects.js";
import { answering } from "../library/asker.js";
import { libraryAnalysis, libraryDatabase } from "../library/library.js";

export const KNOWN = lendingAnswers();
const analyze = libraryAnalysis();
const database = libraryDatabase();
const checker = { checkFiles: () => [] };

/** The accepted answers with this fault in them. */
export const faulty = (part: string, name: string): Record<string, object> => {
  const { key, change } = FAULTS.find((one) => one.part === part && one.name === name)!;
  return { [key]: change(KNOWN.get(key)!) };
};

export const judged = (side: string, part: string | null, more: object = {}): object => ({
  plan: "p",
  side,
  part,
  why: "One loan is active.",
  refusal: null,
  avoid: null,
  blocked: [],
  ...more,
});

/** What fails in a design: tests by name, or a rule that no test shows. */
export type Fails = (design: Design) => {
  tests?: string[];
  rules?: string[];
  /** What the last call of those tests is refused with. */
  met?: { status: number; code: string };
};

interface Bench {
  /** Accepted answers that are other than they should be. */
  wrong?: Record<string, object>;
  fails: Fails;
  /** Answers of the repair by key; a function throws or looks at the task. */
  answers: Record<string, object | ((task: Task) => object)>;
  rounds?: number;
  /** Files that somebody edited. */
  edited?: string[];
}

/** All tasks from the contract on, answered. */
const answered = async (wrong: Record<string, object>) => {
  const base = remembering(answering({ ...Object.fromEntries(KNOWN), ...wrong }));
  const agreed = { database, document: (await contract(analyze, database, base.asker)).document };
  await prove(analyze, database, agreed.document, base.asker);
  await realizeContract(analyze, database, agreed.document, base.asker, checker as never);
  return { base, agreed };
};

export const lendingTasks = async (): Promise<Memory> => (await answered({})).base.memory;

export const run = async ({ wrong = {}, fails, answers, rounds, edited = [] }: Bench) => {
  const { base, agreed } = await answered(wrong);
  const none = { amended: new Map(), avoided: new Map(), aside: new Set<string>() };
  const start: Design = { analyze, ...agreed, test: null, realize: null, losses: [], renames: [] };
  const asked: Task[] = [];
  const askAll: Asker["askAll"] = async (tasks) =>
    tasks.map((task) => {
      asked.push(task as unknown as Task);
      const found = answers[task.key] ?? task.standing?.answer ?? null;
      const answer = typeof found === "function" ? found(task as unknown as Task) : found;
      return { answer, dropped: [], attempts: 1, reused: false } as never;
    });
  const asker: Asker = { askAll, ask: async (task) => (await askAll([task]))[0]!, render: base.asker.render };
  const said: string[] = [];
  const say = (text: string | null): void => void said.push(text ?? "");
  const workshop: Workshop = {
    asker,
    talk: { done: say, fail: say, warn: say, note: say, now: () => {} },
    memory: base.memory,
    edited: () => edited,
    remake: (changes, memory) => remake(start, agreed, memory, changes, asker, checker as never),
    judge: async (design) => gatedOf(design, fails),
    ...(rounds === undefined ? {} : { rounds }),
  };
  const { design } = await workshop.remake(none, base.memory);
  const result = await repair(workshop, design, await workshop.judge(design));
  return { ...result, before: design, asked, keys: asked.map((one) => one.key), said };
};

let keys = 0;

/** No inspection sees the keys of another. */
const freshKey = (): string => String(++keys);

/** Evidence in which all passes but what fails: those tests break at their last call. */
const gatedOf = (design: Design, fails: Fails): Gated => {
  const { tests = [], rules = [], met } = fails(design);
  const documented = design.document!.operations;
  const reported = design.test!.functions.map((one): TestReport.ITest => {
    const calls = one.statements.filter((statement) => statement.type === "apiOperateStatement");
    const exchanges = calls.map(({ operation, status }) => {
      const { method, path } = documented.find((other) => other.name === operation)!;
      return { method: method.toUpperCase(), template: path, path: path.replaceAll(/\{\w+\}/g, freshKey), status };
    });
    const isBroken = tests.includes(one.name);
    if (isBroken && met !== undefined)
      Object.assign(exchanges.at(-1)!, { status: met.status, response: { code: met.code } });
    const shown = { requirements: one.requirements, rules: one.rules.filter((rule) => !rules.includes(rule)) };
    const error = isBroken ? "extended = 2: 1 instead of 2" : null;
    return { ...one, ...shown, passed: !isBroken, error, milliseconds: 1, exchanges };
  });
  const report: TestReport = { database: "pglite", tests: reported };
  const nothing = { schemaComplaints: [], typeComplaints: [], sdk: null, swagger: null, stopped: null, steps: [] };
  const evidence: Evidence = { ...nothing, booted: true, report };
  return { verdict: judge(evidence, promisesOf(design)), evidence, sdk: null };
};
