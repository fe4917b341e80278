/** Writes a value down as weak models do: JSON with the liberties of other languages, or with mistakes in it. */
import type { Chance } from "./chance.js";

export interface Spelling {
  quotes: "json" | "python" | "single";
  bareKeys: boolean;
  trailingCommas: boolean;
  comments: boolean;
  words: "json" | "python" | "javascript";
  /** Line breaks and tabs left as they are in strings. */
  raw: boolean;
  /** Backslashes left as they are in strings. */
  singleBackslashes: boolean;
  /** Quotes left as they are in strings. */
  stray: boolean;
  indent: boolean;
}

export const JSON_SPELLING: Spelling = {
  quotes: "json",
  bareKeys: false,
  trailingCommas: false,
  comments: false,
  words: "json",
  raw: false,
  singleBackslashes: false,
  stray: false,
  indent: false,
};

export const spell = (value: unknown, spelling: Spelling, chance: Chance, depth = 0): string => {
  if (typeof value === "string") return spellText(value, spelling);
  if (value === null || typeof value !== "object") return spellWord(value, spelling, chance);
  const list = Array.isArray(value);
  const entries: [string, unknown][] = list ? value.map((one) => ["", one]) : Object.entries(value);
  const [open, close] = list ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return open + close;
  const line = spelling.indent ? `\n${"  ".repeat(depth + 1)}` : spelling.comments ? "\n" : "";
  const items = entries.map(([key, one], i) => {
    const isLast = i === entries.length - 1;
    const comma = !isLast || (spelling.trailingCommas && chance.happens(0.5)) ? "," : "";
    const remark = spelling.comments && chance.happens(0.15) ? chance.pick(REMARKS) : "";
    return `${list ? "" : `${spellKey(key, spelling)}: `}${spell(one, spelling, chance, depth + 1)}${comma}${remark}`;
  });
  return `${open}${line}${items.join(line === "" ? " " : line)}${line === "" ? "" : line.slice(0, spelling.indent ? -2 : undefined)}${close}`;
};

const REMARKS = [" // as asked\n", " /* see above */", ' // "quoted": {remark}\n', " # required\n"];

const spellKey = (key: string, spelling: Spelling): string =>
  spelling.bareKeys && /^[A-Za-z_]\w*$/.test(key) ? key : spellText(key, { ...spelling, stray: false });

const PYTHON: Record<string, string> = { true: "True", false: "False", null: "None" };

const spellWord = (value: unknown, { words }: Spelling, chance: Chance): string => {
  const word = String(value);
  if (words === "python") return PYTHON[word] ?? word;
  if (words === "javascript" && value === null) return chance.pick(["undefined", "NaN", "null"]);
  return word;
};

const spellText = (text: string, spelling: Spelling): string => {
  let inside = JSON.stringify(text).slice(1, -1);
  let quote = '"';
  if (spelling.quotes === "single" || (spelling.quotes === "python" && !(text.includes("'") && !text.includes('"')))) {
    quote = "'";
    inside = inside.replaceAll('\\"', '"').replaceAll("'", "\\'");
  }
  if (spelling.raw)
    inside = inside.replaceAll(/(?<!\\)((?:\\\\)*)\\n/g, "$1\n").replaceAll(/(?<!\\)((?:\\\\)*)\\t/g, "$1\t");
  if (spelling.singleBackslashes) inside = inside.replaceAll("\\\\", "\\");
  if (spelling.stray && quote === '"') inside = inside.replaceAll('\\"', '"');
  return `${quote}${inside}${quote}`;
};
