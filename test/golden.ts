/** Files that were reviewed: `npm run golden` writes them, a test compares. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect } from "vitest";
import type { FileTree } from "../src/base/file-tree.js";

const GOLDENS = new URL("goldens/", import.meta.url);

/** `part` is the folder under test/goldens that holds these files and no others. */
export const compareGoldens = (part: string, files: FileTree): void => {
  const folder = new URL(`${part}/`, GOLDENS);
  if (process.env["GOLDEN"]) {
    rmSync(folder, { recursive: true, force: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(new URL(path, folder).pathname), { recursive: true });
      writeFileSync(new URL(path, folder), text);
    }
    return;
  }
  const there = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(there.length).toBe(Object.keys(files).length);
  for (const [path, text] of Object.entries(files))
    expect(text, path).toBe(readFileSync(new URL(path, folder), "utf8"));
};
