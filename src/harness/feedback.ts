/** Words what was wrong: the bad items with the errors beside the values, what did not come, or what could not be read. */

import { itemsOf } from "../base/journal-summary.js";
import { type Segment, segmentsOf } from "../base/json-path.js";
import { Bug } from "../base/mishap.js";
import { render } from "../base/render.js";
import type { Task } from "../base/task.js";
import type { Value, Verdict } from "./judge.js";
import { annotate } from "./print.js";
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

export const feedback = (task: Task, value: Value, verdict: Verdict, cut: boolean, prompts: Prompts): Feedback => {
  const listing = list(value, verdict);
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
  return { text: parts.join("\n\n"), shown };
};

export const unreadable = (task: Task, sent: string, prompts: Prompts): string =>
  render(promptOf(prompts, "feedback/unreadable"), {
    function: task.function.name,
    reason:
      sent.trim() === "" || sent.trim() === "{}" ? "it is empty" : "no JSON object with the right members is in it",
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

const list = (value: Value, verdict: Verdict): Feedback => {
  const shown = new Set<string>();
  const groups = new Map<string, string[]>();
  let length = 0;
  for (const [item, diagnostics] of verdict.bad) {
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

const counted = (items: number): string => `${items} ${items === 1 ? "item" : "items"}`;

export const promptOf = (prompts: Prompts, name: string): string => {
  const found = prompts[name];
  if (found === undefined) throw new Bug(`The prompt ${name}.md is not there.`);
  return found;
};
