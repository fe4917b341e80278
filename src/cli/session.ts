/** Wires a run together: folder, journal, endpoint, harness, pipeline; and ends it with one object or one line. */
import type { AdoptedText, JournalEntry, RunEntry } from "../base/journal.js";
import { changesOf, headerOf } from "../base/journal-index.js";
import { summarize } from "../base/journal-summary.js";
import { Failure } from "../base/mishap.js";
import type { Talk } from "../base/talk.js";
import { createHarness } from "../harness/harness.js";
import { createSilence } from "../harness/silence.js";
import { type Connection, connect } from "../io/endpoint/connect.js";
import { endpointSettings, hostOf } from "../io/endpoint/settings.js";
import { cacheFolder, fileStore } from "../io/endpoint/store.js";
import { formatFiles } from "../io/format.js";
import { createJournal, type JournalFile, readJournal, resumeJournal } from "../io/journal-file.js";
import { readPrompts, readTemplate, readVersion } from "../io/package-folder.js";
import { draw } from "../io/picture.js";
import { prismaCompiler } from "../io/prisma.js";
import { generatePrismaClient } from "../io/prisma-client.js";
import { createProjectCompiler } from "../io/project-compiler.js";
import { environment, here } from "../io/surroundings.js";
import { limitTime } from "../io/time-limit.js";
import { removeBuild, verifyProject } from "../io/verify.js";
import { BESIDE, type Workspace } from "../io/workspace.js";
import type { Inspection, Report, Run } from "../pipeline/contract.js";
import { generate } from "../pipeline/generate.js";
import { endedAfter } from "../pipeline/history.js";
import { adopt } from "./adopted.js";
import type { RunOptions } from "./options.js";
import { createProgress } from "./progress.js";
import { isSameRequest } from "./request.js";

export interface Session {
  options: RunOptions;
  talk: Talk;
  signal: AbortSignal;
}

export interface Finished {
  report: Report;
  model: string;
  entries: readonly JournalEntry[];
}

/** What a run begins with: words, or a schema and perhaps words. */
export interface Asked {
  text: string;
  schema: AdoptedText | null;
}

/** What to run in a folder. */
export interface Order {
  /** Null takes what the journal that lies there began with. */
  asked: Asked | null;
  /** A change to begin with; null goes on with what the journal has. */
  change: string | null;
}

export const runSession = async (workspace: Workspace, order: Order, session: Session): Promise<Finished> => {
  const limit = limitTime(session.options.timeBudget ?? null, session.signal);
  try {
    return await runWithin(workspace, order, { ...session, signal: limit.signal });
  } catch (mishap) {
    throw limit.reasonOf(mishap);
  } finally {
    limit.release();
  }
};

const runWithin = async (workspace: Workspace, { asked, change }: Order, session: Session): Promise<Finished> => {
  const { options } = session;
  const replay = options.replay === undefined ? null : await readJournal(options.replay);
  const connection = lazily(session);
  let journal: JournalFile | null = null;
  try {
    journal = (await workspace.hasJournal())
      ? await resumeJournal(workspace.journal)
      : await beginJournal(workspace, asked!, replay, options, connection);
    if (asked !== null && !isSame(journal.header, asked)) throw otherRequest(workspace);
    if (change !== null && journal.header.schema !== undefined) throw adoptedSchema(workspace);
    if (change !== null) await beginChange(workspace, journal, change, replay, connection);
    const kept = new Set<string>();
    const run = await makeRun(workspace, journal, replay, connection, { ...session, kept });
    let report = await generate(run(journal));
    for (const next of change === null ? changesAfter(journal, replay) : []) {
      await journal.append({ kind: "change", request: next });
      report = await generate(run(journal));
    }
    for (const path of [...kept].sort())
      session.talk.warn(
        `${path} was edited by hand and is kept; the new text is ${path}${BESIDE}: delete it once you have taken what you want`,
      );
    return { report, model: journal.header.model, entries: journal.entries };
  } finally {
    await journal?.close();
    await connection.close();
  }
};

interface Lazy {
  connect: () => Promise<Connection>;
  close: () => Promise<void>;
}

/** A run that is replayed, or resumed after its last answer, needs no endpoint at all. */
const lazily = ({ options, talk, signal }: Session): Lazy => {
  let connection: Promise<Connection> | null = null;
  const open = (): Promise<Connection> =>
    connect(endpointSettings(options, environment()), {
      signal,
      notice: (text) => talk.note(text),
      patience: { firstByte: options.firstByteTimeout * 1000, idle: options.idleTimeout * 1000 },
      profiles: fileStore(cacheFolder(environment())),
    });
  return {
    connect: () => {
      connection ??= open();
      return connection;
    },
    close: async () => (await connection?.catch(() => null))?.close(),
  };
};

const isSame = ({ request, schema }: RunEntry, asked: Asked): boolean =>
  isSameRequest(request, asked.text) &&
  isSameRequest(schema?.text ?? "", asked.schema?.text ?? "") &&
  schema?.isSilent === asked.schema?.isSilent &&
  schema?.name === asked.schema?.name;

