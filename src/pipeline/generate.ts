/** The recipe: a request in, a backend that was run out. */
import type { Asker } from "../base/asker.js";
import type { Files, FileTree } from "../base/file-tree.js";
import type { ProjectChecker } from "../base/project-compiler.js";
import type { Outcome } from "../base/task.js";
import { analyze } from "../phases/1-analyze/phase.js";
import { modelsOf } from "../phases/2-database/ast.js";
import { deriveDatabase } from "../phases/2-database/derive.js";
import { design as designDatabase, soundDatabase } from "../phases/2-database/phase.js";
import { printDot } from "../phases/2-database/print/dot.js";
import { contract } from "../phases/3-interface/phase.js";
import { prove } from "../phases/4-test/phase.js";
import { deriveRealize } from "../phases/5-realize/derive.js";
import { realizeContract } from "../phases/5-realize/phase.js";
import type { Phase, PhaseCounts, Report, Run } from "./contract.js";
import type { Design, Loss } from "./design.js";
import { filesOf } from "./files.js";
import { type Gated, passGate, promisesOf } from "./gate.js";
import { end, migrationsOf, readHistory, release } from "./history.js";
import type { Workshop } from "./repair/contract.js";
import { type Memory, remembering } from "./repair/memory.js";
import { type Agreed, remake } from "./repair/remake.js";
import { repair } from "./repair/repair.js";
import { stepOf } from "./step.js";
import { withdraw } from "./withdraw.js";

export const generate = async (run: Run): Promise<Report> => {
  const phases: Partial<PhaseCounts> = {};
  const { adopted, changes } = run;
  for (const change of adopted?.changes ?? []) run.talk.warn(change);
  const analyzed =
    adopted === null
      ? await analyze(run.request, run, changes)
      : { analyze: adopted.analyze, dropped: [], renames: [] };
  const requirements = analyzed.analyze.modules.flatMap((module) => module.requirements);
  const design: Design = {
    analyze: analyzed.analyze,
    database: null,
    document: null,
    test: null,
    realize: null,
    losses: lossesOf(run, analyzed.dropped),
    renames: analyzed.renames,
  };
  phases.analyze = { actors: design.analyze.actors.length, documents: 6, requirements: requirements.length };
  run.talk.done(`analyze: ${count(phases.analyze.actors, "actor")}, ${count(requirements.length, "requirement")}`);
  if (await isLast(run, "analyze", design)) return unfinished(design, phases);

  const designed =
    adopted === null
      ? await designDatabase(design.analyze, deriveDatabase(design.analyze), run, run.prisma)
      : { database: soundDatabase(adopted.database, run.prisma), dropped: [] };
  design.database = designed.database;
  design.losses.push(...lossesOf(run, designed.dropped));
  phases.database = { namespaces: designed.database.files.length, models: modelsOf(designed.database).length };
  run.talk.done(`database: ${count(phases.database.models, "table")}`);
  const history = await readHistory(run);
  const step = stepOf(history, design.database, run.changes, design.renames);
  const { warnings } = await migrationsOf(history, design.database, run.prisma, step);
  for (const warning of warnings) run.talk.warn(warning);
  if (await isLast(run, "database", design)) return unfinished(design, phases);

  const { asker, memory } = remembering(run);
  const contracted = await contract(design.analyze, design.database, asker);
  design.document = contracted.document;
  design.losses.push(...lossesOf(run, contracted.dropped));
  phases.interface = countInterface(design);
  run.talk.done(`interface: ${count(phases.interface.operations, "operation")}`);
  if (await isLast(run, "interface", design)) return unfinished(design, phases);

  const agreed: Agreed = { database: design.database, document: design.document };
  const proven = await prove(design.analyze, design.database, design.document, asker);
  design.test = proven.test;
  design.losses.push(...lossesOf(run, proven.dropped));
  phases.test = { functions: design.test.functions.length };
  run.talk.done(`test: ${count(phases.test.functions, "test")}`);
  if (await isLast(run, "test", design)) return unfinished(design, phases);

  const checker = await realize(run, design, asker);
  phases.interface = countInterface(design);
  phases.test = { functions: design.test.functions.length };
  phases.realize = { functions: design.realize!.operations.length };
  run.talk.done(`realize: ${count(phases.realize.functions, "function")}`);
  const drafted = await writeDesign(run, design);
  if (run.until === "realize") return unfinished(design, phases);

  const first = await passGate(run, promisesOf(design));
  const isLeft = !first.verdict.passed && checker !== null;
  const mended = isLeft ? await mend(run, design, first, { agreed, memory, checker }) : { gated: first, ...drafted };
  const { texts, paths, gated } = mended;
  const { verdict, sdk } = gated;
  if (sdk !== null) await run.write(sdk);
  await run.prune([...paths, ...Object.keys(sdk ?? {})]);
  if (verdict.passed) await run.keep(release(design.database, texts, run.changes.length));
  await run.keep(end(run.changes.length));
  return { project: design.analyze.name, phases, verify: verdict.verify, passed: verdict.passed };
};

