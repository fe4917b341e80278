/** Mistakes that a model makes in one item, sorted by what becomes of them: mended by the machine, or told to the model. */
import { canonical } from "../../src/base/canonical.js";
import { judge } from "../../src/harness/judge.js";
import { mend } from "../../src/harness/mend.js";
import type { Schema } from "../../src/harness/schema-walk.js";
import type { Chance } from "./chance.js";
import type { Value } from "./originals.js";
import type { RealTask } from "./real-tasks.js";

/** Another value for a member; undefined leaves it out. */
export interface Mistake {
  key: string;
  value: unknown;
}

export interface Place {
  /** List of the answer, and which item of it. */
  list: string;
  index: number;
  /** Drift of types and spellings, which the harness mends without a word. */
  mended: Mistake[];
  /** What the model has to be told. */
  told: Mistake[];
}

/** Mistakes tried per member, to find out what becomes of them. */
const TRIES = 2;

/** What an item can be wrong in; mistakes that nobody would notice are left out. */
export const placesOf = async (real: RealTask, schema: Schema, chance: Chance): Promise<Place[]> => {
  const places: Place[] = [];
  for (const [list, items] of Object.entries(real.right)) {
    if (!Array.isArray(items)) continue;
    for (const [index, item] of items.entries()) {
      if (item === null || typeof item !== "object") continue;
      const place = await placeOf(real, schema, { list, index, mended: [], told: [] }, item as Value, chance);
      if (place.told.length > 0) places.push(place);
    }
  }
  return places;
};

const placeOf = async (real: RealTask, schema: Schema, place: Place, item: Value, chance: Chance): Promise<Place> => {
  for (const key of Object.keys(item))
    for (let i = 0; i < TRIES; ++i) {
      const mistake = { key, value: mistaken(item[key], chance) };
      const fate = await fateOf(real, schema, place, item, mistake);
      if (fate !== "unnoticed") place[fate].push(mistake);
    }
  return place;
};

const fateOf = async (
  { task, right }: RealTask,
  schema: Schema,
  { list, index }: Place,
  item: Value,
  mistake: Mistake,
): Promise<"mended" | "told" | "unnoticed"> => {
  const items = (right[list] as unknown[]).map((one, i) => (i === index ? withMistake(item, mistake) : one));
  const value = mend({ ...right, [list]: items }, schema, Object.keys(task.lists));
  if (!task.function.validate(value).success || (await judge(task, value)).diagnostics.length > 0) return "told";
  const isMade = canonical(withMistake(item, mistake)) !== canonical(item);
  return isMade && canonical(value) === canonical(right) ? "mended" : "unnoticed";
};

export const withMistake = (item: Value, { key, value }: Mistake): Value => {
  const { [key]: _, ...rest } = item;
  return value === undefined ? rest : { ...item, [key]: value };
};

/** A wrong value for a right one, of the sort that is seen in weak models. */
export const mistaken = (value: unknown, chance: Chance): unknown => {
  const kind = chance.next();
  if (kind < 0.12) return undefined;
  if (kind < 0.2) return value === null ? "null" : null;
  if (typeof value === "string") return mistakenText(value, chance);
  if (typeof value === "number") return chance.pick([String(value), -1, value + 0.5, "many", 10 ** 12]);
  if (typeof value === "boolean") return chance.pick([String(value), "maybe", value ? "yes" : "no"]);
  if (Array.isArray(value)) return chance.pick([JSON.stringify(value), [], [...value, "unknownThing"], "none", {}]);
  return chance.pick([JSON.stringify(value), "x", []]);
};

const mistakenText = (text: string, chance: Chance): unknown =>
  chance.pick([
    text.toUpperCase(),
    `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`,
    `${text}s`,
    `${text}Other`,
    "unknownThing",
    "something else",
    "",
    "x ".repeat(200),
    { name: text },
  ]);
