/** A task asked again after a change: its last answer, less what no longer holds, is shown as the model's own, and silence keeps it. */
import type { JournalEntry } from "../base/journal.js";
import { answerBeforeChange } from "../base/journal-index.js";
import { segmentsOf } from "../base/json-path.js";
import { render } from "../base/render.js";
import type { Task } from "../base/task.js";
import type { Turn } from "./compose.js";
import { type Prompts, promptOf } from "./feedback.js";
import { isList, judge, type Value } from "./judge.js";
import { requiredOf, type Schema } from "./schema-walk.js";
import { settle } from "./settle.js";

export interface Earlier {
  /** What still holds of it. */
  answer: Value;
  /** The turn that shows it and asks for the difference. */
  turn: Turn;
}

/** Null where nothing was answered before, or nothing of it holds: then the task is asked as if for the first time. */
export const earlierOf = async (
  task: Task,
  entries: readonly JournalEntry[],
  prompts: Prompts,
): Promise<Earlier | null> => {
  const last = task.earlier?.answer ?? answerBeforeChange(entries, task.key);
  const answer = last === null ? null : await holding(task, last as Value);
  if (answer === null) return null;
  const { whole } = await judge(task, answer);
  const news = [task.earlier?.note ?? "", ...whole.map((one) => `- ✖ ${one.message}`)].filter((line) => line !== "");
  const text = render(promptOf(prompts, "feedback/changed"), {
    news: news.length === 0 ? "" : `\n\n${news.join("\n")}`,
    function: task.function.name,
    groups: groupsOf(task)
      .map((key) => sayWhole(key, task))
      .join(""),
  });
  return { answer, turn: { answer, badPart: null, via: "call", text, temperature: null } };
};

/** The answer with a reply laid over it: items replace their namesakes, groups are replaced as wholes, what is not said stays. */
export const over = (task: Task, answer: Value, reply: Value): Value => {
  const merged: Value = { ...answer };
  for (const [key, member] of Object.entries(reply)) {
    const old = answer[key];
    merged[key] = Array.isArray(member) && Array.isArray(old) ? overList(task, key, old, member) : member;
  }
  return merged;
};

const overList = (task: Task, key: string, old: readonly unknown[], said: readonly unknown[]): unknown[] => {
  if (key === task.closing && task.lists[key] === undefined) return [...said];
  if (isGrouped(task, key)) {
    const groupOf = namer(groupingOf(task, key));
    const groups = new Set(said.map(groupOf));
    return [...old.filter((one) => !groups.has(groupOf(one))), ...said];
  }
  const nameOf = namer(task.lists[key]!);
  const left = [...said];
  const kept = old.map((one) => {
    const at = left.findIndex((other) => nameOf(other) === nameOf(one));
    return at < 0 ? one : left.splice(at, 1)[0];
  });
  return [...kept, ...left];
};

/** The largest part that checks; where items have no identity, a group of which one fell goes as a whole. */
const holding = async (task: Task, answer: Value): Promise<Value | null> => {
  for (let value = answer; ; ) {
    const settled = await settle(task, value);
    if (settled.answer === null) return null;
    const fallen = settled.dropped
      .map(({ path, value: item }) => ({ key: String(segmentsOf(path)[0]), item }))
      .filter(({ key, item }) => item !== null && isGrouped(task, key) && task.lists[key] === undefined)
      .map(({ key, item }) => `${key} ${namer(groupingOf(task, key))(item)}`);
    value = Object.fromEntries(
      Object.entries(settled.answer).map(([key, member]) => [
        key,
        Array.isArray(member) && isGrouped(task, key)
          ? member.filter((item) => !fallen.includes(`${key} ${namer(groupingOf(task, key))(item)}`))
          : member,
      ]),
    );
    if (fallen.length === 0) return value;
  }
};

const isGrouped = (task: Task, key: string): boolean =>
  task.groups?.[key] !== undefined || (task.lists[key] === undefined && key !== task.closing);

const groupsOf = (task: Task): string[] =>
  requiredOf(task.function.parameters as Schema).filter((key) => isList(task, key) && isGrouped(task, key));

const groupingOf = (task: Task, key: string): ((item: never) => string) => task.groups?.[key]?.of ?? (() => "");

const sayWhole = (key: string, task: Task): string =>
  ` Where one of the ${task.groups?.[key]?.what ?? `\`${key}\``} changes, all of them are said again, in order.`;

const namer =
  (identity: (item: never) => string) =>
  (item: unknown): string => {
    try {
      return identity(item as never);
    } catch {
      return JSON.stringify(item); // a malformed item has no name
    }
  };
