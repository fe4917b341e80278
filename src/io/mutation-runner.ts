/** Tries mutants of a project that was built: each is compiled in memory, and the tests run against it in one process. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileTree } from "../base/file-tree.js";
import { Failure } from "../base/mishap.js";
import type { Fate, Mutant } from "../base/mutation.js";
import type { Talk } from "../base/talk.js";
import { excerptOf, runChild } from "./child.js";
import type { Answer, Plan, PlannedMutant, Reached, Swap } from "./mutation-plan.js";
import { createProjectCompiler } from "./project-compiler.js";
import { buildFolder } from "./verify.js";

export interface MutationOptions {
  databaseUrl?: string | null | undefined;
  /** Tests to run before all others. */
  first?: readonly string[] | undefined;
  /** Milliseconds a test may take with a mutant. */
  patience?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Fates in the order of the mutants. The project was built by `verifyProject`; it is not changed, nor is its build. */
export const tryMutants = async (
  directory: string,
  mutants: readonly Mutant[],
  talk: Talk,
  options: MutationOptions = {},
): Promise<Fate[]> => {
  const folder = resolve(directory);
  const build = buildFolder(folder);
  talk.now(`compiling ${mutants.length} mutants`);
  const compiled = await compileMutants(folder, mutants);
  const planned = mutants.flatMap((mutant, id) => plan(mutant, id, compiled));
  const tried = await tryAll(folder, build, planned, talk, options);
  const fit = new Set(planned.map(({ id }) => id));
  return mutants.map((_, id) => (fit.has(id) ? fateOf(tried.get(id)) : { end: "unfit", by: null, ran: 0 }));
};

const fateOf = (tried: (Answer & { kind: "tried" }) | undefined): Fate => {
  if (tried === undefined) return { end: "ended", by: null, ran: 0 };
  const { by, ran } = tried;
  return { end: by !== null ? "killed" : ran === 0 ? "unreached" : "survived", by, ran };
};

/** Every text of every mutant lies beside its original under a name of its own, so that one program sees them all. */
const compileMutants = async (folder: string, mutants: readonly Mutant[]): Promise<FileTree> => {
  const compiler = await createProjectCompiler(folder);
  const overlay = mutants.flatMap(({ files }, id) =>
    Object.entries(files).map(([path, text]) => [besides(path, id), text] as const),
  );
  return compiler.compileFiles(Object.fromEntries(overlay));
};

const besides = (path: string, id: number): string => path.replace(/\.ts$/, `.mutant${id}.ts`);

const plan = ({ files, members }: Mutant, id: number, compiled: FileTree): PlannedMutant[] => {
  const swaps = Object.keys(files).flatMap((path): Swap[] => {
    const code = compiled[besides(path, id)];
    return code === undefined ? [] : [{ module: path.replace(/\.ts$/, ".js"), code }];
  });
  return swaps.length === Object.keys(files).length ? [{ id, members, swaps }] : [];
};

/** A process ends with the first mutant that hangs, breaks or spoils it; another one goes on with those that are left. */
const tryAll = async (
  folder: string,
  build: string,
  planned: readonly PlannedMutant[],
  talk: Talk,
  options: MutationOptions,
): Promise<Map<number, Answer & { kind: "tried" }>> => {
  const tried = new Map<number, Answer & { kind: "tried" }>();
  const spoilt = new Set<number>();
  let reached: Reached[] | null = null;
  for (let left = [...planned]; left.length > 0; ) {
    talk.now(`running the tests against ${left.length} mutants`);
    const { answers, output } = await runProcess(folder, build, left, reached, options);
    for (const answer of answers) {
      if (answer.kind === "reached") reached = answer.reached;
      if (answer.kind === "tried") tried.set(answer.id, answer);
    }
    const begun = new Set(answers.flatMap((one) => (one.kind === "begun" ? [one.id] : [])));
    if (begun.size === 0)
      throw new Failure(
        "MUTATION.NOT_STARTED",
        `The tests cannot be run against mutants.\n${excerptOf(output)}`,
        "See that `autobe verify DIR` passes, then try again.",
      );
    // The one before it may have spoilt the process; twice, and it is the mutant itself.
    const again = new Set(answers.flatMap((one) => (one.kind === "spoilt" && !spoilt.has(one.id) ? [one.id] : [])));
    for (const id of again) spoilt.add(id);
    left = left.filter(({ id }) => !begun.has(id) || again.has(id));
  }
  return tried;
};

const runProcess = async (
  folder: string,
  build: string,
  mutants: PlannedMutant[],
  reached: Reached[] | null,
  options: MutationOptions,
): Promise<{ answers: Answer[]; output: string }> => {
  const [order, answers] = [join(build, "mutants.json"), join(build, "mutants.jsonl")];
  const patience = options.patience ?? 10_000;
  const told: Plan = { build, answers, mutants, reached, first: [...(options.first ?? [])], patience };
  await writeFile(order, JSON.stringify(told));
  await writeFile(answers, "");
  const { output } = await runChild({
    arguments: [fileURLToPath(new URL("./mutation-process.js", import.meta.url)), order],
    folder,
    environment: { PROJECT_ROOT: folder, ...(options.databaseUrl && { DATABASE_URL: options.databaseUrl }) },
    timeLimit: 3_600_000,
    signal: options.signal,
  });
  const lines = (await readFile(answers, "utf8")).split("\n").filter((line) => line !== "");
  await Promise.all([order, answers].map((path) => rm(path, { force: true })));
  return { answers: lines.map((line) => JSON.parse(line) as Answer), output };
};
