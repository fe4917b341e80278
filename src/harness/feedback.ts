/** Words what was wrong: the bad items with the errors beside the values, what did not come, or what could not be read. */

import type { Diagnostic } from "../base/diagnostic.js";
import { itemsOf } from "../base/journal-summary.js";
import { type Segment, segmentsOf } from "../base/json-path.js";
import { Bug } from "../base/mishap.js";
import { render } from "../base/render.js";
import type { Task } from "../base/task.js";
import { looksLikeSchema } from "./echo.js";
import type { Value, Verdict } from "./judge.js";
import { annotate } from "./print.js";
import { type Refusals, refusedAt, STUBBORN, tacticsFor, timesOf } from "./refusals.js";
import { requiredOf, type Schema } from "./schema-walk.js";

/** Prompts by path without extension: `feedback/wrong`. */
export type Prompts = Record<string, string>;

export interface Feedback {
  text: string;
  /** The bad items it shows; others wait for the next turn. */
  shown: Set<string>;
}

/** Longest listing of bad items, in characters: about 2,500 tokens. */
const LONGEST = 9_000;

/** What is wrong with the answer as it stands. */
export interface Wrong {
  value: Value;
  verdict: Verdict;
  refusals: Refusals;
  /** Whether it was cut. */
  cut: boolean;
  /** Replies that may still come. */
  left: number;
}

export const feedback = (task: Task, wrong: Wrong, prompts: Prompts): Feedback => {
  const { value, verdict, cut } = wrong;
  const listing = list(value, verdict, itemsToShow(wrong), wrong.refusals);
  const shown = listing.shown;
  const parts: string[] = [];
  if (cut) parts.push(cutText(task, value, verdict, prompts));
  if (shown.size > 0 || verdict.whole.length > 0)
    parts.push(
      render(promptOf(prompts, "feedback/wrong"), {
        kept: counted(itemsOf(value) - verdict.bad.size),
        items: listing.text,
        function: task.function.name,
      }),
    );
  const times = Math.max(
    ...[...shown].map((item) => timesOf(wrong.refusals, item, verdict.bad.get(item)!)),
    timesOf(wrong.refusals, "", verdict.whole),
  );
  if (tacticsFor(times).reminds) parts.push(render(promptOf(prompts, "feedback/again"), { times: String(times) }));
  return { text: parts.join("\n\n"), shown };
};

/** All bad items; those that fail again and again come last and one by one, where there are replies enough for that. */
const itemsToShow = ({ value, verdict, refusals, left }: Wrong): string[] => {
  const items = inOrderOf(value, [...verdict.bad.keys()]);
  const times = (item: string): number => timesOf(refusals, item, verdict.bad.get(item)!);
  if (items.length > left || !items.some((item) => times(item) >= STUBBORN)) return items;
  const others = items.filter((item) => times(item) < STUBBORN);
  return others.length > 0 ? others : [...items].sort((x, y) => times(x) - times(y)).slice(0, 1);
};

export const unreadable = (task: Task, sent: string, prompts: Prompts): string =>
  render(promptOf(prompts, "feedback/unreadable"), {
    function: task.function.name,
    reason:
      sent.trim() === "" || sent.trim() === "{}"
        ? "it is empty"
        : looksLikeSchema(sent)
          ? "it is the schema, and what is wanted is an instance of it"
          : "no JSON object with the right members is in it",
    members: requiredOf(task.function.parameters as Schema)
      .map((key) => `\`${key}\``)
      .join(", "),
    sent: ["~~~", sent.slice(0, 600).replaceAll("~~~", "---"), "~~~"].join("\n"),
  });

const cutText = (task: Task, value: Value, verdict: Verdict, prompts: Prompts): string =>
  render(promptOf(prompts, "feedback/cut"), {
    missing: verdict.missing.map((key) => `\`${key}\``).join(", ") || "its end",
    kept:
      Object.entries(value)
        .map(([key, member]) => (Array.isArray(member) ? `${member.length} of \`${key}\`` : `\`${key}\``))
        .join(", ") || "nothing",
    function: task.function.name,
    closing: task.closing === null ? "the last member" : `\`${task.closing}\`, even where that list is empty`,
  });

const list = (value: Value, verdict: Verdict, items: readonly string[], refusals: Refusals): Feedback => {
  const shown = new Set<string>();
  const groups = new Map<string, string[]>();
  let length = 0;
  for (const item of items) {
    const diagnostics = verdict.bad.get(item)!.map((one) => reminded(item, one, refusals));
    const at = segmentsOf(`$input.${item}`);
    const [key, index] = at as [string, Segment | undefined];
    const found = index === undefined ? value[key] : (value[key] as unknown[])[index as number];
    const text = `${"    "}${annotate(found, at, diagnostics, "    ").trimStart()}`;
    length += text.length;
    if (shown.size > 0 && length > LONGEST) break;
    shown.add(item);
    groups.set(key, [...(groups.get(key) ?? []), text]);
  }
  const members = [...groups].map(([key, items]) =>
    Array.isArray(value[key]) ? `  "${key}": [\n${items.join(",\n")}\n  ]` : `  "${key}": ${items[0]!.trimStart()}`,
  );
  const json = members.length === 0 ? [] : ["```jsonc", `{\n${members.join(",\n")}\n}`, "```"];
  const general = verdict.whole.map((one) => `- ✖ ${one.message}`);
  return { text: [...json, ...(json.length > 0 && general.length > 0 ? [""] : []), ...general].join("\n"), shown };
};

/** As they stand in the answer, whatever was found first: what has no name is known again by its place. */
const inOrderOf = (value: Value, items: readonly string[]): string[] => {
  const keys = Object.keys(value);
  const placeOf = (item: string): [number, number] => {
    const [key, index] = segmentsOf(`$input.${item}`);
    return [keys.indexOf(String(key)), Number(index ?? 0)];
  };
  return items
    .map((item) => ({ item, place: placeOf(item) }))
    .sort((x, y) => x.place[0] - y.place[0] || x.place[1] - y.place[1])
    .map(({ item }) => item);
};

/** From the second time on a remark says what was tried in vain. */
const reminded = (item: string, one: Diagnostic, refusals: Refusals): Diagnostic => {
  const refused = refusedAt(refusals, item, one);
  if (refused === null || !tacticsFor(refused.times).reminds || refused.values.length === 0) return one;
  return { ...one, message: `${one.message} ✗ ${refused.values.join(", ")}` };
};

const counted = (items: number): string => `${items} ${items === 1 ? "item" : "items"}`;

export const promptOf = (prompts: Prompts, name: string): string => {
  const found = prompts[name];
  if (found === undefined) throw new Bug(`The prompt ${name}.md is not there.`);
  return found;
};
