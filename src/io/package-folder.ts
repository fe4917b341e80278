/** The files that autobe itself brings: prompts, function schemas, the template of a generated project, its version. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileTree } from "../base/file-tree.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Prompts by path without extension: `feedback/wrong`, `database/models`. */
export const readPrompts = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(await readFolder("prompts"))
      .filter(([path]) => path.endsWith(".md"))
      .map(([path, text]) => [path.slice(0, -".md".length), text]),
  );

/** Function schemas by function name, as text. */
export const readSchemas = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(await readFolder("schemas"))
      .filter(([path]) => path.endsWith(".json"))
      .map(([path, text]) => [path.slice(0, -".json".length), text]),
  );

/** Fixed files of a generated project. */
export const readTemplate = (): Promise<FileTree> => readFolder("src/template/project");

export const readVersion = async (): Promise<string> =>
  (JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as { version: string }).version;

/** Texts of a folder of the package by POSIX path, in order of path; empty where there is none. */
const readFolder = async (folder: string): Promise<FileTree> => {
  const root = join(ROOT, folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), "utf8")] as const)),
  );
};
