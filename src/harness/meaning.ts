/** What a task has to say about an answer beside what is wrong in it already: only what is wrong however that is mended. */
import type { Diagnostic } from "../base/diagnostic.js";
import { segmentsOf, valueAt } from "../base/json-path.js";
import type { Task } from "../base/task.js";
import { itemOf, partOf } from "./part.js";
import { filledWith, fillingsOf, type Gap, gapsAt, isInside, namesStandIn } from "./stand-in.js";

type Value = Record<string, unknown>;

/** How many ways of mending are tried in one judgement. */
const MOST_TRIES = 120;

/**
 * `wrong` are the paths at which something is wrong. Valid values stand in for it, one after the other: a remark about
 * something else that one of them silences may be its consequence, and waits.
 */
export const judgeMeaning = (task: Task, value: Value, wrong: readonly string[]): Diagnostic[] => {
  const gaps = gapsAt(task, value, wrong);
  const stood = filledWith(
    value,
    gaps.flatMap((gap) =>
      fillingsOf(gap, [])
        .slice(0, 1)
        .map((filling) => ({ gap, filling })),
    ),
  );
  const lost = lostItems(task, stood, wrong, gaps);
  const first = lost === null ? null : remarksOn(task, stood, lost);
  if (lost === null || first === null) return [];
  if (wrong.length === 0) return first;
  const open = gaps.filter(({ path }) => !lost.has(itemNamed(path)));
  let left = first.filter(({ path }) => !open.some((gap) => isInside(gap.path, segmentsOf(path))));
  const words = wordsOf(left, value);
  let tries = 0;
  for (const gap of open)
    for (const filling of fillingsOf(gap, words).slice(1)) {
      if (left.length === 0) return [];
      if (++tries > MOST_TRIES) break;
      const other = remarksOn(task, filledWith(stood, [{ gap, filling }]), lost);
      if (other === null) continue;
      const said = new Set(other.map(keyOf));
      left = left.filter((one) => said.has(keyOf(one)));
    }
  const isSure = lost.size === 0 && tries <= MOST_TRIES;
  const inItems = left.filter(({ path }) => isSure || itemOf(path, value) !== null);
  return inItems.some(({ message }) => namesStandIn(message)) ? reworded(task, value, wrong, inItems) : inItems;
};

/** Items for which nothing can stand in; null where the answer cannot be judged at all. */
const lostItems = (task: Task, stood: Value, wrong: readonly string[], gaps: readonly Gap[]): Set<string> | null => {
  const lost = new Set<string>();
  const verdict = task.function.validate(stood);
  const failed = verdict.success ? [] : verdict.errors.map(({ path }) => path);
  const closed = wrong.filter((path) => !gaps.some((gap) => isInside(gap.path, segmentsOf(path))));
  for (const path of [...failed, ...closed]) {
    const item = itemOf(path, stood);
    if (item === null || !item.endsWith("]")) return null;
    lost.add(item);
  }
  return lost;
};

const itemNamed = (path: Gap["path"]): string =>
  typeof path[1] === "number" ? `${path[0]}[${path[1]}]` : `${path[0]}`;

/** Null where what is left is no answer. */
const remarksOn = (task: Task, value: Value, lost: ReadonlySet<string>): Diagnostic[] | null => {
  const { part, back } = partOf(value, (item) => lost.has(item));
  if (!task.function.validate(part).success) return null;
  return task.check(part).map((one) => ({ ...one, path: back(one.path) }));
};

const keyOf = ({ code, path, message }: Diagnostic): string => `${code} ${path}${path.includes("[") ? "" : message}`;

/** Names that remarks might be waiting for: those in the items they are about, else those they speak of. */
const wordsOf = (remarks: readonly Diagnostic[], value: Value): string[] => {
  const texts = remarks.flatMap(({ path, message }) => {
    const item = itemOf(path, value);
    return item === null ? [message] : shortTexts(valueAt(value, segmentsOf(`$input.${item}`)));
  });
  return [...new Set(texts.flatMap((text) => [text, ...(text.match(WORD) ?? [])]))].slice(0, MOST_WORDS);
};

const WORD = /[\p{L}_][\p{L}\d_]*(?:\.[\p{L}\d_]+)*/gu;
const MOST_WORDS = 60;
const LONGEST_NAME = 60;

const shortTexts = (value: unknown): string[] => {
  if (typeof value === "string") return value.length <= LONGEST_NAME ? [value] : [];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(shortTexts) : [];
};

/** A remark must not speak of what only stood in: then it is worded without the items that are wrong, or waits. */
const reworded = (task: Task, value: Value, wrong: readonly string[], remarks: readonly Diagnostic[]): Diagnostic[] => {
  const bad = new Set(wrong.map((path) => itemOf(path, value) ?? ""));
  const others = remarksOn(task, value, bad) ?? [];
  return remarks.flatMap((one) =>
    namesStandIn(one.message) ? others.filter((other) => keyOf(other) === keyOf(one)).slice(0, 1) : [one],
  );
};
