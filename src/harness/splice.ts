/** Where a reply put one thing of an item right and broke another, the other is taken from the item as it was. */
import { canonical } from "../base/canonical.js";
import { segmentsOf, valueAt } from "../base/json-path.js";
import type { Value, Verdict } from "./judge.js";
import type { Before, Merged } from "./merge.js";

/** The merged answer with such members taken back; null where there are none. */
export const splice = (before: Before, merged: Merged, verdict: Verdict): Value | null => {
  const value: Value = { ...merged.value };
  let isChanged = false;
  for (const item of verdict.bad.keys()) {
    const origin = merged.origins.get(item);
    const at = segmentsOf(`$input.${item}`);
    const [key, index] = at;
    const next = valueAt(value, at);
    const old = origin === undefined ? undefined : valueAt(before.value, segmentsOf(`$input.${origin}`));
    if (typeof index !== "number" || !isRecord(next) || !isRecord(old) || !isSame(old, next)) continue;
    const mixed = mix(old, next, membersIn(before.verdict, origin!), membersIn(verdict, item));
    if (mixed === null) continue;
    isChanged = true;
    value[key!] = (value[key!] as unknown[]).map((one, i) => (i === index ? mixed : one));
  }
  return isChanged ? value : null;
};

/** Members that were right before and are wrong now, as they were. */
const mix = (old: Value, next: Value, wasBad: ReadonlySet<string>, isBad: ReadonlySet<string>): Value | null => {
  const broken = [...isBad].filter(
    (key) => key !== "" && !wasBad.has(key) && canonical(old[key]) !== canonical(next[key]),
  );
  if (broken.length === 0 || wasBad.has("")) return null;
  const mixed = { ...next };
  for (const key of broken)
    if (old[key] === undefined) delete mixed[key];
    else mixed[key] = old[key];
  return mixed;
};

/** Members of an item that diagnostics are about; an empty one stands for the item as a whole. */
const membersIn = (verdict: Verdict, item: string): Set<string> => {
  const depth = segmentsOf(`$input.${item}`).length;
  return new Set((verdict.bad.get(item) ?? []).map(({ path }) => String(segmentsOf(path)[depth] ?? "")));
};

/** Most of it says what it said: it is the same item, and not another in its place. */
const isSame = (old: Value, next: Value): boolean => {
  const keys = Object.keys(old);
  return keys.filter((key) => canonical(old[key]) === canonical(next[key])).length * 2 >= keys.length;
};

const isRecord = (value: unknown): value is Value =>
  value !== null && typeof value === "object" && !Array.isArray(value);
