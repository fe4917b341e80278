/** A compiler host over a project on disk with texts laid over it, which parses no file twice. */
import { isAbsolute, join } from "node:path";
import ts from "typescript";
import type { FileTree } from "../base/file-tree.js";
import type { ProjectModules } from "./node-modules.js";

/** What outlives a program: parsed files of the project, and where its bare module names lead. */
export interface ProjectCache {
  parsed: Map<string, { text: string; file: ts.SourceFile }>;
  resolved: Map<string, ts.ResolvedModuleWithFailedLookupLocations>;
}

export const createProjectCache = (): ProjectCache => ({ parsed: new Map(), resolved: new Map() });

/** Files of TypeScript and of node_modules do not change while we run. */
const LIBRARIES = new Map<string, ts.SourceFile | undefined>();

export const createProjectHost = (
  folder: string,
  overlay: FileTree,
  options: ts.CompilerOptions,
  modules: ProjectModules,
  cache: ProjectCache,
): ts.CompilerHost => {
  const laid = new Map(Object.entries(overlay).map(([path, text]) => [posix(join(folder, path)), text]));
  const folders = foldersOf(laid.keys());
  const base = ts.createCompilerHost(options, true);
  const root = `${posix(folder)}/`;
  const isOurs = (path: string) => path.startsWith(root) && !path.includes("/node_modules/");
  const host: ts.CompilerHost = {
    ...base,
    getCurrentDirectory: () => folder,
    fileExists: (path) => laid.has(path) || base.fileExists(path),
    readFile: (path) => laid.get(path) ?? base.readFile(path),
    directoryExists: (path) => folders.has(path) || base.directoryExists!(path),
    getSourceFile: (path, language) =>
      isOurs(path) ? parse(path, host.readFile(path), language, cache) : parseLibrary(path, base.readFile, language),
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) =>
        !isOurs(from)
          ? remember(RESOLVED, `${from}\n${text}`, () => resolve(text, from, options, host))
          : isBare(text)
            ? remember(cache.resolved, text, () =>
                resolve(text, posix(join(modules.origin, "index.ts")), options, host),
              )
            : resolve(text, from, options, host),
      ),
  };
  return host;
};

export const posix = (path: string): string => path.replaceAll("\\", "/");

/** How names inside of libraries resolve. */
const RESOLVED = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>();

const isBare = (name: string): boolean => !name.startsWith(".") && !isAbsolute(name);

const resolve = (name: string, from: string, options: ts.CompilerOptions, host: ts.CompilerHost) =>
  ts.resolveModuleName(name, from, options, host);

const parse = (
  path: string,
  text: string | undefined,
  language: ts.ScriptTarget | ts.CreateSourceFileOptions,
  { parsed }: ProjectCache,
): ts.SourceFile | undefined => {
  if (text === undefined) return undefined;
  const known = parsed.get(path);
  if (known?.text === text) return known.file;
  const file = ts.createSourceFile(path, text, language, true);
  parsed.set(path, { text, file });
  return file;
};

const parseLibrary = (
  path: string,
  read: (path: string) => string | undefined,
  language: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile | undefined =>
  remember(LIBRARIES, path, () => {
    const text = read(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, language, true);
  });

const remember = <T>(map: Map<string, T>, key: string, make: () => T): T => {
  if (!map.has(key)) map.set(key, make());
  return map.get(key) as T;
};

const foldersOf = (paths: Iterable<string>): Set<string> => {
  const folders = new Set<string>();
  for (const path of paths)
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) folders.add(path.slice(0, at));
  return folders;
};
