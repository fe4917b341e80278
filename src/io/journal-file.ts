/** The journal on disk: JSON Lines that only grow, each entry synced before the run goes on. */
import { type FileHandle, link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import typia from "typia";
import type { Journal, JournalEntry, RunEntry, Unstamped } from "../base/journal.js";
import { Failure } from "../base/mishap.js";

export interface JournalFile extends Journal {
  readonly header: RunEntry;
  close(): Promise<void>;
}

/** Reads a journal to replay or to report; a last line that was cut by a crash is not counted. */
export const readJournal = async (path: string): Promise<JournalEntry[]> => {
  const { entries } = parse(await readText(path), path);
  if (entries[0]?.kind !== "run") throw corrupt(path, 1, "it does not begin with the entry of a run");
  return entries;
};

/** Begins a journal; throws where one is there already. */
export const createJournal = async (path: string, header: Omit<RunEntry, "at">): Promise<JournalFile> => {
  await mkdir(dirname(path), { recursive: true });
  const entry: RunEntry = { ...header, at: new Date().toISOString() };
  const part = `${path}.part`;
  const first = await open(part, "w");
  await write(first, entry, path).finally(() => first.close());
  // a crash leaves a journal with its first line, or none: without it nothing could go on
  await moveTo(part, path);
  return wrap(await open(path, "a"), path, entry, [entry]);
};

/** Never over another; where the disk knows no links the lock of the folder has to do. */
const moveTo = async (part: string, path: string): Promise<void> => {
  try {
    await link(part, path);
    await rm(part);
  } catch (error) {
    const isThere = await stat(path).catch(() => null);
    if (isThere !== null) throw error;
    await rename(part, path);
  }
};

/** Opens a journal to go on with; what a crash left of its last line is cut off. */
export const resumeJournal = async (path: string): Promise<JournalFile> => {
  const { entries, length, text } = parse(await readText(path), path);
  const [header] = entries;
  if (header?.kind !== "run") throw corrupt(path, 1, "it does not begin with the entry of a run");
  const file = await open(path, "a");
  if (length < text.length) await file.truncate(Buffer.byteLength(text.slice(0, length)));
  else if (!text.endsWith("\n")) await file.appendFile("\n");
  return wrap(file, path, header, entries);
};

const wrap = (file: FileHandle, path: string, header: RunEntry, entries: JournalEntry[]): JournalFile => {
  let last: Promise<void> = Promise.resolve();
  return {
    header,
    entries,
    append: (unstamped) => {
      const entry = { ...unstamped, at: new Date().toISOString() } as JournalEntry;
      last = last.catch(() => {}).then(() => write(file, entry, path));
      return last.then(() => void entries.push(entry));
    },
    close: async () => {
      await last.catch(() => {});
      await file.close();
    },
  };
};

const write = async (file: FileHandle, entry: JournalEntry | Unstamped, path: string): Promise<void> => {
  try {
    await file.appendFile(`${JSON.stringify(entry)}\n`);
    await file.datasync();
  } catch (cause) {
    throw new Failure(
      "JOURNAL.NOT_WRITTEN",
      `${path} could not be written: ${(cause as Error).message}`,
      "Make room on the disk, then `autobe resume DIR`.",
      { cause },
    );
  }
};

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new Failure(
      "JOURNAL.NOT_READ",
      `${path} could not be read: ${(cause as Error).message}`,
      "Name a journal.jsonl that exists.",
      { cause },
    );
  }
};

const isEntry = typia.createValidate<JournalEntry>();

/** Entries, and the length of the text that they fill. */
const parse = (text: string, path: string): { entries: JournalEntry[]; length: number; text: string } => {
  const entries: JournalEntry[] = [];
  let length = 0;
  const lines = text.split("\n");
  lines.forEach((line, i) => {
    const isLast = i === lines.length - 1;
    if (line === "") {
      if (!isLast) throw corrupt(path, i + 1, "it is empty");
      return;
    }
    const value = read(line);
    if (value === undefined && isLast) return;
    if (value === undefined) throw corrupt(path, i + 1, "it is not JSON");
    const verdict = isEntry(value);
    if (!verdict.success) throw corrupt(path, i + 1, `${verdict.errors[0]?.path} is not as a journal has it`);
    entries.push(verdict.data);
    length += line.length + (isLast ? 0 : 1);
  });
  return { entries, length, text };
};

const read = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

const corrupt = (path: string, line: number, why: string): Failure =>
  new Failure(
    "JOURNAL.CORRUPT",
    `${path} is corrupt: line ${line}: ${why}.`,
    `Restore the file from a copy, or delete line ${line} and what follows: what stood there is asked again.`,
  );
