/** Puts something valid in the place of what is wrong, so that the rest can be judged beside it: other things in turn tell what hangs on it. */
import { type Segment, segmentsOf, valueAt } from "../base/json-path.js";
import type { Task } from "../base/task.js";
import { narrow } from "./narrow.js";
import { propertiesOf, requiredOf, type Schema } from "./schema-walk.js";
import { positionOf } from "./variants.js";

type Value = Record<string, unknown>;

/** A place in the answer at which something wrong stands, or nothing. */
export interface Gap {
  path: Segment[];
  schema: Schema;
  root: Schema;
  /** Whether nothing may stand there. */
  optional: boolean;
}

/** Stands for a member that is left out. */
const ABSENT = Symbol("absent");

/** The gaps at paths of diagnostics, outermost only; what has no schema, or is a whole item or the answer, is none. */
export const gapsAt = (task: Task, value: Value, paths: readonly string[]): Gap[] => {
  const root = narrowed(task);
  const all = [...new Set(paths)].map(segmentsOf).sort((x, y) => x.length - y.length);
  const gaps: Gap[] = [];
  for (const path of all) {
    const place = gaps.some((one) => isInside(one.path, path)) ? null : placeOf(root, path);
    const parent = valueAt(value, path.slice(0, -1));
    if (place === null || parent === null || typeof parent !== "object") continue;
    if (path.length > 1 || isEmptied(place.schema, root, valueAt(value, path))) gaps.push({ path, root, ...place });
  }
  return gaps;
};

export const isInside = (outer: readonly Segment[], path: readonly Segment[]): boolean =>
  outer.every((one, i) => path[i] === one);

const NARROWED = new WeakMap<Task, Schema>();

const narrowed = (task: Task): Schema => {
  const known = NARROWED.get(task) ?? narrow(task.function, task.enums).parameters;
  NARROWED.set(task, known);
  return known;
};

const placeOf = (root: Schema, path: readonly Segment[]): Pick<Gap, "schema" | "optional"> | null => {
  let place: Pick<Gap, "schema" | "optional"> = { schema: root, optional: false };
  for (const step of path) {
    const { variants } = positionOf(place.schema, root);
    const owners = variants.filter((one) => (typeof step === "number" ? one["items"] : propertiesOf(one)?.[step]));
    if (owners.length !== 1) return null;
    const owner = owners[0]!;
    if (typeof step === "number") place = { schema: owner["items"] as Schema, optional: false };
    else place = { schema: propertiesOf(owner)![step]!, optional: !requiredOf(owner).includes(step) };
  }
  return path.length === 0 || (path.length === 2 && typeof path[1] === "number") ? null : place;
};

/** For a whole list nothing can stand in, unless it did not come at all. */
const isEmptied = (schema: Schema, root: Schema, value: unknown): boolean =>
  !positionOf(schema, root).kinds.has("array") || (Array.isArray(value) && value.length === 0);

/** A copy with one thing in each gap. */
export const filledWith = (value: Value, fillings: readonly { gap: Gap; filling: unknown }[]): Value => {
  const copy = { ...value };
  for (const { gap, filling } of fillings) {
    let holder: Record<Segment, unknown> = copy;
    for (const step of gap.path.slice(0, -1)) {
      const inside = holder[step] as object;
      holder[step] = Array.isArray(inside) ? [...inside] : { ...inside };
      holder = holder[step] as Record<Segment, unknown>;
    }
    const last = gap.path.at(-1)!;
    if (filling === ABSENT) delete holder[last];
    else holder[last] = filling;
  }
  return copy;
};

/** What may stand in a gap, the least first; `words` are texts that others might be waiting for. */
export const fillingsOf = ({ schema, root, optional }: Gap, words: readonly string[]): unknown[] => [
  ...(optional ? [ABSENT] : []),
  ...valuesOf(schema, root, words),
];

const MOST_NAMES = 40;

const valuesOf = (schema: Schema, root: Schema, words: readonly string[]): unknown[] =>
  positionOf(schema, root).variants.flatMap((one): unknown[] => {
    if (Array.isArray(one["enum"])) return one["enum"].slice(0, MOST_NAMES);
    if ("const" in one) return [one["const"]];
    switch (one["type"]) {
      case "null":
        return [null];
      case "boolean":
        return [true, false];
      case "integer":
      case "number":
        return numbersOf(one, words);
      case "string":
        return [SAMPLES.find((sample) => takes(one, sample)), ...words.filter((word) => takes(one, word))].filter(
          (text) => text !== undefined,
        );
      case "array":
        return listsOf(one, root, words);
      default:
        return [];
    }
  });

/** The ends of the range, and numbers that others might be waiting for. */
const numbersOf = ({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Schema, words: readonly string[]): number[] => {
  const [least, most] = [Number(minimum), Number(maximum)];
  const said = words.flatMap((word) => /\d+/.exec(word)?.map(Number) ?? []);
  return [...new Set([least, 1, 200, most, ...said])].filter((one) => one >= least && one <= most);
};

/** None, each alone, and as many as may stand. */
const listsOf = (list: Schema, root: Schema, words: readonly string[]): unknown[][] => {
  const items = list["items"] === undefined ? [] : valuesOf(list["items"] as Schema, root, words);
  const [least, most] = [Number(list["minItems"] ?? 0), Number(list["maxItems"] ?? Number.POSITIVE_INFINITY)];
  const lists = [[], ...items.map((one) => [one]), items.slice(0, most), items.slice(-most)];
  return lists.filter((one) => one.length >= least && one.length <= most);
};

/** Texts that no answer holds; patterns of our functions are names, ids or paths. */
const SAMPLES = ["stoodIn", "StoodIn", "stoodin", "stood-in", "stoodIn = 0", "R999", "P999", "/stood", "STOOD_IN"];

/** Whether a message speaks of what only stands in for something. */
export const namesStandIn = (message: string): boolean =>
  SAMPLES.some((sample) => message.toLowerCase().includes(sample.toLowerCase()));

const takes = (schema: Schema, text: string): boolean => {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  if (text.length < Number(minLength) || text.length > Number(maxLength)) return false;
  return typeof pattern !== "string" || new RegExp(pattern, "u").test(text);
};