const beginJournal = async (
  workspace: Workspace,
  { text, schema }: Asked,
  replay: readonly JournalEntry[] | null,
  options: RunOptions,
  connection: Lazy,
): Promise<JournalFile> => {
  const recorded = replay === null ? null : headerOf(replay);
  const header = { kind: "run" as const, version: await readVersion(), request: text, ...(schema && { schema }) };
  if (schema?.isSilent) return createJournal(workspace.journal, { ...header, model: "none", baseUrl: "none" });
  const live = recorded === null ? await connection.connect() : null;
  return createJournal(workspace.journal, {
    ...header,
    model: recorded?.model ?? live!.model,
    baseUrl: recorded?.baseUrl ?? hostOf(endpointSettings(options, environment()).baseUrl),
  });
};

/** A folder that is in the middle of this very change goes on with it. */
const beginChange = async (
  workspace: Workspace,
  journal: JournalFile,
  change: string,
  replay: readonly JournalEntry[] | null,
  connection: Lazy,
): Promise<void> => {
  const changes = changesOf(journal.entries);
  const ended = await endedAfter(workspace);
  const last = changes.at(-1);
  if (ended !== changes.length) {
    if (last !== undefined && isSameRequest(last, change)) return;
    throw unfinished(workspace);
  }
  // nothing is begun where nobody could be asked
  if (replay === null) await connection.connect();
  await journal.append({ kind: "change", request: change });
};

/** A journal that is replayed brings the changes that followed its request. */
const changesAfter = (journal: JournalFile, replay: readonly JournalEntry[] | null): string[] =>
  changesOf(replay ?? []).slice(changesOf(journal.entries).length);

/** Answers what makes a run of the journal as it stands. */
const makeRun = async (
  workspace: Workspace,
  journal: JournalFile,
  replay: readonly JournalEntry[] | null,
  { connect }: Lazy,
  { options, talk, signal, kept }: Session & { kept: Set<string> },
): Promise<(journal: JournalFile) => Run> => {
  const template = await readTemplate();
  const { schema } = journal.header;
  const prompts = await readPrompts();
  const asker = schema?.isSilent
    ? createSilence(prompts)
    : createHarness({
        journal,
        replay,
        refresh: options.refresh,
        connect,
        prompts,
        concurrency: options.concurrency,
        limits: { attempts: options.attempts, tokens: options.tokenBudget ?? null },
        signal,
        observe: createProgress(talk),
      });
  return ({ header, entries }) => ({
    ...asker,
    request: header.request,
    adopted: schema === undefined ? null : adopt(schema, header.request),
    changes: changesOf(entries),
    until: options.until ?? null,
    template,
    write: async (files) => {
      const written = await workspace.write(files);
      for (const path of Object.keys(files)) kept.delete(path);
      for (const path of written.kept) kept.add(path);
    },
    edited: () => [...kept].sort(),
    ...inspectionOf(workspace, talk, signal, null),
    prisma: prismaCompiler,
    openChecker: async () => {
      await generatePrismaClient(workspace.directory);
      return createProjectCompiler(workspace.directory);
    },
    format: (files) => formatFiles(files, template),
    draw,
    keep: (files) => workspace.keep(files),
    prune: async (paths) => void (await workspace.prune(paths)),
  });
};

/** What the gate needs, in a run and in `autobe verify`. A database URL of null means PGlite. Whoever keeps the build removes it. */
export const inspectionOf = (
  workspace: Workspace,
  talk: Talk,
  signal: AbortSignal,
  databaseUrl: string | null,
  keepsBuild = false,
): Inspection => ({
  out: workspace.directory,
  talk,
  signal,
  inspect: async () => {
    try {
      return await verifyProject(workspace.directory, talk, { signal, databaseUrl });
    } finally {
      if (!keepsBuild) await removeBuild(workspace.directory);
    }
  },
  recall: (path) => workspace.recall(path),
});

/** The object of `--json`. */
export const toJson = ({ report, model, entries }: Finished, out: string, seconds: number): string =>
  JSON.stringify({
    project: report.project,
    out,
    model,
    seconds,
    phases: report.phases,
    ...summarize(entries),
    verify: report.verify,
  });

const otherRequest = (workspace: Workspace): Failure =>
  new Failure(
    "WORKSPACE.OTHER_REQUEST",
    `${here(workspace.directory)} was generated from another request or schema.`,
    "Give another --out, or go on with the old one by `autobe resume DIR`.",
  );

const adoptedSchema = (workspace: Workspace): Failure =>
  new Failure(
    "WORKSPACE.ADOPTED_SCHEMA",
    `${here(workspace.directory)} was made of a Prisma schema, which decides what there is.`,
    "Change the schema, and generate from it into another --out.",
  );

const unfinished = (workspace: Workspace): Failure =>
  new Failure(
    "WORKSPACE.NOT_FINISHED",
    `The run in ${here(workspace.directory)} has not come to its end yet.`,
    "Finish it by `autobe resume DIR`, then ask for the change.",
  );
