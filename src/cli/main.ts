#!/usr/bin/env node
/** The executable: runs the command and leaves with its exit code. */
import { createTalk } from "../io/talk.js";
import { tell } from "./exit.js";
import { runProgram } from "./program.js";

const talk = createTalk();
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error; // whoever read us has left
});
process.exitCode = await runProgram(process.argv.slice(2), talk).catch((mishap: unknown) =>
  tell(mishap, talk, new AbortController().signal, null),
);
