/** The catalogue of faults and how often weak models show each: value, spelling, encoding and channel of one reply. */
import type { Case } from "./case.js";
import type { Chance } from "./chance.js";
import * as channels from "./channels.js";
import { type Original, type Value, vary } from "./originals.js";
import { JSON_SPELLING, type Spelling, spell } from "./spelling.js";

type Layer = "value" | "spelling" | "encoding" | "channel";

interface Fault {
  id: string;
  layer: Layer;
  /** Put into a text of the original, so that there is something to spoil. */
  seasoning?(chance: Chance): string;
  value?(value: Value, name: string, chance: Chance): unknown;
  spelling?(chance: Chance): Partial<Spelling>;
  encoding?(text: string, chance: Chance): string;
  channel?: channels.Channel;
}

const some = <One extends object>(chance: Chance, members: One): Partial<One> => {
  const keys = Object.keys(members) as (keyof One)[];
  const kept = keys.filter(() => chance.happens(0.5));
  return Object.fromEntries(
    (kept.length === 0 ? [chance.pick(keys)] : kept).map((key) => [key, members[key]]),
  ) as Partial<One>;
};

const FAULTS: [weight: number, Fault][] = [
  [
    8,
    {
      id: "F12",
      layer: "encoding",
      encoding: (text, chance) => JSON.stringify(chance.happens(0.8) ? text : JSON.stringify(text)),
    },
  ],
  [12, { id: "F13", layer: "value", value: (value, _, chance) => stringified(value, chance) }],
  [4, { id: "F14", layer: "channel", channel: channels.asObject }],
  [9, { id: "F15", layer: "channel", channel: channels.fenced }],
  [
    6,
    {
      id: "F16",
      layer: "spelling",
      spelling: (chance) => some(chance, { trailingCommas: true, comments: true, bareKeys: true }),
    },
  ],
  [4, { id: "F16", layer: "spelling", spelling: () => ({ quotes: "python", words: "python" }) }],
  [2, { id: "F16", layer: "spelling", spelling: () => ({ quotes: "single", bareKeys: true, words: "javascript" }) }],
  [
    4,
    {
      id: "F17",
      layer: "spelling",
      seasoning: (chance) => chance.pick(["\n", "line\nbreak", "\t", "- one\n- two\n"]),
      spelling: () => ({ raw: true }),
    },
  ],
  [
    2,
    {
      id: "F17",
      layer: "spelling",
      seasoning: (chance) => chance.pick(["\\d{3}", "^\\w+\\s*$", "C:\\data", "\\p{L}"]),
      spelling: () => ({ singleBackslashes: true }),
    },
  ],
  [6, { id: "F17 quotes", layer: "spelling", seasoning: quoted, spelling: () => ({ stray: true }) }],
  [6, { id: "F19", layer: "encoding", encoding: glued }],
  [9, { id: "F20", layer: "value", value: wrapped }],
  [8, { id: "F25", layer: "channel", channel: channels.inContent }],
  [9, { id: "F26", layer: "channel", channel: channels.inMarkup }],
  [6, { id: "F27", layer: "channel", channel: channels.behindThoughts }],
  [3, { id: "F30", layer: "channel", channel: channels.misnamed }],
  [3, { id: "F31", layer: "channel", channel: channels.severalCalls }],
  [2, { id: "F32", layer: "channel", channel: channels.sameIndex }],
  [2, { id: "F33", layer: "channel", channel: channels.withoutIndex }],
  [2, { id: "F34", layer: "channel", channel: channels.repeated }],
];

const LAYERS: Layer[] = ["value", "spelling", "encoding", "channel"];
/** How often a reply has a second fault, of another layer. */
const BOTH = 0.25;

/** Markup names function and arguments itself: nobody wraps them once more inside, or glues two of them. */
const INSIDE = ["F19", "F20"];
const MARKED = ["F26", "F27"];

export const damage = (originals: readonly Original[], chance: Chance): Case => {
  for (;;) {
    const first = chance.weigh(FAULTS);
    const second = chance.happens(BOTH) ? chance.weigh(FAULTS) : null;
    const faults = second === null || second.layer === first.layer ? [first] : [first, second];
    if (faults.some((one) => INSIDE.includes(one.id)) && faults.some((one) => MARKED.includes(one.id))) continue;
    const seasoning = faults.find((one) => one.seasoning)?.seasoning?.(chance) ?? null;
    const original = vary(chance.pick(originals), chance, seasoning);
    if (original !== null) return write(original, faults, chance);
  }
};

const write = (original: Original, faults: readonly Fault[], chance: Chance): Case => {
  const sorted = [...faults].sort((x, y) => LAYERS.indexOf(x.layer) - LAYERS.indexOf(y.layer));
  const { name } = original.fn;
  let value: unknown = original.value;
  let spelling: Spelling = { ...JSON_SPELLING, indent: chance.happens(0.3) };
  for (const one of sorted) {
    if (one.value) value = one.value(value as Value, name, chance);
    if (one.spelling) spelling = { ...spelling, ...one.spelling(chance) };
  }
  let text = spell(value, spelling, chance);
  for (const one of sorted) if (one.encoding) text = one.encoding(text, chance);
  const channel = sorted.find((one) => one.channel)?.channel ?? channels.inCall;
  const fault = sorted.map((one) => one.id).join("+");
  return { fault, original, ...channel({ text, value: value as Value, name }, chance) };
};

/** F13: one to three containers as strings of JSON. */
const stringified = (value: Value, chance: Chance): Value => {
  const copy = structuredClone(value);
  const places: [holder: Value, key: string][] = [];
  const visit = (holder: Value, depth: number): void => {
    for (const [key, one] of Object.entries(holder)) {
      if (one === null || typeof one !== "object") continue;
      places.push([holder, key]);
      if (depth < 3) visit(one as Value, depth + 1);
    }
  };
  visit(copy, 0);
  const chosen = chance.shuffle(places).slice(0, 1 + chance.below(3));
  for (const [holder, key] of chosen) holder[key] = JSON.stringify(holder[key]);
  return copy;
};

/** Mostly in pairs, as prose quotes; seldom alone, as inches. */
function quoted(chance: Chance): string {
  const phrases = ['"own"', 'a "done", then', '"high", "low" and "none"', 'the "open" state.', 'called "x":'];
  return chance.happens(0.9) ? chance.pick(phrases) : chance.pick(['5" wide', 'about 3"']);
}

function glued(text: string, chance: Chance): string {
  const other = chance.pick([text, text, "{}", '{"plan": "draft"}']);
  const between = chance.pick(["", "\n", ", ", " "]);
  return chance.happens(0.3) ? text + between + other : other + between + text;
}

function wrapped(value: Value, name: string, chance: Chance): unknown {
  return chance.pick([
    { name, arguments: value },
    { name, arguments: JSON.stringify(value) },
    { name, parameters: value },
    { type: "function", function: { name, arguments: value } },
    { tool_calls: [{ function: { name, arguments: JSON.stringify(value) } }] },
    { [name]: value },
    { arguments: value },
    { input: value },
    { properties: value },
    { type: "object", properties: value },
    { value },
    [value],
  ]);
}

/** The text of one answer, with a fault that loses nothing of it where one is wanted. */
export const damageText = (original: Original, chance: Chance, isDamaged: boolean): Case["reply"] => {
  const plain = FAULTS.filter(([, one]) => one.seasoning === undefined);
  return write(original, isDamaged ? [chance.weigh(plain)] : [], chance).reply;
};
