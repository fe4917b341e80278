/** Merges a reply to feedback into the answer as it stands: an item replaces its namesake, what was shown and left out is withdrawn. */
import { canonical } from "../base/canonical.js";
import type { Task } from "../base/task.js";
import type { Value, Verdict } from "./judge.js";

export interface Merged {
  value: Value;
  /** Item of the merged value → the good value it replaced. */
  replaced: Map<string, unknown>;
  /** Item of the merged value → the item of the answer before that it was. */
  origins: Map<string, string>;
}

export interface Before {
  value: Value;
  verdict: Verdict;
  /** The bad items that the model was shown. */
  shown: ReadonlySet<string>;
}

/** `whole` says that the reply was not cut, so that an omission in it means something. */
export const merge = (task: Task, before: Before, reply: Value, whole: boolean): Merged => {
  const merged: Merged = { value: { ...before.value }, replaced: new Map(), origins: new Map() };
  for (const [key, member] of Object.entries(reply)) {
    const old = before.value[key];
    if (Array.isArray(member) && Array.isArray(old)) mergeList(task, key, old, member, before, whole, merged);
    else {
      if (old !== undefined && !before.verdict.bad.has(key)) merged.replaced.set(key, old);
      merged.value[key] = member;
    }
  }
  return merged;
};

/** Gives back the good value where what replaced it turned out bad; answers whether it had to. */
export const restore = (merged: Merged, verdict: Verdict): boolean => {
  let restored = false;
  for (const [item, good] of merged.replaced) {
    if (!verdict.bad.has(item)) continue;
    restored = true;
    merged.replaced.delete(item);
    const [, key, index] = /^(.*?)(?:\[(\d+)\])?$/.exec(item)!;
    if (index === undefined) merged.value[key!] = good;
    else {
      const list = [...(merged.value[key!] as unknown[])];
      list[Number(index)] = good;
      merged.value[key!] = list;
    }
  }
  return restored;
};

interface Slot {
  /** Where it was in the list before; null for what is new. */
  index: number | null;
  name: string;
  value: unknown;
  bad: boolean;
  /** Bad, and the model was shown it. */
  shown: boolean;
  /** The good value that a reply replaced. */
  earlier?: { value: unknown };
  fresh: boolean;
}

const mergeList = (
  task: Task,
  key: string,
  old: readonly unknown[],
  given: readonly unknown[],
  before: Before,
  whole: boolean,
  merged: Merged,
): void => {
  const nameOf = namer(task, key);
  let slots: Slot[] = old.map((value, i) => ({
    index: i,
    name: nameOf(value),
    value,
    bad: before.verdict.bad.has(`${key}[${i}]`),
    shown: before.shown.has(`${key}[${i}]`),
    fresh: false,
  }));
  const isPlaced = task.lists[key] === undefined ? inPlace(slots, given) : inOrder(slots, given, nameOf);
  const reply = isPlaced ? [] : given;
  const strangers: Slot[] = [];
  for (const value of reply) {
    const name = nameOf(value);
    const alike = [...slots, ...strangers].filter((slot) => slot.name === name);
    // said twice in one reply, the later one is meant
    const namesake = alike.find((slot) => !slot.fresh) ?? (task.lists[key] === undefined ? undefined : alike.at(-1));
    if (namesake === undefined) strangers.push({ index: null, name, value, bad: false, shown: false, fresh: true });
    else {
      if (!namesake.bad && !namesake.fresh) namesake.earlier = { value: namesake.value };
      Object.assign(namesake, { value, bad: false, shown: false, fresh: true });
    }
  }
  // an item whose very name was wrong comes back under another: it takes the place of a bad one
  for (const stranger of strangers) {
    const place = slots.find((slot) => slot.shown);
    if (place !== undefined) Object.assign(place, stranger, { index: place.index });
    else slots.push(stranger);
  }
  if (whole) slots = slots.filter((slot) => !slot.shown);
  if (slots.every((slot) => slot.fresh)) slots = inOrderOf(given, slots);
  merged.value[key] = slots.map((slot) => slot.value);
  slots.forEach((slot, i) => {
    if (slot.index !== null) merged.origins.set(`${key}[${i}]`, `${key}[${slot.index}]`);
    if (slot.earlier !== undefined) merged.replaced.set(`${key}[${i}]`, slot.earlier.value);
  });
};

/** Items of a sequence have no names: as many as were shown, or as there are, come back in the same places. */
const inPlace = (slots: Slot[], reply: readonly unknown[]): boolean => {
  const places = [slots.filter((slot) => slot.shown), slots].find(
    ({ length }) => length > 0 && length === reply.length,
  );
  if (places === undefined) return false;
  for (const [i, slot] of places.entries()) replace(slot, reply[i]);
  return true;
};

/**
 * The items that were shown come back one for one. A name that went wrong, or away, may then be that of another item:
 * it is in its place all the same where it is more like what stood there.
 */
const inOrder = (slots: Slot[], reply: readonly unknown[], nameOf: (item: unknown) => string): boolean => {
  const shown = slots.filter((slot) => slot.shown);
  const isPlaced = (value: unknown, place: Slot): boolean => {
    const name = nameOf(value);
    const others = slots.filter((slot) => slot !== place && slot.name === name);
    return others.every((slot) => likeness(place.value, value) > likeness(slot.value, value));
  };
  if (shown.length !== reply.length || !reply.every((value, i) => isPlaced(value, shown[i]!))) return false;
  for (const [i, slot] of shown.entries()) replace(slot, reply[i]);
  return true;
};

/** How many members say the same. */
const likeness = (one: unknown, other: unknown): number => {
  if (one === null || typeof one !== "object" || other === null || typeof other !== "object") return 0;
  return Object.entries(one).filter(([key, member]) => canonical(member) === canonical((other as Value)[key])).length;
};

const replace = (slot: Slot, value: unknown): void => {
  if (!slot.bad) slot.earlier = { value: slot.value };
  Object.assign(slot, { value, bad: false, shown: false, fresh: true });
};

/** A reply that says the whole list again also says its order. */
const inOrderOf = (reply: readonly unknown[], slots: readonly Slot[]): Slot[] =>
  [...slots].sort((x, y) => reply.indexOf(x.value) - reply.indexOf(y.value));

const namer = (task: Task, key: string) => {
  const identity = task.lists[key] as ((item: unknown) => string) | undefined;
  return (item: unknown): string => {
    try {
      return identity === undefined ? JSON.stringify(item) : identity(item);
    } catch {
      return JSON.stringify(item); // a malformed item has no name
    }
  };
};
