/** Reads the arguments out of a reply as leniently as they can be read; whether they are right is judged later. */
import type { ChatReply } from "../base/endpoint.js";
import type { ModelFunction } from "../base/task.js";
import { type Candidate, candidates } from "./candidates.js";
import { type Piece, pieces } from "./scan.js";
import { propertiesOf, type Schema } from "./schema-walk.js";

export interface Reading {
  value: Record<string, unknown>;
  /** Whether the text ended before the object did: lists may be short, items are whole. */
  cut: boolean;
  /** Whether it came as a call, or stood in the content. */
  via: Candidate["via"];
}

/** The first reading that validates, else the one with the most members of the function, else null. */
export const parseReply = (
  reply: Pick<ChatReply, "calls" | "content">,
  fn: Pick<ModelFunction<object>, "name" | "parameters" | "parse" | "validate">,
): Reading | null => {
  const known = Object.keys(propertiesOf(fn.parameters as Schema) ?? {});
  let best: Reading | null = null;
  let most = 0;
  for (const { text, via } of candidates(reply, fn.name))
    for (const { value, cut } of readings(text, fn, known)) {
      const score = known.filter((key) => Object.hasOwn(value, key)).length;
      if (!cut && score > 0 && fn.validate(value).success) return { value, cut, via };
      if (score <= most) continue;
      most = score;
      best = { value, cut, via };
    }
  return best;
};

type Read = Pick<Reading, "value" | "cut">;

const readings = (text: string, fn: Pick<ModelFunction<object>, "parse">, known: readonly string[]): Read[] => {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") return [];
  const whole = strictly(trimmed);
  if (whole !== undefined) return unwrapped({ value: whole, cut: false }, fn, known, 3);
  const found = pieces(trimmed).flatMap((piece) => {
    const read = leniently(piece, fn);
    return read === null ? [] : unwrapped(read, fn, known, 3);
  });
  if (found.length > 0 || !trimmed.startsWith('"')) return found;
  const last = fn.parse(trimmed); // a string of JSON that was itself cut
  return last.success ? unwrapped({ value: last.data, cut: true }, fn, known, 3) : [];
};

const leniently = (
  { text, cut }: Piece,
  fn: Pick<ModelFunction<object>, "parse">,
): { value: unknown; cut: boolean } | null => {
  const strict = strictly(text);
  if (strict !== undefined) return { value: strict, cut };
  const first = fn.parse(text);
  if (first.success) return { value: first.data, cut };
  const second = fn.parse(pythonic(text));
  if (second.success) return { value: second.data, cut };
  return isRecord(first.data) ? { value: withoutLast(first.data), cut: true } : null;
};

/** Wrappers of one level: a string of JSON, a list of one, `{name, arguments}`, a single unknown key. */
const unwrapped = (
  { value, cut }: { value: unknown; cut: boolean },
  fn: Pick<ModelFunction<object>, "parse">,
  known: readonly string[],
  depth: number,
): Read[] => {
  if (depth < 0) return [];
  const inner = (next: unknown): Read[] => unwrapped({ value: next, cut }, fn, known, depth - 1);
  if (typeof value === "string")
    return value.includes("{") ? readings(value, fn, known).map((one) => ({ ...one, cut: cut || one.cut })) : [];
  if (Array.isArray(value)) return value.length === 1 ? inner(value[0]) : [];
  if (!isRecord(value)) return [];
  const keys = Object.keys(value);
  if (keys.some((key) => known.includes(key))) return [{ value, cut }];
  const wrapper = keys.length === 1 ? keys[0] : ["arguments", "parameters", "input"].find((key) => keys.includes(key));
  const content = wrapper === undefined ? undefined : value[wrapper];
  return typeof content === "string" || (content !== null && typeof content === "object") ? inner(content) : [];
};

const strictly = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const WORDS: Record<string, string> = { True: "true", False: "false", None: "null", NaN: "null", undefined: "null" };

/** Single quotes and the words of Python and JavaScript, outside double-quoted strings, turned into JSON. */
const pythonic = (text: string): string =>
  text.replace(
    /"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'|\b(True|False|None|NaN|undefined)\b/g,
    (whole, single: string | undefined, word: string | undefined) =>
      single !== undefined
        ? `"${single.replaceAll("\\'", "'").replaceAll(/(?<!\\)"/g, '\\"')}"`
        : word !== undefined
          ? WORDS[word]!
          : whole,
  );

/** Where a parser gave up in the middle, the member it was at is not to be trusted. */
const withoutLast = (value: Record<string, unknown>): Record<string, unknown> => {
  const last = Object.keys(value).at(-1);
  if (last === undefined) return value;
  const { [last]: broken, ...whole } = value;
  return Array.isArray(broken) ? { ...whole, [last]: broken.slice(0, -1) } : whole;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);
