/** TypeScript over a generated project in process: type errors, and JavaScript in which typia and nestia did their work. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import type { FileTree } from "../base/file-tree.js";
import { Bug, Failure } from "../base/mishap.js";
import type { ProjectChecker, TypeScriptComplaint } from "../base/project-compiler.js";
import { findModules, type ProjectModules } from "./node-modules.js";
import { createProjectCache, createProjectHost, type ProjectCache, posix } from "./project-host.js";
import { makeTransforms, type Plugin, type TransformDiagnostic, unknownTransforms } from "./transforms.js";

export interface ProjectCompiler extends ProjectChecker {
  modules: ProjectModules;
  /** All type errors of the project as it lies there. */
  checkProject(overlay?: FileTree): TypeScriptComplaint[];
  /**
   * Compiles a part of the project into a folder; type errors do not keep it from writing.
   * `source` is the application with what nestia's SDK is made of; `rest` is everything else: SDK and tests, of which
   * several processes may each take a share.
   */
  buildProject(part: ProjectPart, to: string, overlay?: FileTree, share?: Share): Promise<TypeScriptComplaint[]>;
  /** JavaScript of files that lie in memory, by the paths of their sources; those with type errors are left out. */
  compileFiles(overlay: FileTree): FileTree;
}

export type ProjectPart = "source" | "rest";
/** The `index`th of so many shares of the files, from 0. */
export interface Share {
  index: number;
  of: number;
}

/** `folder` is absolute and holds package.json; texts may be on disk or in overlays. */
export const createProjectCompiler = async (folder: string): Promise<ProjectCompiler> => {
  const project: Project = { folder, modules: await findModules(folder), cache: createProjectCache() };
  return {
    modules: project.modules,
    checkFiles: (overlay, files) => {
      const { program } = openProgram(project, overlay, () => files);
      return complaintsIn(project, program, files);
    },
    checkProject: (overlay = {}) => {
      const opened = openProgram(project, overlay, (all) => all);
      return [...globalComplaints(project, opened), ...complaintsIn(project, opened.program, opened.files)];
    },
    buildProject: (part, to, overlay = {}, share = WHOLE) => build(project, part, to, overlay, share),
    compileFiles: (overlay) => compileFiles(project, overlay),
  };
};

const WHOLE: Share = { index: 0, of: 1 };

interface Project {
  folder: string;
  modules: ProjectModules;
  cache: ProjectCache;
}

/** What nestia writes into src/api from the compiled controllers; the application itself uses none of it. */
export const isOfSdk = (path: string): boolean => /^src\/api\/(?:functional\/.*|[^/]+)$/.test(path);

const build = async (
  project: Project,
  part: ProjectPart,
  to: string,
  overlay: FileTree,
  { index, of }: Share,
): Promise<TypeScriptComplaint[]> => {
  const isSource = (path: string) => path.startsWith("src/") && !isOfSdk(path);
  const opened = openProgram(project, overlay, (all) => (part === "source" ? all.filter(isSource) : all));
  const { program, plugins, files } = opened;
  const wanted = files
    .filter((path) => part === "source" || !isSource(path))
    .filter((_, place) => place % of === index);
  const complaints = [
    ...(index === 0 ? globalComplaints(project, opened) : []),
    ...complaintsIn(project, program, wanted),
  ];
  const complain = (diagnostic: TransformDiagnostic) => complaints.push(toComplaint(project, diagnostic));
  const before = makeTransforms(program, plugins, part === "source", complain);
  const written: FileTree = {};
  const write: ts.WriteFileCallback = (path, text) => {
    written[relative(project.folder, path)] = text;
  };
  for (const path of wanted) {
    const file = program.getSourceFile(posix(join(project.folder, path)));
    program.emit(file, write, undefined, false, { before });
  }
  for (const [path, text] of Object.entries(written)) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), text);
  }
  return complaints;
};

