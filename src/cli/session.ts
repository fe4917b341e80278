/** Wires a run together: folder, journal, endpoint, harness, pipeline; and ends it with one object or one line. */
import type { AdoptedText, JournalEntry, RunEntry } from "../base/journal.js";
import { headerOf } from "../base/journal-index.js";
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

/** `asked` null takes what the journal that lies there began with. */
export const runSession = async (workspace: Workspace, asked: Asked | null, session: Session): Promise<Finished> => {
  const limit = limitTime(session.options.timeBudget ?? null, session.signal);
  try {
    return await runWithin(workspace, asked, { ...session, signal: limit.signal });
  } catch (mishap) {
    throw limit.reasonOf(mishap);
  } finally {
    limit.release();
  }
};

const runWithin = async (workspace: Workspace, asked: Asked | null, session: Session): Promise<Finished> => {
  const { options } = session;
  const replay = options.replay === undefined ? null : await readJournal(options.replay);
  const connection = lazily(session);
  let journal: JournalFile | null = null;
  try {
    journal = (await workspace.hasJournal())
      ? await resumeJournal(workspace.journal)
      : await beginJournal(workspace, asked!, replay, options, connection);
    if (asked !== null && !isSame(journal.header, asked)) throw otherRequest(workspace);
    const run = await makeRun(workspace, journal, replay, connection, session);
    return { report: await generate(run), model: journal.header.model, entries: journal.entries };
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

const makeRun = async (
  workspace: Workspace,
  journal: JournalFile,
  replay: readonly JournalEntry[] | null,
  { connect }: Lazy,
  { options, talk, signal }: Session,
): Promise<Run> => {
  const template = await readTemplate();
  const { request, schema } = journal.header;
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
  return {
    ...asker,
    request,
    adopted: schema === undefined ? null : adopt(schema, request),
    until: options.until ?? null,
    template,
    write: async (files) => {
      const { kept } = await workspace.write(files);
      for (const path of kept) talk.warn(`${path} was edited by hand and is kept; the new text is ${path}${BESIDE}`);
    },
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
  };
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
