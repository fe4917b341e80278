/** From the derived draft to the designed database: how tables hang together, then what their columns are. */
import type { Asker } from "../../base/asker.js";
import type { Diagnostic } from "../../base/diagnostic.js";
import { Bug } from "../../base/mishap.js";
import type { PrismaCompiler } from "../../base/prisma-compiler.js";
import type { Outcome, Task } from "../../base/task.js";
import type { AutoBeAnalyze } from "../1-analyze/ast.js";
import type { AutoBeDatabase, IArrange, IModels } from "./ast.js";
import { checkDatabase } from "./check/database.js";
import { atAnswer, requirementsBehind } from "./check/models.js";
import { applyArrange, applyModels, type Changed } from "./merge.js";
import { obligationsOf } from "./obligations.js";
import { printPrisma } from "./print/prisma.js";
import { arrangeTask, modelsTask } from "./prompt.js";

export interface Designed {
  database: AutoBeDatabase.IApplication;
  /** What did not survive, task by task. */
  dropped: ({ task: string } & Outcome["dropped"][number])[];
}

export const design = async (
  analyze: AutoBeAnalyze.IApplication,
  draft: AutoBeDatabase.IApplication,
  asker: Asker,
  prisma: PrismaCompiler,
): Promise<Designed> => {
  soundDatabase(draft, prisma);
  const arranged = await ask(draft, arrangeSteps(analyze, draft, asker), asker, prisma);
  const modelled = await ask(arranged.database, modelsSteps(analyze, arranged.database, asker), asker, prisma);
  return { database: modelled.database, dropped: [...arranged.dropped, ...modelled.dropped] };
};

/** The same database, if Prisma takes it. */
export const soundDatabase = (
  database: AutoBeDatabase.IApplication,
  prisma: PrismaCompiler,
): AutoBeDatabase.IApplication => {
  const refused = complaintsOf({ database, origins: new Map() }, prisma);
  if (refused.length !== 0) throw new Bug(`Prisma refuses the derived schema. ${refused[0]!.message}`);
  return database;
};

/** A task, and what its answer does to a database. */
interface Step<Answer extends object> {
  task: Task<Answer>;
  apply(database: AutoBeDatabase.IApplication, answer: Answer): Changed;
}

const arrangeSteps = (
  analyze: AutoBeAnalyze.IApplication,
  draft: AutoBeDatabase.IApplication,
  asker: Asker,
): Step<IArrange>[] =>
  filesWith(draft, (model) => model.stance !== "session" && model.stance !== "actor").map((file) => ({
    task: arrangeTask(analyze, draft, file, asker),
    apply: (database, answer) => applyArrange(database, file.namespace, answer),
  }));

const modelsSteps = (
  analyze: AutoBeAnalyze.IApplication,
  draft: AutoBeDatabase.IApplication,
  asker: Asker,
): Step<IModels>[] =>
  // sessions are the machine's, and so are accounts of which the analysis says nothing
  filesWith(
    draft,
    (model) => model.stance !== "session" && !(model.stance === "actor" && model.entity === null),
  ).flatMap((file) =>
    slices(file.models).map((models, index) => {
      const requirementsOf = requirementsBehind(obligationsOf(analyze, models));
      return {
        task: modelsTask(analyze, draft, file.namespace, index + 1, models, asker),
        apply: (database, answer) => applyModels(database, answer, requirementsOf),
      };
    }),
  );

const filesWith = (
  { files }: AutoBeDatabase.IApplication,
  isAsked: (model: AutoBeDatabase.IModel) => boolean,
): AutoBeDatabase.IFile[] =>
  files.map((file) => ({ ...file, models: file.models.filter(isAsked) })).filter((file) => file.models.length !== 0);

/** At most five tables are shown at once, as evenly as can be. */
const slices = <Item>(items: readonly Item[]): Item[][] => {
  const count = Math.ceil(items.length / 5);
  const size = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
};

const ask = async <Answer extends object>(
  database: AutoBeDatabase.IApplication,
  steps: readonly Step<Answer>[],
  asker: Asker,
  prisma: PrismaCompiler,
): Promise<Designed> => {
  const judged = steps.map(({ task, apply }) => ({
    ...task,
    compile: async (answer: Answer) => complaintsOf(apply(database, answer), prisma),
  }));
  const outcomes = await asker.askAll(judged);
  const designed: Designed = { database, dropped: [] };
  steps.forEach((step, index) => {
    const { answer, dropped } = outcomes[index]!;
    designed.dropped.push(...dropped.map((one) => ({ task: step.task.key, ...one })));
    if (answer !== null) merge(designed, step, answer, prisma);
  });
  return designed;
};

/** Answers of one wave were judged alone: where one does not fit what came before, its items are tried one by one. */
const merge = <Answer extends object>(
  designed: Designed,
  { task, apply }: Step<Answer>,
  answer: Answer,
  prisma: PrismaCompiler,
): void => {
  const accept = (part: Answer): Diagnostic[] => {
    const changed = apply(designed.database, part);
    const found = [...checkDatabase(changed.database, atAnswer(changed.origins)), ...complaintsOf(changed, prisma)];
    if (found.length === 0) designed.database = changed.database;
    return found;
  };
  if (accept(answer).length === 0) return;
  const lists = Object.entries(answer).filter((entry): entry is [string, object[]] => Array.isArray(entry[1]));
  const empty = { ...answer, ...Object.fromEntries(lists.map(([key]) => [key, []])) };
  for (const [key, list] of lists)
    list.forEach((value, index) => {
      const diagnostics = accept({ ...empty, [key]: [value] });
      if (diagnostics.length !== 0)
        designed.dropped.push({ task: task.key, path: `$input.${key}[${index}]`, value, diagnostics });
    });
};

/** What Prisma says of the printed schema, at the item of the answer that it is about. */
export const complaintsOf = ({ database, origins }: Changed, prisma: PrismaCompiler): Diagnostic[] => {
  const { files, spans } = printPrisma(database);
  const at = atAnswer(origins);
  return prisma.lint(files).map(({ file, start, text }) => {
    const span = spans.find((one) => one.file === file && one.start <= start && start < one.end);
    const where =
      span === undefined ? "The schema" : [span.model, span.member].filter((name) => name !== null).join(".");
    return {
      code: "DATABASE.PRISMA",
      path: span === undefined ? "$input" : at(span.model, span.member),
      message: `${where}: ${text.replace(/\s+/g, " ").trim()}`,
    };
  });
};
