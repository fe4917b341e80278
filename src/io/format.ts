/** Lays printed TypeScript out as a person would. */
import { format } from "prettier";
import type { FileTree } from "../base/file-tree.js";
import { Bug } from "../base/mishap.js";

/** Texts that are not TypeScript, and those of the template, stay as they are. */
export const formatFiles = async (files: FileTree, template: FileTree): Promise<FileTree> => {
  const formatted: FileTree = {};
  for (const [path, text] of Object.entries(files))
    formatted[path] = path.endsWith(".ts") && template[path] === undefined ? await formatOne(path, text) : text;
  return formatted;
};

const formatOne = async (path: string, text: string): Promise<string> => {
  try {
    return await format(text, { parser: "typescript", printWidth: 120 });
  } catch (cause) {
    throw new Bug(`What was printed into ${path} does not parse.`, { cause });
  }
};
