/** At the end of the budget: the largest part of the answer that is right, and what had to go with what depended on it. */
import type { DroppedItem } from "../base/journal.js";
import type { Task } from "../base/task.js";
import { isList, judge, type Value, type Verdict } from "./judge.js";

export interface Settled {
  answer: object | null;
  dropped: DroppedItem[];
}

export const settle = async (task: Task, value: Value | null): Promise<Settled> => {
  if (value === null) return { answer: null, dropped: [] };
  const dropped: DroppedItem[] = [];
  let left = new Map<string, Numbered>(Object.entries(value).map(([key, member]) => [key, numbered(member)]));
  for (;;) {
    const { part, verdict } = await judgeLeft(task, left);
    const scalar = [...verdict.bad.keys()].some((item) => !item.endsWith("]"));
    const lost = verdict.missing.some((key) => !isList(task, key));
    left = drop(left, verdict, dropped);
    if (scalar || lost) return { answer: null, dropped: [...dropped, ...general(verdict)] };
    if (verdict.bad.size > 0) continue;
    dropped.push(...general(verdict));
    return { answer: isEmpty(part) && dropped.length > 0 ? null : part, dropped };
  }
};

type Numbered = { index: number; value: unknown }[] | { value: unknown };

const numbered = (member: unknown): Numbered =>
  Array.isArray(member) ? member.map((value, index) => ({ index, value })) : { value: member };

const judgeLeft = async (
  task: Task,
  left: ReadonlyMap<string, Numbered>,
): Promise<{ part: Value; verdict: Verdict }> => {
  const part: Value = Object.fromEntries(
    [...left].map(([key, member]) => [key, Array.isArray(member) ? member.map((one) => one.value) : member.value]),
  );
  const cut = await judge(task, part, { compile: false, partial: true });
  for (const key of cut.missing) if (isList(task, key)) part[key] = [];
  const verdict = await judge(task, part);
  if (cut.missing.length > 0) verdict.whole.push(...cut.diagnostics.filter((one) => one.code === "ANSWER.CUT"));
  return { part, verdict };
};

const drop = (left: Map<string, Numbered>, verdict: Verdict, dropped: DroppedItem[]): Map<string, Numbered> =>
  new Map<string, Numbered>(
    [...left].map(([key, member]): [string, Numbered] => {
      if (!Array.isArray(member)) return [key, member];
      const kept = member.filter(({ index, value }, i) => {
        const diagnostics = verdict.bad.get(`${key}[${i}]`);
        if (diagnostics !== undefined) dropped.push({ path: `$input.${key}[${index}]`, value, diagnostics });
        return diagnostics === undefined;
      });
      return [key, kept];
    }),
  );

/** What is wrong with no single item stays wrong, and is said. */
const general = (verdict: Verdict): DroppedItem[] =>
  verdict.whole.map((one) => ({ path: one.path, value: null, diagnostics: [one] }));

const isEmpty = (answer: Value): boolean => {
  const lists = Object.values(answer).filter(Array.isArray);
  return lists.length > 0 && lists.every((list) => list.length === 0);
};
