/** An answer without some of its items, and the way back from paths in it to paths in the whole answer. */
import { pathOf, segmentsOf } from "../base/json-path.js";

export interface Part {
  part: Record<string, unknown>;
  back: (path: string) => string;
}

/** `isOut` is asked about each item, `columns[3]`. */
export const partOf = (value: Record<string, unknown>, isOut: (item: string) => boolean): Part => {
  const part: Record<string, unknown> = {};
  const kept = new Map<string, number[]>();
  for (const [key, member] of Object.entries(value))
    if (Array.isArray(member)) {
      const indices = member.map((_, i) => i).filter((i) => !isOut(`${key}[${i}]`));
      kept.set(key, indices);
      part[key] = indices.map((i) => member[i]);
    } else part[key] = member;
  const back = (path: string): string => {
    const [key, index, ...rest] = segmentsOf(path);
    const original = typeof index === "number" ? kept.get(String(key))?.[index] : undefined;
    return original === undefined ? path : pathOf([key!, original, ...rest]);
  };
  return { part, back };
};

/** The item a path leads into, or null where it names a list or the answer as a whole. */
export const itemOf = (path: string, value: Record<string, unknown>): string | null => {
  const [key, index] = segmentsOf(path);
  if (typeof key !== "string") return null;
  if (!Array.isArray(value[key])) return Object.hasOwn(value, key) ? key : null;
  return typeof index === "number" && index < value[key].length ? `${key}[${index}]` : null;
};
