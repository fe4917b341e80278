/** The tasks that a model is really asked, as the phases make them of the library. */
import type { Asker } from "../../src/base/asker.js";
import type { ProjectChecker } from "../../src/base/project-compiler.js";
import type { Task } from "../../src/base/task.js";
import { prismaCompiler } from "../../src/io/prisma.js";
import { analyze } from "../../src/phases/1-analyze/phase.js";
import { design } from "../../src/phases/2-database/phase.js";
import { contract } from "../../src/phases/3-interface/phase.js";
import { prove } from "../../src/phases/4-test/phase.js";
import { realizeContract } from "../../src/phases/5-realize/phase.js";
import { answering } from "../library/asker.js";
import {
  libraryAnalysis,
  libraryAnswer,
  libraryDatabase,
  libraryDocument,
  libraryOutline,
  libraryRequest,
} from "../library/library.js";

/** None of them is compiled: what is asked for here is wrong long before. */
export const realTasks = async (): Promise<Task[]> => {
  const asker = answering({
    "analyze/outline": libraryOutline(),
    "analyze/module:catalog": libraryAnswer("catalog"),
    "analyze/module:lending": libraryAnswer("lending"),
  });
  await analyze(libraryRequest(), asker);
  await design(libraryAnalysis(), libraryDatabase(), asker, prismaCompiler);
  await contract(libraryAnalysis(), libraryDatabase(), asker);
  await prove(libraryAnalysis(), libraryDatabase(), libraryDocument(), asker);
  const leaves: Task[] = [];
  const deaf: Asker = {
    ...asker,
    askAll: async (tasks) => {
      leaves.push(...(tasks as unknown as Task[]));
      return tasks.map(() => ({ answer: null, dropped: [], attempts: 1, reused: false }));
    },
  };
  await realizeContract(libraryAnalysis(), libraryDatabase(), libraryDocument(), deaf, {} as ProjectChecker);
  return [...asker.asked, ...leaves].map(({ compile: _, ...task }) => task);
};

/** What a task owes, counted by what an answer that says nothing leaves unserved. */
export const obligationsOf = (task: Task): number => task.check(silence(task)).length;

const silence = (task: Task): object => {
  const properties = task.function.parameters["properties"] as Record<string, { type?: string }>;
  return Object.fromEntries(
    Object.entries(properties).map(([key, { type }]) => [key, type === "array" ? [] : "Nothing"]),
  );
};
