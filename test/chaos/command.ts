/** The built command line as a child process, and what it leaves in a folder. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JournalEntry } from "../../src/base/journal.js";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  out: string;
  err: string;
  seconds: number;
}

export interface Command {
  child: ChildProcess;
  ended: Promise<Ended>;
}

/** The environment holds nothing of the user's but the path: what a command keeps for later lies in the folder too. */
export const autobe = (args: readonly string[], folder: string, environment: Record<string, string> = {}): Command => {
  const started = performance.now();
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.on("close", (code) => resolve({ code, out, err, seconds: (performance.now() - started) / 1000 })),
  );
  return { child, ended };
};

/** Texts by path, of everything printed and of the ASTs it was printed from; not the journal and its like. */
export const printed = async (out: string): Promise<Record<string, string>> => {
  const texts = await textsIn(out);
  return Object.fromEntries(
    Object.entries(texts).filter(([path]) => !path.startsWith(".autobe/") || path.startsWith(".autobe/ast/")),
  );
};

/** All texts below a folder by path. */
export const textsIn = async (folder: string): Promise<Record<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((path) => readFile(path, "utf8")));
  return Object.fromEntries(files.map((path, i) => [path.slice(folder.length + 1), texts[i]!]).sort());
};

/** Whole lines of a journal; none where there is no journal yet. */
export const journalIn = async (out: string): Promise<JournalEntry[]> => {
  const text = await readFile(join(out, ".autobe", "journal.jsonl"), "utf8").catch(() => "");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as JournalEntry);
};

/** Paths of texts that are not the same in both. */
export const differences = (left: Record<string, string>, right: Record<string, string>): string[] =>
  [...new Set([...Object.keys(left), ...Object.keys(right)])].filter((path) => left[path] !== right[path]).sort();
