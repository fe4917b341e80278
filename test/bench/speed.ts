/** How long one answer of a megabyte takes to read, coerce, validate and word as feedback: medians in milliseconds. */
import { performance } from "node:perf_hooks";
import { feedback } from "../../src/harness/feedback.js";
import { judge } from "../../src/harness/judge.js";
import { mend } from "../../src/harness/mend.js";
import { parseReply } from "../../src/harness/parse.js";
import { NO_REFUSALS } from "../../src/harness/refusals.js";
import { readPrompts } from "../../src/io/package-folder.js";
import { bareTask, called } from "./case.js";
import { fullOriginals, functionNamed, type Value } from "./originals.js";

export interface Speed {
  bytes: number;
  parseMs: number;
  coerceMs: number;
  validateMs: number;
  feedbackMs: number;
  jsonParseMs: number;
  /** The same in time that processors worked for it, which other programs disturb less. */
  cpuMs: Record<Step, number>;
}

type Step = "parse" | "coerce" | "validate" | "feedback" | "jsonParse";

const ROUNDS = 15;
const BYTES = 1_000_000;

export const benchSpeed = async (): Promise<Speed> => {
  const fn = functionNamed("writeFunction");
  const value = largeFunction();
  const text = JSON.stringify(value);
  const reply = called(text, fn.name);
  const drifted = { ...value, statements: JSON.stringify(value["statements"]) };
  const prompts = await readPrompts();
  const task = bareTask(fn);
  const wrong: Value = { ...value, statements: (value["statements"] as Value[]).map((one) => ({ ...one, type: 1 })) };
  const verdict = await judge(task, wrong);
  const measured = {
    jsonParse: measure(() => JSON.parse(text)),
    parse: measure(() => parseReply(reply, fn)),
    coerce: measure(() => mend(drifted, fn.parameters, [])),
    validate: measure(() => fn.validate(value)),
    feedback: measure(() =>
      feedback(task, { value: wrong, verdict, refusals: NO_REFUSALS, cut: false, left: 4 }, prompts),
    ),
  };
  const { parse, coerce, validate, jsonParse, feedback: word } = measured;
  return {
    bytes: Buffer.byteLength(text),
    parseMs: parse.clock,
    coerceMs: coerce.clock,
    validateMs: validate.clock,
    feedbackMs: word.clock,
    jsonParseMs: jsonParse.clock,
    cpuMs: {
      parse: parse.cpu,
      coerce: coerce.cpu,
      validate: validate.cpu,
      feedback: word.cpu,
      jsonParse: jsonParse.cpu,
    },
  };
};

/** The statements of all tests of the library, over and over. */
const largeFunction = (): Value => {
  const all = fullOriginals().filter(({ fn }) => fn.name === "writeFunction");
  const statements: unknown[] = [];
  for (let size = 0, i = 0; size < BYTES; ++i) {
    const more = all[i % all.length]!.value["statements"] as unknown[];
    statements.push(...more);
    size += JSON.stringify(more).length;
  }
  return { ...all[0]!.value, statements };
};

const measure = (work: () => unknown): { clock: number; cpu: number } => {
  work(); // warms up
  const rounds = Array.from({ length: ROUNDS }, () => {
    const [from, before] = [performance.now(), process.cpuUsage()];
    work();
    const { user, system } = process.cpuUsage(before);
    return { clock: performance.now() - from, cpu: (user + system) / 1000 };
  });
  return { clock: median(rounds.map((one) => one.clock)), cpu: median(rounds.map((one) => one.cpu)) };
};

const median = (times: readonly number[]): number =>
  Math.round([...times].sort((x, y) => x - y)[Math.floor(times.length / 2)]! * 100) / 100;
