/** A recorded example replayed once: which request gets which reply, and what comes of it in the end. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { canonical, digest } from "../../src/base/canonical.js";
import type { AttemptEntry, JournalEntry } from "../../src/base/journal.js";
import type { Loose } from "../fake-endpoint.js";
import { autobe, journalIn, printed } from "./command.js";

export interface Recording {
  /** The request as the command line takes it. */
  request: string;
  until: string;
  files: Record<string, string>;
  /** What was accepted, by task. */
  accepted: Record<string, string>;
  /** The task that a body asks, and the reply that was recorded for it. */
  recognise(body: Loose): AttemptEntry;
}

const EXAMPLE = fileURLToPath(new URL("../../examples/todo/", import.meta.url));

export const record = async (folder: string, until: string): Promise<Recording> => {
  const request = `@${join(EXAMPLE, "request.md")}`;
  const out = join(folder, "replayed");
  const from = ["--replay", join(EXAMPLE, "journal.jsonl")];
  const { code, err } = await autobe(["generate", request, ...from, "--out", out, "--until", until], folder).ended;
  if (code !== 0) throw new Error(`the replay ended with ${code}\n${err}`);
  const entries = await journalIn(out);
  return {
    request,
    until,
    files: await printed(out),
    accepted: acceptedIn(entries),
    recognise: recogniserOf(entries),
  };
};

/** Without time, and without how many replies it took: nonsense in between costs some. */
export const acceptedIn = (entries: readonly JournalEntry[]): Record<string, string> =>
  Object.fromEntries(
    entries
      .filter((entry) => entry.kind === "accepted")
      .map(({ task, inputs, answer, dropped }) => [task, canonical({ inputs, answer, dropped })]),
  );

/**
 * A first turn is known by the digest that the replay wrote down. What was recorded for a later turn is not told apart
 * from turns that nonsense caused, so tasks are recorded that were answered at once.
 */
const recogniserOf = (entries: readonly JournalEntry[]): Recording["recognise"] => {
  const attempts = entries.filter((entry) => entry.kind === "attempt");
  const first = new Map(attempts.map((entry) => [entry.request, entry]));
  const late = attempts.find((entry) => entry.attempt > 1);
  if (late !== undefined) throw new Error(`${late.task} was not answered at once in the recording`);
  // an endpoint that was sent a weaker schema for a while is still the same one
  const known = new Map<string, AttemptEntry>();
  return ({ messages, tools }) => {
    const [system, user] = messages as { role: string; content: string }[];
    for (const asked of beginnings(user!.content)) {
      const told = canonical([system!.content, asked]);
      const shown = [system, { role: "user", content: asked }];
      const found = known.get(told) ?? first.get(digest({ messages: shown, function: tools?.[0]?.function }));
      if (found === undefined) continue;
      known.set(told, found);
      return found;
    }
    throw new Error(`nobody recorded what to say to: ${user!.content.slice(0, 300)}`);
  };
};

/** A turn that has no answer to show puts its complaint below the question. */
const RULE = "\n\n---\n\n";

const beginnings = (content: string): string[] => {
  const parts = content.split(RULE);
  return parts.map((_, i) => parts.slice(0, parts.length - i).join(RULE));
};
