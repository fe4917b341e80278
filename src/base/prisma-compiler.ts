/** Prisma's own compiler, handed in by io: the judge of printed schemas and the maker of their DDL. */
import type { FileTree } from "./file-tree.js";

export interface PrismaCompiler {
  /** Errors in a schema of several files; `start` and `end` are character positions in `file`. */
  lint(files: FileTree): PrismaComplaint[];
  /** SQL that makes every table of the schema in an empty database, in whatever schema the search path names. */
  ddl(files: FileTree): Promise<string>;
  /** SQL that turns the tables of one schema into those of the other; empty where nothing changes. */
  diff(from: FileTree, to: FileTree): Promise<string>;
}
export interface PrismaComplaint {
  file: string;
  start: number;
  end: number;
  text: string;
}
