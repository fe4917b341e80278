/** The commands and their options. What a command does is loaded only when it runs. */
import { Command, CommanderError, Option } from "commander";
import type { Talk } from "../base/talk.js";
import { PROVIDERS } from "../io/endpoint/providers.js";
import { readVersion } from "../io/package-folder.js";
import { PHASES } from "../pipeline/contract.js";
import { EXIT } from "./exit.js";

/** Answers the exit code. */
export const runProgram = async (args: readonly string[], talk: Talk): Promise<number> => {
  let code: number = EXIT.done;
  const program = new Command("autobe")
    .description("Turns one sentence into a backend that has been run.")
    .version(await readVersion())
    .exitOverride()
    .showHelpAfterError("(autobe --help says more)");
  const run = async (command: Promise<number>): Promise<void> => {
    code = await command;
  };

  endpointOptions(
    runOptions(program.command("generate").argument("[request]", "a sentence, or @file; none is needed with --prisma")),
  )
    .description("generate a backend")
    .option("--prisma <file>", "adopt a Prisma schema as the database instead of asking for one; the file is only read")
    .option("--no-model", "with --prisma: ask nobody; one administrator may do everything with every table")
    .option("--name <name>", "with --prisma: what the service is called; a name made of the file's by default")
    .option("--out <dir>", "folder to write; a name made of the request by default")
    .option("--replay <journal>", "take the answers from a journal instead of a model")
    .option("--refresh", "with --replay: ask what the journal does not answer")
    .action(async (request: string | undefined, flags) =>
      run((await import("./generate.js")).generateCommand(request, flags, talk)),
    );
  endpointOptions(runOptions(program.command("resume").argument("<dir>", "folder of a run")))
    .description("go on where a run stopped; nothing already answered is asked again")
    .option("--replay <journal>", "take missing answers from a journal instead of a model")
    .option("--refresh", "with --replay: ask what the journal does not answer")
    .action(async (dir: string, flags) => run((await import("./generate.js")).resumeCommand(dir, flags, talk)));
  const change = program
    .command("change")
    .argument("<dir>", "folder of a run")
    .argument("<change>", "a sentence, or @file");
  endpointOptions(runOptions(change))
    .description("change a backend; only what the change touches is asked again")
    .option("--replay <journal>", "take the answers from a journal instead of a model")
    .option("--refresh", "with --replay: ask what the journal does not answer")
    .action(async (dir: string, request: string, flags) =>
      run((await import("./generate.js")).changeCommand(dir, request, flags, talk)),
    );
  program
    .command("verify")
    .description("judge a generated backend again")
    .argument("<dir>", "folder of a run")
    .option("--mutate", "break the backend in typical ways, and see whether its tests notice")
    .option("--json", "print one object on stdout")
    .action(async (dir: string, flags) => run((await import("./verify.js")).verifyCommand(dir, flags, talk)));
  endpointOptions(program.command("doctor"))
    .description("see whether an endpoint is fit for a run, and what to do where it is not")
    .action(async (flags) => run((await import("./doctor.js")).doctorCommand(flags, talk)));
  program
    .command("schema")
    .description("list the functions a model is asked to call, or print the JSON Schema of one")
    .argument("[function]", "name of a function")
    .action(async (name: string | undefined) => run((await import("./schema.js")).schemaCommand(name, talk)));

  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.failure;
    throw error;
  }
};

const endpointOptions = (command: Command): Command =>
  command
    .option("--model <name>", "model to ask (AUTOBE_MODEL)")
    .option("--base-url <url>", "OpenAI-compatible endpoint, up to /v1 (OPENAI_BASE_URL)")
    .option("--provider <name>", `preset: ${Object.keys(PROVIDERS).join(", ")}`)
    .option("--first-byte-timeout <seconds>", "patience until an answer begins (3600)")
    .option("--idle-timeout <seconds>", "patience between two pieces of an answer (120)")
    .option("--json", "print one object on stdout");

const runOptions = (command: Command): Command =>
  command
    .option("--concurrency <n>", "questions asked at once (4)")
    .option("--attempts <n>", "replies a task may take (5)")
    .option("--token-budget <n>", "ask nothing more once the run has cost so many tokens")
    .option("--time-budget <seconds>", "stop the command after so long; resume goes on")
    .addOption(new Option("--until <phase>", "stop after a phase").choices([...PHASES]));
