/** The flags of a run, read strictly: what is wrong with one is said with its name. */
import { z } from "zod";
import { Failure } from "../base/mishap.js";
import { PHASES } from "../pipeline/contract.js";

const whole = (least: number) => z.coerce.number().int().min(least);

const RunOptions = z.object({
  out: z.string().min(1).optional(),
  model: z.string().min(1).optional(),
  baseUrl: z.string().min(1).optional(),
  provider: z.string().min(1).optional(),
  concurrency: whole(1).max(64).default(4),
  replay: z.string().min(1).optional(),
  refresh: z.boolean().default(false),
  until: z.enum(PHASES).optional(),
  tokenBudget: whole(1).optional(),
  timeBudget: whole(1).max(2_000_000).optional(),
  attempts: whole(1).max(20).default(5),
  firstByteTimeout: whole(1).max(86_400).default(3_600),
  idleTimeout: whole(1).max(86_400).default(120),
  json: z.boolean().default(false),
});

export type RunOptions = z.infer<typeof RunOptions>;

/** Throws a Failure that names the flag. */
export const readOptions = (given: Record<string, unknown>): RunOptions => {
  const read = RunOptions.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    const flag = `--${String(issue?.path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new Failure("CLI.WRONG_OPTION", `${flag}: ${issue?.message}.`, "`autobe generate --help` lists the options.");
  }
  if (read.data.refresh && read.data.replay === undefined)
    throw new Failure("CLI.WRONG_OPTION", "--refresh is of use only with --replay.", "Add --replay JOURNAL.");
  return read.data;
};
