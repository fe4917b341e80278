/** A recorded example replayed once and then run once: which request gets which reply, and what comes of it in the end. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { canonical, digest } from "../../src/base/canonical.js";
import type { AttemptEntry, JournalEntry } from "../../src/base/journal.js";
import type { Loose } from "../fake-endpoint.js";
import { autobe, journalIn, printed } from "./command.js";
import { recordedEndpoint } from "./endpoint.js";

/** What came of the replay, which every run must come to. */
export interface Result {
  /** The request as the command line takes it. */
  request: string;
  until: string;
  files: Record<string, string>;
  /** What was accepted, by task. */
  accepted: Record<string, string>;
}

export interface Recording extends Result {
  /** The task that a body asks, and the reply that was recorded for it. */
  recognise: Recogniser;
  course: Course;
}

export type Recogniser = (body: Loose) => AttemptEntry;

/** A run that nothing happens to, in milliseconds from its start: when each question came, and the end. */
export interface Course {
  questions: number[];
  end: number;
}

const EXAMPLE = fileURLToPath(new URL("../../examples/todo/", import.meta.url));

export const record = async (folder: string, until: string): Promise<Recording> => {
  const request = `@${join(EXAMPLE, "request.md")}`;
  const out = join(folder, "replayed");
  const from = ["--replay", join(EXAMPLE, "journal.jsonl")];
  const { code, err } = await autobe(["generate", request, ...from, "--out", out, "--until", until], folder).ended;
  if (code !== 0) throw new Error(`the replay ended with ${code}\n${err}`);
  const entries = await journalIn(out);
  const result = { request, until, files: await printed(out), accepted: acceptedIn(entries) };
  await rm(out, { recursive: true });
  const first: Known[] = [];
  const course = await runOnce(folder, result, (body) => byDigest(body, entries, first));
  return { ...result, course, recognise: (body) => byWords(body, first) };
};

/** Without time, and without how many replies it took: nonsense in between costs some. */
export const acceptedIn = (entries: readonly JournalEntry[]): Record<string, string> =>
  Object.fromEntries(
    entries
      .filter((entry) => entry.kind === "accepted")
      .map(({ task, inputs, answer, dropped }) => [task, canonical({ inputs, answer, dropped })]),
  );

/** Longest time in milliseconds until an answer begins. */
export const DELAY = 150;

/** Also proves that the endpoint plays what was recorded: nothing is asked that the replay did not write down. */
const runOnce = async (folder: string, { request, until }: Result, recognise: Recogniser): Promise<Course> => {
  const server = await recordedEndpoint({ recognise }, { seed: 0, share: 0, delay: DELAY });
  const out = join(folder, "unharmed");
  const started = performance.now();
  const endpoint = ["--base-url", server.url, "--model", "toy", "--until", until];
  const { code, err } = await autobe(["generate", request, "--out", out, ...endpoint], folder).ended;
  const end = performance.now() - started;
  await server.close();
  if (code !== 0) throw new Error(`the run that nothing happened to ended with ${code}\n${server.unknown}\n${err}`);
  await rm(out, { recursive: true });
  return { questions: server.questions.map(({ at }) => at - started), end };
};

/** The first turn of a task in words, and what was recorded for it. */
interface Known {
  system: string;
  user: string;
  entry: AttemptEntry;
}

/**
 * A first turn is known by the digest that the replay wrote down. What was recorded for a later turn is not told apart
 * from turns that nonsense caused, so tasks are recorded that were answered at once.
 */
const byDigest = ({ messages, tools }: Loose, entries: readonly JournalEntry[], first: Known[]): AttemptEntry => {
  const sent = digest({ messages, function: tools?.[0]?.function });
  const entry = entries.find((one): one is AttemptEntry => one.kind === "attempt" && one.request === sent);
  const [system, user] = messages as { content: string }[];
  if (entry?.attempt !== 1) throw new Error(`nobody recorded at first what to say to: ${user!.content.slice(0, 300)}`);
  first.push({ system: system!.content, user: user!.content, entry });
  return entry;
};

/** A later turn says more behind the question, and an endpoint that takes no schema is told it behind the rules. */
const byWords = ({ messages }: Loose, first: readonly Known[]): AttemptEntry => {
  const [system, user] = messages as { content: string }[];
  const [best] = first
    .filter((one) => system!.content.startsWith(one.system) && user!.content.startsWith(one.user))
    .sort((x, y) => y.user.length - x.user.length);
  if (best === undefined) throw new Error(`nobody recorded what to say to: ${user!.content.slice(0, 300)}`);
  return best.entry;
};
