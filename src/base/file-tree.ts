/** Files to be written: relative POSIX path → text. */
export type FileTree = Record<string, string>;
