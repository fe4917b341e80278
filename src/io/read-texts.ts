/** Reads the texts of a folder of a project, by POSIX path inside the project. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { FileTree } from "../base/file-tree.js";

/** In order of path; empty where there is no such folder. */
export const readTexts = async (project: string, folder: string, extension: string): Promise<FileTree> => {
  const entries = await readdir(join(project, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => relative(project, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(project, path), "utf8")] as const)),
  );
};
