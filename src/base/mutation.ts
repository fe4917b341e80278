/** Mutants of a generated project: what is broken in it, and what its tests made of that. */
import type { FileTree } from "./file-tree.js";

export interface Mutant {
  /** What kind of fault it is, `drop guard`. */
  operator: string;
  /** Where it lies, from line one. */
  file: string;
  line: number;
  /** The fault in words. */
  description: string;
  /** Exported functions that it lies in, `NoteProvider.at`; empty where it may concern all of its files. */
  members: string[];
  /** The files that it changes, as they are with it. */
  files: FileTree;
}

export interface Fate {
  /**
   * - killed: a test failed that passes without it
   * - survived: every test that runs the code passes
   * - unreached: no test runs the code
   * - ended: the process ended, so nobody can say which test would have failed
   * - unfit: it does not compile, so that nobody could have written it
   */
  end: "killed" | "survived" | "unreached" | "ended" | "unfit";
  /** The test that failed, and how. */
  by: { test: string; error: string } | null;
  /** How many tests ran it. */
  ran: number;
}
