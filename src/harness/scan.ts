/** Finds the JSON objects in a text by their brackets, and closes one that was cut at the last complete item. */

export interface Piece {
  text: string;
  /** Whether the text ended before the object did. */
  cut: boolean;
}

const MOST = 10;

/** Every outermost `{…}` of the text, in order; the last may be cut. */
export const pieces = (text: string): Piece[] => {
  const result: Piece[] = [];
  let at = text.indexOf("{");
  while (at >= 0 && result.length < MOST) {
    const { end, safe } = walk(text, at);
    if (end === null) {
      result.push({ text: safe, cut: true });
      break;
    }
    result.push({ text: text.slice(at, end), cut: false });
    at = text.indexOf("{", end);
  }
  return result;
};

/** Runs to the closing bracket, or remembers the last point up to which items and members were whole. */
const walk = (text: string, start: number): { end: number | null; safe: string } => {
  const stack: string[] = [];
  let safe = { at: start + 1, closers: "}" };
  let quoted = false;
  const mark = (at: number): void => {
    if (stack.length === 1 || (stack.length === 2 && stack[1] === "["))
      safe = { at, closers: stack.length === 1 ? "}" : "]}" };
  };
  for (let at = start; at < text.length; ++at) {
    const one = text[at]!;
    if (quoted) {
      if (one === "\\") ++at;
      else if (one === '"') quoted = false;
    } else if (one === '"') quoted = true;
    else if (one === "{" || one === "[") {
      stack.push(one);
      if (one === "[" && stack.length === 2) mark(at + 1);
    } else if (one === "}" || one === "]") {
      closeUpTo(stack, one === "}" ? "{" : "[");
      if (stack.length === 0) return { end: at + 1, safe: "" };
      mark(at + 1);
    } else if (one === ",") mark(at);
  }
  return { end: null, safe: text.slice(start, safe.at) + safe.closers };
};

/** A closer without its opener closes what was forgotten inside it. */
const closeUpTo = (stack: string[], opener: string): void => {
  const at = stack.lastIndexOf(opener);
  if (at >= 0) stack.length = at;
};
