/** TypeScript's own compiler over a generated project, handed in by io. */
import type { FileTree } from "./file-tree.js";

export interface ProjectChecker {
  /**
   * Type errors of these files alone; what they import is read, not judged.
   * @param overlay texts that count before those on disk, by path inside the project
   */
  checkFiles(overlay: FileTree, files: readonly string[]): TypeScriptComplaint[];
}

export interface TypeScriptComplaint {
  /** POSIX path inside the project; absolute outside of it, empty where no file is to blame. */
  file: string;
  /** Character positions in the file. */
  start: number;
  end: number;
  /** From one. */
  line: number;
  /** `TS2322`, or the name of the transform that complains, as in `typia.assert`. */
  code: string;
  message: string;
}
