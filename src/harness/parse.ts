/** Reads the arguments out of a reply as leniently as they can be read; whether they are right is judged later. */
import type { ChatReply } from "../base/endpoint.js";
import type { ModelFunction } from "../base/task.js";
import { type Candidate, candidates } from "./candidates.js";
import { isEcho } from "./echo.js";
import { propertiesOf, type Schema } from "./schema-walk.js";
import { tolerate } from "./tolerant.js";
import { mayHoldHalves, wellFormed } from "./unicode.js";

export interface Reading {
  value: Record<string, unknown>;
  /** Whether the text ended before the object did: lists may be short, items are whole. */
  cut: boolean;
  /** Whether it came as a call, or stood in the content. */
  via: Candidate["via"];
}

type Heard = Pick<ChatReply, "calls" | "content"> & Partial<Pick<ChatReply, "finishReason">>;
type Read = Pick<Reading, "value" | "cut">;

/** The first reading that validates, else the one with the most members of the function, else null. */
export const parseReply = (
  reply: Heard,
  fn: Pick<ModelFunction<object>, "name" | "parameters" | "validate">,
): Reading | null => {
  const known = Object.keys(propertiesOf(fn.parameters as Schema) ?? {});
  const context: Context = { known, name: fn.name, validate: (value) => fn.validate(value).success };
  let best: Reading | null = null;
  let most = 0;
  for (const { text, strict, via, isLast } of candidates(reply, fn.name)) {
    const reads =
      strict === undefined ? readings(text, context) : unwrapped({ value: strict, cut: false }, context, DEEPEST);
    const found = mayHoldHalves(text) ? reads.map(repaired) : reads;
    for (const [i, read] of found.entries()) {
      // some servers close the brackets of what the limit cut off
      const isLimited = reply.finishReason === "length" && isLast && i === found.length - 1 && endsWithIt(text);
      const { value, cut } = isLimited && !read.cut ? { value: withoutLast(read.value), cut: true } : read;
      const score = known.filter((key) => Object.hasOwn(value, key)).length;
      if (!cut && score > 0 && context.validate(value)) return { value, cut, via };
      if (score <= most || isEcho(value, known)) continue;
      most = score;
      best = { value, cut, via };
    }
  }
  return best;
};

interface Context {
  /** Members of the function. */
  known: readonly string[];
  name: string;
  validate(value: unknown): boolean;
}

const repaired = ({ value, cut }: Read): Read => ({ value: wellFormed(value) as Record<string, unknown>, cut });

const readings = (text: string, context: Context): Read[] => {
  const trimmed = text.trim();
  const whole = strictly(trimmed);
  if (whole !== undefined) return unwrapped({ value: whole, cut: false }, context, DEEPEST);
  if (/^[\w.]+\s*\(/.test(trimmed)) return leniently(trimmed, 0, context).found;
  const written = trimmed.search(WRITTEN);
  if (written >= 0 && written < trimmed.indexOf("{")) return leniently(trimmed, written, context).found;
  const found: Read[] = [];
  let at = trimmed.indexOf("{");
  for (let tries = 0; at >= 0 && tries < MOST; ++tries) {
    const next = leniently(trimmed, at, context);
    found.push(...next.found);
    if (next.end === null) break;
    at = trimmed.indexOf("{", next.end);
  }
  return found;
};

/** A string of JSON, perhaps cut, perhaps with words before it. */
const WRITTEN = /"(?:\s|\\[nrt])*\{(?:\s|\\[nrt])*\\+"/;
const DEEPEST = 6;
/** Objects looked at in one text. */
const MOST = 20;

/** `end` is null where nothing behind it can be trusted: it would lie inside of what was cut. */
const leniently = (text: string, at: number, context: Context): { found: Read[]; end: number | null } => {
  const { value, end, cut, unfinished, isDoubtful } = tolerate(text, at);
  const isProse = cut && (value === undefined || (isRecord(value) && Object.keys(value).length === 0));
  if (isProse) return { found: [], end: at + 1 };
  if (isDoubtful) return { found: [], end: null };
  const found = unwrapped({ value, cut }, context, DEEPEST);
  return { found: found.map((one) => ({ ...one, value: wholeOf(one.value, unfinished) })), end: cut ? null : end };
};

/** Of what was cut, only members and items that came whole. */
const wholeOf = (value: Record<string, unknown>, unfinished: ReadonlySet<object>): Record<string, unknown> => {
  const isWhole = (one: unknown): boolean => !(one !== null && typeof one === "object" && unfinished.has(one));
  if (isWhole(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      isWhole(member) ? [[key, member]] : Array.isArray(member) ? [[key, member.filter(isWhole)]] : [],
    ),
  );
};

const WRAPPERS = ["arguments", "parameters", "input", "args", "params", "function", "tool_calls", "properties"];

/** Wrappers: a string of JSON, a list of one, `{name, arguments}`, a single unknown key. */
const unwrapped = ({ value, cut }: { value: unknown; cut: boolean }, context: Context, depth: number): Read[] => {
  if (depth < 0) return [];
  const inner = (next: unknown): Read[] => unwrapped({ value: next, cut }, context, depth - 1);
  if (typeof value === "string")
    return value.includes("{") ? readings(value, context).map((one) => ({ ...one, cut: cut || one.cut })) : [];
  if (Array.isArray(value))
    return value.length === 1 ? inner(value[0]) : value.flatMap((one) => (isCall(one) ? inner(one) : []));
  if (!isRecord(value)) return [];
  const keys = Object.keys(value);
  const isOwn = keys.some((key) => context.known.includes(key));
  const wrapper = keys.length === 1 ? keys[0] : [...WRAPPERS, context.name].find((key) => keys.includes(key));
  const content = wrapper === undefined ? undefined : value[wrapper];
  const isContainer = typeof content === "string" || (content !== null && typeof content === "object");
  if (!isOwn && isContainer) return inner(content);
  const own: Read = { value, cut };
  const count = (one: unknown): number =>
    isRecord(one) ? context.known.filter((key) => Object.hasOwn(one, key)).length : 0;
  // a function may have members that are called like a wrapper
  const isWrapped = isContainer && (isCall(value) || count(content) > count(value));
  return isWrapped && !context.validate(value) ? [...inner(content), own] : [own];
};

/** `{name, arguments}` and its like. */
const isCall = (value: unknown): boolean =>
  isRecord(value) && ["arguments", "parameters", "input", "function"].some((key) => Object.hasOwn(value, key));

const strictly = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Whether the object that was read is the last thing in the text. */
const endsWithIt = (text: string): boolean => /[}\]"')>]\s*$/.test(text);

/** Where a limit ended the reply, the member it was at is not to be trusted. */
const withoutLast = (value: Record<string, unknown>): Record<string, unknown> => {
  const last = Object.keys(value).at(-1);
  if (last === undefined) return value;
  const { [last]: broken, ...whole } = value;
  return Array.isArray(broken) ? { ...whole, [last]: broken.slice(0, -1) } : whole;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);
