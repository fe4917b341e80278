/** What the pipeline is handed and what it answers: types only. */
import type { Asker } from "../base/asker.js";
import type { Evidence } from "../base/evidence.js";
import type { Files, FileTree } from "../base/file-tree.js";
import type { Picture } from "../base/picture.js";
import type { PrismaCompiler } from "../base/prisma-compiler.js";
import type { ProjectChecker } from "../base/project-compiler.js";
import type { Talk } from "../base/talk.js";
import type { Verification } from "../gate/judge.js";
import type { Adopted } from "./adopt/adopt.js";

export type { Verification } from "../gate/judge.js";
export type { Adopted } from "./adopt/adopt.js";

export const PHASES = ["analyze", "database", "interface", "test", "realize"] as const;

export type Phase = (typeof PHASES)[number];

/** What the gate needs of the world. */
export interface Inspection {
  /** Absolute path of the project. */
  out: string;
  talk: Talk;
  /** Aborted when the user interrupts. */
  signal: AbortSignal;
  /** Builds the project in `out`, boots it and runs its tests. */
  inspect(): Promise<Evidence>;
  /** Reads a file of the run's own records, null where there is none. */
  recall(path: string): Promise<string | null>;
}

/** One run of the pipeline, which is also who asks the model. */
export interface Run extends Asker, Inspection {
  /** What the user asked for. */
  request: string;
  /** A Prisma schema that takes the place of analysis and database; null where both are asked for. */
  adopted: Adopted | null;
  /** What was asked for after that, in order; empty in a first run. */
  changes: readonly string[];
  /** Last phase to run; null for all and the gate. */
  until: Phase | null;
  /** Fixed files of the generated project. */
  template: FileTree;
  prisma: PrismaCompiler;
  /** Generates the database client of the project in `out` and opens TypeScript over it. */
  openChecker(): Promise<ProjectChecker>;
  /** Lays source texts out as a person would. */
  format(files: FileTree): Promise<FileTree>;
  /** Writes generated files; what was edited by hand is kept, and said. */
  write(files: Files): Promise<void>;
  /** Paths edited by hand, whose new text lies beside them and is not part of what the gate runs. */
  edited(): string[];
  /** Draws a graph told in Graphviz' language. */
  draw(dot: string): Promise<Picture>;
  /** Removes files of earlier runs that are no longer generated. */
  prune(paths: Iterable<string>): Promise<void>;
  /** Writes the run's own records. */
  keep(files: FileTree): Promise<void>;
}

export interface PhaseCounts {
  analyze: { actors: number; documents: number; requirements: number };
  database: { namespaces: number; models: number };
  interface: { operations: number; schemas: number };
  test: { functions: number };
  realize: { functions: number };
}

export interface Report {
  project: string;
  /** Phases that ran. */
  phases: Partial<PhaseCounts>;
  /** Null where the gate did not run (`--until`). */
  verify: Verification | null;
  /** False: the backend did not pass its gate, and the run ends with exit 4. */
  passed: boolean;
}
