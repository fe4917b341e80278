/** What the pipeline is handed and what it answers: types only. */
import type { Asker } from "../base/asker.js";
import type { FileTree } from "../base/file-tree.js";
import type { Talk } from "../base/talk.js";

export const PHASES = ["analyze", "database", "interface", "test", "realize"] as const;

export type Phase = (typeof PHASES)[number];

/** One run of the pipeline, which is also who asks the model. */
export interface Run extends Asker {
  /** What the user asked for. */
  request: string;
  /** Absolute path of the folder that is written. */
  out: string;
  /** Last phase to run; null for all and the gate. */
  until: Phase | null;
  /** Fixed files of the generated project. */
  template: FileTree;
  /** Writes generated files; what was edited by hand is kept, and said. */
  write(files: FileTree): Promise<void>;
  /** Removes files of earlier runs that are no longer generated. */
  prune(paths: Iterable<string>): Promise<void>;
  talk: Talk;
  /** Aborted when the user interrupts. */
  signal: AbortSignal;
}

/** What a gate found. */
export interface Verification {
  typeErrors: number;
  prismaErrors: number;
  booted: boolean;
  database: "pglite" | "postgresql" | null;
  tests: { total: number; passed: number; failed: number };
  operations: { total: number; answered2xx: number };
  requirements: { must: number; exercised: number };
  rules: { total: number; exercised: number };
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

/** What `autobe verify DIR` is handed. */
export type Check = Pick<Run, "out" | "talk" | "signal">;
