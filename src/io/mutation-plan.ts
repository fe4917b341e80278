/** What the process that tries mutants is told, and what it answers line by line. */

export interface Plan {
  /** Folder of the compiled project. */
  build: string;
  /** File that answers are added to. */
  answers: string;
  mutants: PlannedMutant[];
  /** Which functions each test runs, by its name; null where that is to be found out. */
  reached: Reached[] | null;
  /** Tests that are to be run before all others. */
  first: string[];
  /** Milliseconds a test may take. */
  patience: number;
}

export interface Reached {
  test: string;
  /** `NoteProvider.at`, and the modules that they lie in, `src/providers/NoteProvider.js`. */
  members: string[];
  milliseconds: number;
}

export interface PlannedMutant {
  id: number;
  /** Empty: all members of its modules. */
  members: string[];
  swaps: Swap[];
}

export interface Swap {
  /** Path of the compiled module inside the build, `src/providers/NoteProvider.js`. */
  module: string;
  code: string;
}

export type Answer =
  | { kind: "reached"; reached: Reached[]; failed: string[] }
  | { kind: "begun"; id: number }
  | { kind: "tried"; id: number; by: { test: string; error: string } | null; ran: number; isHanging: boolean }
  /** A test that passed before fails without the fault as well: what is left behind spoils all that comes after. */
  | { kind: "spoilt"; id: number; test: string };
