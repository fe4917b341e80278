/** Compiles a project in processes of their own: what the compiler holds is gone before the tests begin, and a terminal stays alive. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileTree } from "../base/file-tree.js";
import { Bug } from "../base/mishap.js";
import type { TypeScriptComplaint } from "../base/project-compiler.js";
import { excerptOf, runChild } from "./child.js";
import type { ProjectPart, Share } from "./project-compiler.js";

export interface BuildOrder {
  folder: string;
  part: ProjectPart;
  to: string;
  overlay: FileTree;
  share: Share;
}

/** Compilers make much that is gone at once; with a larger nursery it is not copied about. Megabytes. */
const NURSERY = "--max-semi-space-size=32";

/** As many processes as the machine has processors for, but one for what is small. */
export const processesFor = (files: number): number => (files < FEW_FILES ? 1 : Math.min(2, availableParallelism()));
const FEW_FILES = 16;

/** `to` is the folder that is compiled into. */
export const buildProject = async (
  folder: string,
  part: ProjectPart,
  to: string,
  options: { overlay?: FileTree; shares?: number; signal?: AbortSignal | undefined } = {},
): Promise<TypeScriptComplaint[]> => {
  const { overlay = {}, shares = 1, signal } = options;
  const complaints = await Promise.all(
    Array.from({ length: shares }, (_, index) =>
      buildShare({ folder, part, to, overlay, share: { index, of: shares } }, signal),
    ),
  );
  return complaints.flat();
};

const buildShare = async (order: BuildOrder, signal: AbortSignal | undefined): Promise<TypeScriptComplaint[]> => {
  const [asked, answer] = ["order", "complaints"].map((name) => join(order.to, `${name}-${order.share.index}.json`));
  await writeFile(asked!, JSON.stringify(order));
  const ended = await runChild({
    arguments: [NURSERY, fileURLToPath(new URL("./build-process.js", import.meta.url)), asked!, answer!],
    folder: order.folder,
    environment: {},
    timeLimit: 900_000,
    signal,
  });
  const text = ended.status === 0 ? await readFile(answer!, "utf8").catch(() => null) : null;
  await Promise.all([asked!, answer!].map((path) => rm(path, { force: true })));
  if (text === null) throw new Bug(`The compiler ended without an answer.\n${excerptOf(ended.output)}`);
  return JSON.parse(text) as TypeScriptComplaint[];
};
