/** The fixed files of a generated project, with the few words of this one put in. */
import type { FileTree } from "../base/file-tree.js";
import { Bug } from "../base/mishap.js";

export interface ProjectWords {
  /** npm package name, kebab-case. */
  name: string;
  title: string;
  summary: string;
  /** Markdown: what this backend does. */
  description: string;
}

/** Dotfiles are kept as `dot-…`, because npm leaves some of them out of a package. */
export const fillTemplate = (template: FileTree, words: ProjectWords): FileTree =>
  Object.fromEntries(
    Object.entries(template).map(([path, text]) => [
      path.replace(/(^|\/)dot-/, "$1."),
      text.replaceAll(/\{\{(name|title|summary|description)\}\}/g, (_, key: keyof ProjectWords) => {
        const value = words[key];
        if (value === undefined) throw new Bug(`The template asks for {{${key}}}, which nobody supplies.`);
        return path.endsWith(".json") ? JSON.stringify(value).slice(1, -1) : value;
      }),
    ]),
  );
