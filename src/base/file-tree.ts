/** Files to be written: relative POSIX path → text. */
export type FileTree = Record<string, string>;
/** The same with pictures, which are bytes. */
export type Files = Record<string, string | Uint8Array>;
