/** Keeps two runs out of one folder. A lock whose process is gone is taken over. */
import { readFile, rename, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { Failure } from "../base/mishap.js";

/** Returns the release. */
export const lock = async (path: string): Promise<() => Promise<void>> => {
  const mine = JSON.stringify({ pid: process.pid, host: hostname() });
  for (let attempt = 0; attempt < 3; ++attempt) {
    try {
      await writeFile(path, mine, { flag: "wx" });
      return () => release(path, mine);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const held = await readFile(path, "utf8").catch(() => null);
    if (held === null) continue;
    if (isHeld(held)) throw locked(path, held);
    await takeAway(path, held);
  }
  throw locked(path, "");
};

const isHeld = (text: string): boolean => {
  const { pid, host } = read(text);
  if (pid === undefined || pid === process.pid) return false;
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** Only one of two takers moves the stale lock away; who moved a fresh one by mistake puts it back. */
const takeAway = async (path: string, stale: string): Promise<void> => {
  const aside = `${path}.stale-${process.pid}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await readFile(aside, "utf8");
  if (moved === stale) await unlink(aside);
  else await rename(aside, path);
};

const release = async (path: string, mine: string): Promise<void> => {
  if ((await readFile(path, "utf8").catch(() => null)) === mine) await unlink(path).catch(() => {});
};

const read = (text: string): { pid?: number; host?: string } => {
  try {
    return JSON.parse(text) as { pid?: number; host?: string };
  } catch {
    return {};
  }
};

const locked = (path: string, held: string): Failure => {
  const { pid, host } = read(held);
  return new Failure(
    "WORKSPACE.LOCKED",
    `Another run works in this folder (process ${pid ?? "unknown"} on ${host ?? "an unknown machine"}).`,
    `Wait for it to end. If none runs, delete ${path}.`,
  );
};
