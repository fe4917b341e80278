/** The folder of a generated project: ours to write, the user's to edit. What was edited by hand is never overwritten. */
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize, relative, resolve } from "node:path";
import type { Files, FileTree } from "../base/file-tree.js";
import { Bug, Failure } from "../base/mishap.js";
import { lock } from "./lock.js";

export interface Written {
  /** Paths whose text changed on disk. */
  written: string[];
  unchanged: string[];
  /** Paths edited by hand: the new text lies beside them as `<path>.autobe-new`, until somebody deletes that. */
  kept: string[];
}

export interface Workspace {
  /** Absolute. */
  directory: string;
  journal: string;
  /** Whether a journal lies there already. */
  hasJournal(): Promise<boolean>;
  write(files: Files): Promise<Written>;
  /** Removes files of ours that are no longer among these paths and that nobody edited; answers which. */
  prune(paths: Iterable<string>): Promise<string[]>;
  /** Writes records of the run itself, into `.autobe/ast`. */
  keep(files: FileTree): Promise<void>;
  /** Reads such a record, null where there is none. */
  recall(path: string): Promise<string | null>;
  close(): Promise<void>;
}

/** The mark of a folder of ours. */
export const OURS = ".autobe";

export const BESIDE = ".autobe-new";

/** Opens or begins a folder; one with files that are not ours is refused. */
export const openWorkspace = async (out: string): Promise<Workspace> => {
  const directory = resolve(out);
  await refuseForeign(directory);
  const own = join(directory, OURS);
  await mkdir(join(own, "base"), { recursive: true });
  const release = await lock(join(own, "lock"));
  const journal = join(own, "journal.jsonl");
  return {
    directory,
    journal,
    hasJournal: () => exists(journal),
    write: (files) => writeAll(directory, files),
    prune: (paths) => prune(directory, new Set(paths)),
    keep: async (files) => {
      for (const [path, text] of Object.entries(files)) await put(directory, join(own, "ast", path), text);
    },
    recall: (path) => textAt(join(own, "ast", path)),
    close: async () => {
      await release();
      if (!(await exists(journal))) await forget(directory);
    },
  };
};

/** Opens a folder that must be ours already. */
export const openExisting = async (directory: string): Promise<Workspace> => {
  if (!(await exists(join(directory, OURS, "journal.jsonl"))))
    throw new Failure(
      "WORKSPACE.NOT_OURS",
      `${directory} holds no run of autobe (no ${OURS}/journal.jsonl).`,
      "Name a folder that `autobe generate` made.",
    );
  return openWorkspace(directory);
};

/** A run that never began leaves nothing behind. */
const forget = async (directory: string): Promise<void> => {
  await rm(join(directory, OURS), { recursive: true, force: true });
  await rmdir(directory).catch(() => {});
};

const refuseForeign = async (directory: string): Promise<void> => {
  const entries: string[] = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new Failure(
      "WORKSPACE.NO_FOLDER",
      `${directory} cannot be used as a folder: ${error.message}`,
      "Give another --out.",
    );
  });
  if (entries.length > 0 && !entries.includes(OURS))
    throw new Failure(
      "WORKSPACE.FOREIGN_FILES",
      `${directory} is not empty and not ours: it holds ${entries.slice(0, 3).join(", ")}${entries.length > 3 ? ", …" : ""}.`,
      "Give --out an empty or new folder.",
    );
};

const writeAll = async (directory: string, files: Files): Promise<Written> => {
  const result: Written = { written: [], unchanged: [], kept: [] };
  for (const path of Object.keys(files).sort())
    result[await writeOne(directory, checked(path), files[path]!)].push(path);
  return result;
};

const writeOne = async (directory: string, path: string, content: string | Uint8Array): Promise<keyof Written> => {
  const bytes = Buffer.from(content as Uint8Array);
  const target = join(directory, path);
  const [base, offered, beside] = [join(directory, OURS, "base", path), offeredAt(directory, path), target + BESIDE];
  const [current, remembered] = await Promise.all([bytesAt(target), bytesAt(base)]);
  const isOffered = !current?.equals(bytes) && !remembered?.equals(bytes);
  if (!isOffered) for (const old of [beside, offered]) await rm(old, { force: true }); // no longer of use
  if (current?.equals(bytes)) {
    if (!remembered?.equals(bytes)) await put(directory, base, bytes);
    return "unchanged";
  }
  if (current === null || (remembered !== null && current.equals(remembered))) {
    // the file first: a crash in between leaves it equal to what the next run writes
    await put(directory, target, bytes);
    await put(directory, base, bytes);
    return "written";
  }
  if (remembered?.equals(bytes)) return "unchanged"; // nothing new to offer beside the user's edit
  if ((await bytesAt(offered))?.equals(bytes) && !(await exists(beside))) {
    await put(directory, base, bytes); // whoever deleted it has made of it what they wanted
    await rm(offered, { force: true });
    return "unchanged";
  }
  await put(directory, beside, bytes);
  await put(directory, offered, bytes);
  return "kept";
};

/** What lies beside an edited file, as it was put there. */
const offeredAt = (directory: string, path: string): string => join(directory, OURS, "offered", path);

const prune = async (directory: string, wanted: ReadonlySet<string>): Promise<string[]> => {
  const base = join(directory, OURS, "base");
  const known = await readdir(base, { recursive: true, withFileTypes: true });
  const removed: string[] = [];
  for (const entry of known.filter((one) => one.isFile())) {
    const path = relative(base, join(entry.parentPath, entry.name)).replaceAll("\\", "/");
    if (wanted.has(path)) continue;
    const [current, remembered] = await Promise.all([bytesAt(join(directory, path)), bytesAt(join(base, path))]);
    if (current !== null && !remembered?.equals(current)) continue;
    await rm(join(directory, path), { force: true });
    await rm(join(base, path), { force: true });
    removed.push(path);
  }
  return removed.sort();
};

/** Writes beside and renames over: a reader sees the old text or the new, never half of one. */
const put = async (directory: string, path: string, content: string | Uint8Array): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const part = join(directory, OURS, "part");
  await writeFile(part, content);
  await rename(part, path);
};

const checked = (path: string): string => {
  const inside = normalize(path).replaceAll("\\", "/");
  if (isAbsolute(path) || inside !== path || inside.startsWith("..") || inside.split("/")[0] === OURS)
    throw new Bug(`A generated file may not be called ${path}.`);
  return path;
};

const textAt = async (path: string): Promise<string | null> => (await bytesAt(path))?.toString("utf8") ?? null;

const bytesAt = (path: string): Promise<Buffer | null> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
