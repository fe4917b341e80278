/** One run with a fault in it: known answers for all tasks, true parts for everything else, an endpoint for the repair. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Asker } from "../../../src/base/asker.js";
import type { Journal } from "../../../src/base/journal.js";
import type { Talk } from "../../../src/base/talk.js";
import type { Outcome, Task } from "../../../src/base/task.js";
import { createHarness } from "../../../src/harness/harness.js";
import { connect } from "../../../src/io/endpoint/connect.js";
import { endpointSettings } from "../../../src/io/endpoint/settings.js";
import { formatFiles } from "../../../src/io/format.js";
import { readPrompts, readTemplate } from "../../../src/io/package-folder.js";
import { draw } from "../../../src/io/picture.js";
import { prismaCompiler } from "../../../src/io/prisma.js";
import { generatePrismaClient } from "../../../src/io/prisma-client.js";
import { createProjectCompiler } from "../../../src/io/project-compiler.js";
import { verifyProject } from "../../../src/io/verify.js";
import type { Report } from "../../../src/pipeline/contract.js";
import { generate } from "../../../src/pipeline/generate.js";
import type { Fault } from "./faults.js";
import { inMemory, type Known } from "./projects.js";

export interface Ended {
  report: Report;
  /** Record of the repair; null where none was needed. */
  repair: { repaired: string[]; undone: string[]; left: { what: string; why: string }[] } | null;
  /** Tasks of the repair that were asked. */
  asked: string[];
  gates: number;
}

export interface Place {
  folder: string;
  talk: Talk;
  baseUrl: string;
  model: string;
  /** Told the right answer when the fault is put into it. */
  onFault: (answer: object) => void;
}

export const runWithFault = async (known: Known, fault: Fault | null, place: Place): Promise<Ended> => {
  const { folder, talk } = place;
  const template = await readTemplate();
  const kept: Record<string, string> = {};
  const journal = inMemory();
  const asker = await answering(known, fault, journal, place);
  const ended = { gates: 0 };
  const report = await generate({
    ...asker.asker,
    request: known.request,
    until: null,
    adopted: null,
    changes: known.changes,
    template,
    out: folder,
    talk,
    signal: new AbortController().signal,
    prisma: prismaCompiler,
    write: (files) => put(folder, files),
    edited: () => [],
    prune: async () => {},
    keep: async (files) => void Object.assign(kept, files),
    recall: async () => null,
    format: (files) => formatFiles(files, template),
    draw,
    openChecker: async () => {
      await generatePrismaClient(folder);
      return createProjectCompiler(folder);
    },
    inspect: () => {
      ++ended.gates;
      return verifyProject(folder, talk);
    },
  }).finally(asker.close);
  const tasks = journal.entries.flatMap((one) => (one.kind === "attempt" ? [one.task] : []));
  for (const one of journal.entries)
    if (one.kind === "attempt")
      for (const { code, path, message } of one.diagnostics) talk.note(`${one.task} ${code} ${path}: ${message}`);
  const record = kept["repair.json"];
  return { report, repair: record === undefined ? null : JSON.parse(record), asked: tasks, ...ended };
};

const put = async (folder: string, files: Record<string, string | Uint8Array>): Promise<void> => {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
};

/** Known tasks are answered by heart, the fault put in; those of the repair go through the harness to the endpoint. */
const answering = async (
  known: Known,
  fault: Fault | null,
  journal: Journal,
  place: Place,
): Promise<{ asker: Asker; close: () => Promise<void> }> => {
  const { baseUrl, model, talk } = place;
  const connection = await connect(endpointSettings({ baseUrl, model }, process.env), {
    signal: new AbortController().signal,
    notice: (text) => talk.note(text),
    patience: { firstByte: 3_600_000, idle: 120_000 },
    profiles: null,
  });
  const harness = createHarness({
    journal,
    replay: null,
    refresh: false,
    connect: async () => connection,
    prompts: await readPrompts(),
    concurrency: 2,
    limits: { attempts: 5, tokens: null },
    signal: new AbortController().signal,
    observe: () => {},
  });
  const byHeart = async (task: Task): Promise<Outcome> => {
    const answer = (await known.answerTo(task)) ?? silence(task);
    if (fault?.key === task.key) place.onFault(answer);
    return { answer: fault?.key === task.key ? fault.change(answer) : answer, dropped: [], attempts: 1, reused: false };
  };
  const askAll: Asker["askAll"] = async <Answer extends object>(tasks: readonly Task<Answer>[]) =>
    tasks.some((one) => /^repair\/|\/repair-\d+$/.test(one.key))
      ? harness.askAll(tasks)
      : Promise.all(tasks.map(async (task) => (await byHeart(task as unknown as Task)) as Outcome<Answer>));
  return {
    asker: { askAll, ask: async (task) => (await askAll([task]))[0]!, render: harness.render },
    close: () => connection.close(),
  };
};

/** An empty answer keeps the draft. */
const silence = ({ function: { parameters } }: Task): object =>
  Object.fromEntries(
    Object.entries((parameters as { properties: Record<string, { type?: string }> }).properties).map(([key, one]) => [
      key,
      one.type === "array" ? [] : "Nothing.",
    ]),
  );
