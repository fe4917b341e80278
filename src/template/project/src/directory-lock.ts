/** Keeps two processes out of one PGlite directory, which would corrupt it. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Answers the function that gives the directory free again. */
export const lockDirectory = (directory: string): (() => void) => {
  const file = directory + ".lock";
  const owner = readOwner(file);
  if (owner !== null && owner !== process.pid && isAlive(owner))
    throw new Error(`${directory} is in use by process ${owner}. Stop it first, or use PostgreSQL (DATABASE_URL).`);
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
};

const readOwner = (file: string): number | null => {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};
