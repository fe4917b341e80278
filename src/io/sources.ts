/** The sources of an application as they lie there, hand edits included; what Prisma and nestia made is none of them. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { FileTree } from "../base/file-tree.js";

export const readSources = async (directory: string): Promise<FileTree> => {
  const entries = await readdir(join(directory, "src"), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !/^src\/(prisma|api)\//.test(path))
    .sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(directory, path), "utf8")] as const)),
  );
};
