/** The flags of a run, read strictly: what is wrong with one is said with its name. */
import { z } from "zod";
import { Failure } from "../base/mishap.js";
import { PHASES } from "../pipeline/contract.js";

const whole = (least: number) => z.coerce.number().int().min(least);

const RunOptions = z.object({
  out: z.string().min(1).optional(),
  model: z.union([z.literal(false), z.string().min(1)]).optional(),
  prisma: z.string().min(1).optional(),
  name: z.string().min(1).max(60).optional(),
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

export type RunOptions = Omit<z.infer<typeof RunOptions>, "model"> & {
  model: string | undefined;
  /** `--no-model`: nobody is asked anything. */
  isSilent: boolean;
};

/** Throws a Failure that names the flag. */
export const readOptions = (given: Record<string, unknown>): RunOptions => {
  const read = RunOptions.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    const flag = `--${String(issue?.path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new Failure("CLI.WRONG_OPTION", `${flag}: ${issue?.message}.`, "`autobe generate --help` lists the options.");
  }
  const { model, ...options } = read.data;
  const wrong = wrongTogether(read.data);
  if (wrong !== null) throw new Failure("CLI.WRONG_OPTION", ...wrong);
  return { ...options, model: model === false ? undefined : model, isSilent: model === false };
};

/** Flags that say nothing without one another, or contradict each other: what is wrong, and what to do. */
const wrongTogether = (given: z.infer<typeof RunOptions>): [message: string, next: string] | null => {
  const { model, name, prisma, refresh, replay } = given;
  if (refresh && replay === undefined) return ["--refresh is of use only with --replay.", "Add --replay JOURNAL."];
  if (prisma === undefined && model === false)
    return ["--no-model is of use only with --prisma: a sentence has to be read by somebody.", "Add --prisma FILE."];
  if (prisma === undefined && name !== undefined) return ["--name is of use only with --prisma.", "Add --prisma FILE."];
  if (model === false && replay !== undefined)
    return ["--no-model asks nobody, so there is nothing to replay.", "Leave one of the two away."];
  return null;
};