interface Mending {
  agreed: Agreed;
  memory: Memory;
  checker: ProjectChecker;
}

/** What the gate found goes back to those who wrote it. */
const mend = async (
  run: Run,
  design: Design,
  first: Gated,
  { agreed, memory, checker }: Mending,
): Promise<Written & { gated: Gated }> => {
  const promises = promisesOf(design);
  const workshop: Workshop = {
    asker: run,
    talk: run.talk,
    memory,
    edited: () => run.edited(),
    remake: (changes, known) => remake(design, agreed, known, changes, run, checker),
    judge: async (next) => {
      await writeDesign(run, next);
      return passGate(run, promises);
    },
  };
  const { design: repaired, gated, ...report } = await repair(workshop, design, first);
  Object.assign(design, repaired);
  const written = await writeDesign(run, design);
  await run.keep({ "repair.json": `${JSON.stringify(report, null, 2)}\n` });
  return { ...written, gated };
};

/** Leaves are checked against the real client, so what is known is written before they are asked for. */
const realize = async (run: Run, design: Design, asker: Asker): Promise<ProjectChecker | null> => {
  const { database, document, test } = design;
  if (database === null || document === null || test === null) return null;
  const draft: Design = { ...design, realize: deriveRealize(design.analyze, database, document) };
  await writeDesign(run, draft);
  const checker = await run.openChecker();
  const realized = await realizeContract(design.analyze, database, document, asker, checker);
  const kept = withdraw(document, test, realized);
  design.losses.push(...lossesOf(run, realized.dropped), ...kept.losses);
  for (const loss of kept.losses) run.talk.warn(`${loss.what} is left out: ${loss.why}`);
  const gone = new Set(realized.withdrawn.map((one) => one.operation));
  design.document = kept.document;
  design.test = kept.test;
  design.realize = {
    ...realized.realize,
    operations: realized.realize.operations.filter((one) => !gone.has(one.name)),
  };
  return checker;
};

const isLast = async (run: Run, phase: Phase, design: Design): Promise<boolean> => {
  run.signal.throwIfAborted();
  if (run.until !== phase) return false;
  await writeDesign(run, design);
  return true;
};

/** Files of the project, and the ASTs they were printed from. */
const writeDesign = async (run: Run, design: Design): Promise<Written> => {
  const history = await readHistory(run);
  const step = design.database === null ? undefined : stepOf(history, design.database, run.changes, design.renames);
  const texts = await run.format(await filesOf(design, run.template, run.prisma, history, step));
  const files = { ...texts, ...(await picturesOf(run, design)) };
  await run.write(files);
  const { losses, renames: _, ...asts } = design;
  const records = Object.entries({ ...asts, losses, promises: promisesOf(design) }).filter(([, ast]) => ast !== null);
  await run.keep(
    Object.fromEntries(records.map(([name, ast]) => [`${name}.json`, `${JSON.stringify(ast, null, 2)}\n`])),
  );
  return { texts, paths: Object.keys(files) };
};

interface Written {
  texts: FileTree;
  /** Pictures included. */
  paths: string[];
}

const picturesOf = async (run: Run, { database }: Design): Promise<Files> => {
  if (database === null || modelsOf(database).length === 0) return {};
  const { svg, png } = await run.draw(printDot(database));
  return { "docs/erd.svg": svg, "docs/erd.png": png };
};

const lossesOf = (run: Run, dropped: ({ task: string } & Outcome["dropped"][number])[]): Loss[] =>
  dropped.map(({ task, path, diagnostics }) => {
    const why = diagnostics.map((one) => `${one.code}: ${one.message}`).join(" ");
    run.talk.warn(`${task} lost ${path}: ${why}`);
    return { task, what: path, why };
  });

const countInterface = (design: Design): PhaseCounts["interface"] => ({
  operations: design.document!.operations.length,
  schemas: Object.keys(design.document!.components.schemas).length,
});

const unfinished = (design: Design, phases: Partial<PhaseCounts>): Report => ({
  project: design.analyze.name,
  phases,
  verify: null,
  passed: true,
});

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