const compileFiles = (project: Project, overlay: FileTree): FileTree => {
  const files = Object.keys(overlay);
  const { program, plugins } = openProgram(project, overlay, () => files);
  const compiled: FileTree = {};
  for (const path of files) {
    const complaints: unknown[] = complaintsIn(project, program, [path]);
    const before = makeTransforms(program, plugins, false, (one) => complaints.push(one));
    const write: ts.WriteFileCallback = (_path, text) => {
      compiled[path] = text;
    };
    program.emit(program.getSourceFile(posix(join(project.folder, path))), write, undefined, false, { before });
    if (complaints.length > 0) delete compiled[path];
  }
  return compiled;
};

interface Opened {
  program: ts.Program;
  plugins: Plugin[];
  /** Files of the project that were chosen. */
  files: readonly string[];
}

const openProgram = (
  project: Project,
  overlay: FileTree,
  choose: (files: readonly string[]) => readonly string[],
): Opened => {
  const { folder, modules, cache } = project;
  const { options, plugins, fileNames } = readSettings(project, overlay);
  const files = choose(fileNames);
  const program = ts.createProgram({
    rootNames: files.map((path) => posix(join(folder, path))),
    options,
    host: createProjectHost(folder, overlay, options, modules, cache),
  });
  return { program, files, plugins };
};

/** Options and files as the project's own tsconfig.json tells them. */
const readSettings = ({ folder, modules }: Project, overlay: FileTree) => {
  const path = join(folder, "tsconfig.json");
  const text = overlay["tsconfig.json"] ?? ts.sys.readFile(path);
  if (text === undefined)
    throw new Failure("PROJECT.NO_TSCONFIG", `${path} cannot be read.`, "Generate the project again.");
  const parsed = ts.parseJsonConfigFileContent(ts.parseConfigFileTextToJson(path, text).config, ts.sys, folder);
  const onDisk = parsed.fileNames.map((one) => posix(relative(folder, one)));
  const laid = Object.keys(overlay).filter((one) => one.endsWith(".ts") && /^(?:src|test)\//.test(one));
  const { plugins, ...options } = parsed.options; // a TypeScript patched by ts-patch would run them once more
  return {
    plugins: (plugins ?? []) as unknown as Plugin[],
    fileNames: [...new Set([...onDisk, ...laid])].sort(),
    options: {
      ...options,
      outDir: folder,
      rootDir: folder,
      noEmitOnError: false,
      sourceMap: false,
      declaration: false,
      ...(!modules.isOwn && { typeRoots: modules.typeRoots }),
    } satisfies ts.CompilerOptions,
  };
};

const globalComplaints = (project: Project, { program, plugins }: Opened): TypeScriptComplaint[] => [
  ...[...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()].map((one) => toComplaint(project, one)),
  ...unknownTransforms(plugins).map((name) => ({
    file: "tsconfig.json",
    start: 0,
    end: 0,
    line: 1,
    code: "transform",
    message: `The gate does not know the transform ${name}.`,
  })),
];

const complaintsIn = (project: Project, program: ts.Program, files: readonly string[]): TypeScriptComplaint[] =>
  files.flatMap((path) => {
    const file = program.getSourceFile(posix(join(project.folder, path)));
    if (file === undefined) throw new Bug(`${path} was to be checked and is not there.`);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((one) =>
      toComplaint(project, one),
    );
  });

const toComplaint = ({ folder }: Project, diagnostic: TransformDiagnostic): TypeScriptComplaint => {
  const { file, start = 0, length = 0, code, messageText } = diagnostic;
  const path = file === undefined ? "" : posix(relative(folder, file.fileName));
  return {
    file: path.startsWith("..") ? file!.fileName : path,
    start,
    end: start + length,
    line: file === undefined ? 1 : file.getLineAndCharacterOfPosition(start).line + 1,
    code: typeof code === "number" ? `TS${code}` : code.replace(/^\((.*)\)$/, "$1"),
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
  };
};
