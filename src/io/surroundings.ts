/** What a command finds around it: environment, working folder, clock, the texts it is pointed to. */
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { Failure } from "../base/mishap.js";

export const environment = (): Record<string, string | undefined> => process.env;

/** A path as one would type it here. */
export const here = (path: string): string => {
  const shown = relative(process.cwd(), path);
  return shown === "" ? "." : shown.startsWith("..") ? path : shown;
};

/** Starts a clock; each call of what it answers tells the seconds since, to a tenth. */
export const stopwatch = (): (() => number) => {
  const started = performance.now();
  return () => Math.round((performance.now() - started) / 100) / 10;
};

/** The text behind `@file`. */
export const readText = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((cause: Error) => {
    throw new Failure(
      "CLI.NO_REQUEST",
      `${file} could not be read: ${cause.message}`,
      "Name a text file after the @.",
      {
        cause,
      },
    );
  });
