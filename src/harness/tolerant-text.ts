/** What lies between tokens, what escapes mean, and which quote ends a string when some of them were not escaped. */

/** Where a string stands. */
export type Context = "key" | "member" | "item" | "argument" | "top";

/** The quote that ends a string which begins with this one; null for what begins none. */
export const delimiterOf = (one: string | undefined): string | null =>
  one === '"' || one === "'" || one === "`" ? one : one === "“" || one === "„" ? "”" : null;

const BLANK = /(?:[\s\uFEFF\u200B\u2060]+|\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$))*/y;

/** The offset behind blanks and comments. */
export const skipBlank = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  if (code > 47 && code < 128) return at; // letters, digits, brackets
  BLANK.lastIndex = at;
  BLANK.exec(text);
  return Math.max(at, BLANK.lastIndex);
};

const ESCAPES: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", "\n": "" };
const ITSELF = "\"'`/\\";

/** An escape that JSON does not know keeps its backslash: a pattern was meant, and written down once too seldom. */
export const escapeAt = (text: string, at: number): { text: string; length: number } => {
  const one = text[at + 1] ?? "";
  if (ITSELF.includes(one)) return { text: one, length: 2 };
  if (ESCAPES[one] !== undefined) return { text: ESCAPES[one], length: 2 };
  const digits = /^\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2}))/.exec(text.slice(at, at + 6));
  if (digits === null) return { text: `\\${one}`, length: 2 };
  return { text: String.fromCharCode(Number.parseInt(digits[1] ?? digits[2]!, 16)), length: digits[0].length };
};

export interface Around {
  context: Context;
  /** Brackets that close the containers around the string, innermost last. */
  closers: readonly string[];
  /** Whether keys have stood without quotes so far. */
  hasBareKeys: boolean;
}

/** The text may end in the middle of it. */
const QUOTED_KEY = /(?:"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|“[^”]*(?:”|$))\s*(?:[:=]|$)/y;
const BARE_KEY = /[\p{L}\d_$][\p{L}\d_$-]*\s*[:=]/uy;
const VALUE = /["'`“{[(\]\d-]|(?:true|false|null|True|False|None|NaN|undefined)\b/y;
const CALL = /[\p{L}_][\p{L}\d_.]*\(/uy;

/** Whether what follows a quote is what follows the end of a string there. */
export const closes = (text: string, behind: number, around: Around): boolean => {
  const at = skipBlank(text, behind);
  const one = text[at];
  if (one === undefined || around.context === "top") return true;
  const onNewLine = text.slice(behind, at).includes("\n");
  if (around.context === "key") return one === ":" || one === "=";
  if (around.context === "member") return closesMember(text, at, onNewLine, around);
  if (around.context === "argument") return closesArgument(text, at);
  if (one === "]" || one === ")" || one === ",") return goesOn(text, at, around);
  return onNewLine && delimiterOf(one) !== null;
};

const closesMember = (text: string, at: number, onNewLine: boolean, around: Around): boolean => {
  if (text[at] === "}" || text[at] === ",") return goesOn(text, at, around);
  return onNewLine && isKey(text, at, around);
};

const isKey = (text: string, at: number, { hasBareKeys }: Around): boolean =>
  matches(QUOTED_KEY, text, at) || (hasBareKeys && matches(BARE_KEY, text, at));

/** Whether brackets close what is open, in its order, and what comes behind a comma fits what is still open. */
const goesOn = (text: string, from: number, around: Around): boolean => {
  const open = [...around.closers];
  let at = from;
  while (open.length > 0 && text[at] === open.at(-1)) {
    open.pop();
    at = skipBlank(text, at + 1);
  }
  if (open.length === 0 || at >= text.length) return true;
  if (text[at] !== ",") return false;
  const next = skipBlank(text, at + 1);
  if (next >= text.length || text[next] === open.at(-1)) return true;
  if (open.at(-1) === "}") return isKey(text, next, around);
  if (open.at(-1) === ")" && matches(BARE_KEY, text, next)) return true;
  return matches(VALUE, text, next) || matches(CALL, text, next);
};

const closesArgument = (text: string, at: number): boolean => {
  if (text[at] === ")") return true;
  const next = skipBlank(text, at + 1);
  return text[at] === "," && (matches(BARE_KEY, text, next) || text[next] === ")" || matches(CALL, text, next));
};

const matches = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at;
  return pattern.test(text);
};

/** Whether stray quotes of a string come in pairs, the first of each before a word and the second behind one. */
export const areProse = (text: string, strays: readonly number[]): boolean =>
  strays.length % 2 === 0 &&
  strays.every((at, i) => (i % 2 === 0 ? /[^\p{L}\d]/u.test(text[at - 1] ?? " ") : /\S/.test(text[at - 1] ?? "")));
