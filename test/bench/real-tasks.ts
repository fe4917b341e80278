/** Real tasks with a right answer each: the phases are run on recorded answers, and what they ask for is kept. */
import type { JournalEntry } from "../../src/base/journal.js";
import type { Task } from "../../src/base/task.js";
import { judge } from "../../src/harness/judge.js";
import { prismaCompiler } from "../../src/io/prisma.js";
import { analyze } from "../../src/phases/1-analyze/phase.js";
import { deriveDatabase } from "../../src/phases/2-database/derive.js";
import { design } from "../../src/phases/2-database/phase.js";
import { contract } from "../../src/phases/3-interface/phase.js";
import { prove } from "../../src/phases/4-test/phase.js";
import { answering } from "../library/asker.js";
import { libraryAmend, libraryAnswer, libraryOutline, libraryRequest, libraryScenarios } from "../library/library.js";
import { readJournal, type Value } from "./originals.js";

export interface RealTask {
  task: Task;
  /** An answer that its own check finds nothing wrong with. */
  right: Value;
}

/** Tasks with fewer items say little about what is kept and what is asked again. */
const FEWEST_ITEMS = 5;

export const realTasks = async (): Promise<RealTask[]> => {
  const journal = readJournal();
  const library = {
    "analyze/outline": libraryOutline(),
    "analyze/module:catalog": libraryAnswer("catalog"),
    "analyze/module:lending": libraryAnswer("lending"),
    "interface/amend:loans": libraryAmend(),
    "test/scenarios:loans": libraryScenarios(),
  };
  const all = [
    ...(await tasksOf(requestOf(journal), acceptedIn(journal))),
    ...(await tasksOf(libraryRequest(), library)),
  ];
  const sound = await Promise.all(all.map(isSound));
  return all.filter((_, i) => sound[i]);
};

const requestOf = (journal: readonly JournalEntry[]): string => (journal[0]!.kind === "run" ? journal[0]!.request : "");

const acceptedIn = (journal: readonly JournalEntry[]): Record<string, object | null> =>
  Object.fromEntries(journal.flatMap((one) => (one.kind === "accepted" ? [[one.task, one.answer]] : [])));

/** All but the bodies of operations, which only a compiler can judge. */
const tasksOf = async (request: string, answers: Record<string, object | null>): Promise<RealTask[]> => {
  const asker = answering(answers);
  const analyzed = await analyze(request, asker);
  const designed = await design(analyzed.analyze, deriveDatabase(analyzed.analyze), asker, prismaCompiler);
  const { document } = await contract(analyzed.analyze, designed.database, asker);
  await prove(analyzed.analyze, designed.database, document, asker);
  return asker.asked.flatMap((task) => {
    const right = answers[task.key] as Value | null | undefined;
    return right == null ? [] : [{ task, right }];
  });
};

const isSound = async ({ task, right }: RealTask): Promise<boolean> => {
  const items = Object.values(right).reduce<number>((sum, one) => sum + (Array.isArray(one) ? one.length : 1), 0);
  return items >= FEWEST_ITEMS && (await judge(task, right)).diagnostics.length === 0;
};
