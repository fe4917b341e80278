/** How soon answers become valid: told item by item through the real loop, and told as a whole for comparison. */
import { canonical } from "../../src/base/canonical.js";
import type { ChatRequest } from "../../src/base/endpoint.js";
import type { Task } from "../../src/base/task.js";
import { ask } from "../../src/harness/ask.js";
import { Budget } from "../../src/harness/budget.js";
import { compose, type Turn } from "../../src/harness/compose.js";
import { judge } from "../../src/harness/judge.js";
import { mend } from "../../src/harness/mend.js";
import { narrow } from "../../src/harness/narrow.js";
import { parseReply } from "../../src/harness/parse.js";
import { annotate } from "../../src/harness/print.js";
import { countReply, countRequest } from "../../src/harness/tokens.js";
import { readPrompts } from "../../src/io/package-folder.js";
import { Chance } from "./chance.js";
import { readListing } from "./listing.js";
import { type Place, placesOf } from "./mistakes.js";
import { Model, type Talent } from "./model.js";
import type { Value } from "./originals.js";
import { type RealTask, realTasks } from "./real-tasks.js";

export interface Converged extends Talent {
  /** Share valid within 1 to 14 replies, nothing dropped. */
  validWithin: number[];
  wholeValidWithin: number[];
  /** Tokens of retries, item by item, as a share of those of whole answers; over the same first answers. */
  itemTokenShare: number;
}

export interface ConvergeOptions {
  seed: number;
  talents: readonly Talent[];
  /** Answers per talent, and how many of them are told as a whole too. */
  runs: number;
  wholeRuns: number;
}

const MOST = 14;
const prompts = await readPrompts();

interface Subject extends RealTask {
  places: Place[];
}

interface Run {
  /** Replies until the answer was valid; null where it never was. */
  valid: number | null;
  /** Tokens of all requests and replies after the first. */
  retryTokens: number;
}

export const benchConvergence = async ({ seed, talents, runs, wholeRuns }: ConvergeOptions): Promise<Converged[]> => {
  const subjects = await subjectsOf(seed);
  const result: Converged[] = [];
  for (const talent of talents) {
    const items: Run[] = [];
    const wholes: Run[] = [];
    for (let i = 0; i < runs; ++i) {
      const subject = subjects[i % subjects.length]!;
      const model = (): Model => modelOf(subject, talent, i, seed);
      items.push(await byItems(subject, model()));
      if (i < wholeRuns) wholes.push(await asWhole(subject, model()));
    }
    const tokens = (list: readonly Run[]): number => list.reduce((sum, one) => sum + one.retryTokens, 0);
    result.push({
      ...talent,
      validWithin: within(items),
      wholeValidWithin: within(wholes),
      itemTokenShare: tokens(items.slice(0, wholeRuns)) / tokens(wholes),
    });
  }
  return result;
};

const modelOf = (subject: Subject, talent: Talent, i: number, seed: number): Model =>
  new Model(subject.task.function, subject.right, subject.places, talent, new Chance(seedOf(talent, seed) + i * 7919));

/** Each talent has luck of its own, whatever others are measured beside it. */
const seedOf = ({ p, q, firstTry }: Talent, seed: number): number =>
  seed + Math.round(p * 1_000 + q * 100) * 1_000_003 + Math.round(firstTry * 10_000) * 10_007;

const SUBJECTS = new Map<number, Promise<Subject[]>>();

const subjectsOf = (seed: number): Promise<Subject[]> => {
  const known = SUBJECTS.get(seed) ?? makeSubjects(seed);
  SUBJECTS.set(seed, known);
  return known;
};

const makeSubjects = async (seed: number): Promise<Subject[]> => {
  const subjects: Subject[] = [];
  for (const [i, real] of (await realTasks()).entries()) {
    const schema = narrow(real.task.function, real.task.enums).parameters;
    subjects.push({ ...real, places: await placesOf(real, schema, new Chance(seed + i)) });
  }
  return subjects;
};

const within = (runs: readonly Run[]): number[] =>
  Array.from(
    { length: MOST },
    (_, i) => runs.filter(({ valid }) => valid !== null && valid <= i + 1).length / Math.max(1, runs.length),
  );

/** The real loop: judged per item, only what failed is asked again. */
const byItems = async ({ task, right }: Subject, model: Model): Promise<Run> => {
  let retryTokens = 0;
  let last: Value = {};
  let standing: Value = {};
  const hear = async (_: unknown, attempt: number, request: ChatRequest) => {
    const seen = standingIn(request);
    standing = seen ?? standing;
    last = attempt === 1 ? model.first() : answerTo(request, { model, right, last, seen, standing }, task);
    const reply = model.say(last);
    if (attempt > 1) retryTokens += countRequest(request.messages, request.function) + countReply(reply);
    return { reply, model: "simulated", from: "endpoint" as const };
  };
  const { answer, dropped, attempts } = await ask(task, {
    journal: { entries: [], append: async () => {} },
    source: { hear },
    budget: new Budget({ attempts: MOST, tokens: null }, 0),
    prompts,
    observe: () => {},
  });
  const isValid = answer !== null && dropped.length === 0 && isComplete(answer as Value, right);
  return { valid: isValid ? attempts : null, retryTokens };
};

