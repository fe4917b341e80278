/** nestia's client and document of the compiled controllers, made in a process of its own. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileTree } from "../base/file-tree.js";
import { excerptOf, runChild } from "./child.js";

export interface Sdk {
  /** By path inside the project: `src/api/index.ts`, `src/api/functional/…`. */
  files: FileTree;
  swagger: { paths?: Record<string, object> };
}

/** `build` is the folder where the project was compiled to. Answers why where there is no SDK. */
export const makeSdk = async (
  folder: string,
  build: string,
  signal?: AbortSignal,
): Promise<{ sdk: Sdk } | { why: string }> => {
  const answer = join(build, "sdk.json");
  const ended = await runChild({
    arguments: [fileURLToPath(new URL("./sdk-process.js", import.meta.url)), folder, build, answer],
    folder,
    // Not development, in which the project would read the user's .env.
    environment: { NODE_ENV: "test", PROJECT_ROOT: folder },
    timeLimit: 120_000,
    signal,
  });
  const text = ended.status === 0 ? await readFile(answer, "utf8").catch(() => null) : null;
  await rm(answer, { force: true });
  if (text !== null) return { sdk: JSON.parse(text) as Sdk };
  return { why: ended.timedOut ? "nestia did not come to an end." : excerptOf(ended.output) };
};
