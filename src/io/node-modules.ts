/** Where the dependencies of a generated project are found: in its own node_modules if installed, else in ours. */
import { existsSync } from "node:fs";
import { mkdir, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, parse } from "node:path";
import { Failure } from "../base/mishap.js";

export interface ProjectModules {
  /** Whether they are the project's own. */
  isOwn: boolean;
  /** The folder from which a bare module name resolves. */
  origin: string;
  /** Folders of `@types/*`. */
  typeRoots: string[];
  /** Names of package.json, development included. */
  names: string[];
}

/** The folder of our own package.json, wherever npx hoisted what it depends on. */
const OURS = dirname(createRequire(import.meta.url).resolve("../../package.json"));

export const findModules = async (folder: string): Promise<ProjectModules> => {
  const wanted = await readDependencies(folder);
  const isOwn = await isInstalled(folder, wanted);
  const origin = isOwn ? folder : OURS;
  return {
    isOwn,
    origin,
    typeRoots: foldersFrom(origin).map((one) => join(one, "@types")),
    names: Object.keys(wanted),
  };
};

/**
 * Lets compiled files in a folder find the project's dependencies where they are ours: one link per dependency, so that
 * no node_modules further up, with whatever versions, comes first.
 */
export const linkModules = async ({ isOwn, names, origin }: ProjectModules, folder: string): Promise<void> => {
  if (isOwn) return;
  for (const name of names) {
    const target = locate(origin, name);
    const link = join(folder, "node_modules", name);
    if (target === null || existsSync(link)) continue;
    await mkdir(dirname(link), { recursive: true });
    await symlink(target, link, "junction"); // a plain directory link everywhere but on Windows
  }
};

/** The folder of a package as a module in `origin` would find it. */
export const locate = (origin: string, name: string): string | null =>
  foldersFrom(origin)
    .map((one) => join(one, name))
    .find((one) => existsSync(join(one, "package.json"))) ?? null;

const readDependencies = async (folder: string): Promise<Record<string, string>> => {
  const path = join(folder, "package.json");
  try {
    const { dependencies, devDependencies } = JSON.parse(await readFile(path, "utf8")) as Manifest;
    return { ...devDependencies, ...dependencies };
  } catch (cause) {
    throw new Failure(
      "PROJECT.NO_MANIFEST",
      `${path} cannot be read.`,
      "Finish the run by `autobe resume DIR`, or generate the project again.",
      { cause },
    );
  }
};

interface Manifest {
  version?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** All are there, and those with an exact version in that version: a half or foreign installation is none. */
const isInstalled = async (folder: string, wanted: Record<string, string>): Promise<boolean> => {
  for (const [name, range] of Object.entries(wanted)) {
    const found = locate(folder, name);
    if (found === null) return false;
    const { version } = JSON.parse(await readFile(join(found, "package.json"), "utf8")) as Manifest;
    if (/^\d+\.\d+\.\d+\S*$/.test(range) && version !== range) return false;
  }
  return true;
};

const foldersFrom = (origin: string): string[] => {
  const { root } = parse(origin);
  const folders: string[] = [];
  for (let at = origin; ; at = dirname(at)) {
    folders.push(join(at, "node_modules"));
    if (at === root) return folders;
  }
};