/** The answer as it stands, where the conversation shows it. */
const standingIn = ({ messages }: ChatRequest): Value | null => {
  const shown = messages.find((one) => one.role === "assistant");
  if (shown === undefined) return null;
  return (shown.toolCall?.arguments ?? JSON.parse(shown.content)) as Value;
};

/** What is left out of an accepted answer counts as lost. */
const isComplete = (answer: Value, right: Value): boolean =>
  Object.entries(right).every(
    ([key, list]) => !Array.isArray(list) || (answer[key] as unknown[])?.length >= list.length,
  );

interface Knowledge {
  model: Model;
  right: Value;
  /** What it said last. */
  last: Value;
  /** The answer as it stands, where it is shown. */
  seen: Value | null;
  /** The answer as it stood when it was last shown. */
  standing: Value;
}

/** What the model writes after feedback; a reply that could not be read is said once more. */
const answerTo = (request: ChatRequest, knowledge: Knowledge, task: Task): Value => {
  const { model, right, last, seen } = knowledge;
  const listing = readListing(request.messages.at(-1)!.content);
  if (listing.shown.length + listing.scalars.length + listing.general.length === 0) return last;
  const reply: Value = model.scalars();
  for (const key of Object.keys(right)) if (Array.isArray(right[key])) reply[key] = [];
  let isElsewhere = listing.general.some(() => model.understands());
  const again = new Map<string, Value>();
  for (const shown of listing.shown) {
    const next = model.again(shown, seen?.[shown.list]);
    isElsewhere ||= next.isElsewhere;
    if (next.item === null) continue;
    (reply[shown.list] as unknown[]).push(next.item);
    again.set(canonical(shown.item), next.item);
  }
  if (isElsewhere) addCauses(reply, knowledge, task, again);
  return inOrder(reply, right);
};

/** A remark may come from another item than the one it stands at. */
const addCauses = (
  reply: Value,
  { model, standing }: Knowledge,
  task: Task,
  again: ReadonlyMap<string, Value>,
): void => {
  for (const [key, list] of Object.entries(reply)) {
    if (!Array.isArray(list)) continue;
    const isSequence = task.lists[key] === undefined;
    const causes = model.causesIn(key, standing[key], isSequence, again);
    if (causes.length > 0) reply[key] = isSequence ? causes : [...list, ...causes];
  }
};

const inOrder = (reply: Value, right: Value): Value =>
  Object.fromEntries(
    Object.keys(right)
      .filter((key) => reply[key] !== undefined)
      .map((key) => [key, reply[key]]),
  );

/** The usual loop for comparison: the whole answer with the errors in it, the whole answer back. */
const asWhole = async ({ task, right }: Subject, model: Model): Promise<Run> => {
  const fn = narrow(task.function, task.enums);
  let retryTokens = 0;
  let turn: Turn | null = null;
  let value = model.first();
  for (let attempt = 1; attempt <= MOST; ++attempt) {
    const reply = model.say(value);
    if (attempt > 1) retryTokens += countRequest(compose(task, fn, turn).messages, fn) + countReply(reply);
    const reading = parseReply(reply, task.function);
    if (reading === null || reading.cut) continue;
    const seen = mend(reading.value, fn.parameters, Object.keys(task.lists));
    const verdict = await judge(task, seen);
    if (verdict.diagnostics.length === 0) return { valid: isComplete(seen, right) ? attempt : null, retryTokens };
    const inItems = [...verdict.bad.values()].flat();
    const general = verdict.diagnostics.filter((one) => !inItems.includes(one));
    const text = ["```jsonc", annotate(seen, [], inItems), "```", ...general.map((one) => `- ✖ ${one.message}`)].join(
      "\n",
    );
    turn = { answer: seen, badPart: null, via: "call", text, temperature: null };
    value = restated(seen, text, model, right);
  }
  return { valid: null, retryTokens };
};

/** Every item is written down again, those with remarks mended with the same luck. */
const restated = (seen: Value, text: string, model: Model, right: Value): Value => {
  const listing = readListing(text);
  const reply: Value = { ...seen, ...model.scalars() };
  let isElsewhere = listing.general.some(() => model.understands());
  const again = new Map<string, Value>();
  for (const [key, list] of Object.entries(right)) {
    if (!Array.isArray(list)) continue;
    const shown = listing.shown.filter((one) => one.list === key);
    if (!Array.isArray(seen[key])) reply[key] = list.map((one, i) => model.repeat(key, i, one as Value));
    else if (shown.length > 0)
      reply[key] = shown.flatMap((one) => {
        const next = model.again(one, seen[key]);
        isElsewhere ||= next.isElsewhere;
        if (next.item !== null && one.remarks.length > 0) again.set(canonical(one.item), next.item);
        return next.item ?? [];
      });
  }
  if (isElsewhere)
    for (const [key, list] of Object.entries(right)) {
      const causes = Array.isArray(list) ? model.causesIn(key, seen[key], true, again) : [];
      if (causes.length > 0) reply[key] = causes;
    }
  return inOrder(reply, right);
};
