/** The list that test files add to and test/main.ts runs. */
import type { Bed } from "./bed";

export interface Scenario {
  /** Unique, as in `note.at.foreign`. */
  name: string;
  /** What is true when it passes, as a sentence. */
  title: string;
  /** Requirements of docs/ that it exercises. */
  requirements: string[];
  /** Business rules that it exercises. */
  rules: string[];
  /** Begins with an empty database, because a value that must be unique has too few alternatives. */
  isolated?: boolean;
}

export interface ListedScenario extends Scenario {
  file: string;
  run: (bed: Bed) => Promise<void>;
}

export const scenarios: ListedScenario[] = [];

export const scenario = (meta: Scenario, run: (bed: Bed) => Promise<void>): void => {
  if (scenarios.some(({ name }) => name === meta.name)) throw new Error(`There are two scenarios "${meta.name}".`);
  scenarios.push({ ...meta, file: currentFile, run });
};

let currentFile = "";

/** Scenarios listed from now on belong to this file. */
export const enterFile = (file: string): void => {
  currentFile = file;
};
