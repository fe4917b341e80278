/** Values of a kind that a position does not take, turned into the one it can only mean; others stay for the judge. */
import { literalOf } from "./literals.js";
import { tolerate } from "./tolerant.js";
import { type Kind, kindOf, type Position } from "./variants.js";

/** Does nothing where the kind is right: never overrides what may stand there. */
export const coerce = (value: unknown, position: Position): unknown => {
  const { kinds } = position;
  const kind = kindOf(value);
  if (kinds.has(kind)) return value;
  const next =
    kind === "string"
      ? fromText((value as string).trim(), kinds)
      : kind === "number" || kind === "boolean"
        ? fromScalar(value as number | boolean, kinds)
        : kind === "object" && kinds.has("array") && !kinds.has("object")
          ? [value]
          : undefined;
  return next ?? (isNull(value, kinds) ? null : (literalOf(value, position) ?? value));
};

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** `"5"` for 5, `"true"` for true, a record or a list as a string of JSON. */
const fromText = (text: string, kinds: ReadonlySet<Kind>): unknown => {
  if (kinds.has("number") && NUMBER.test(text)) return Number(text);
  if (kinds.has("boolean") && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if (!((kinds.has("object") && text.startsWith("{")) || (kinds.has("array") && /^[[{]/.test(text)))) return undefined;
  return unwritten(text, kinds);
};

/** Only a string that holds one whole value and nothing behind it. */
const unwritten = (text: string, kinds: ReadonlySet<Kind>): unknown => {
  const strict = strictly(text);
  if (strict !== undefined) return kinds.has(kindOf(strict)) ? strict : undefined;
  const { value, end, cut, isDoubtful } = tolerate(text, 0);
  if (cut || isDoubtful || text.slice(end).trim() !== "") return undefined;
  return kinds.has(kindOf(value)) ? value : undefined;
};

const strictly = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const fromScalar = (value: number | boolean, kinds: ReadonlySet<Kind>): unknown =>
  kinds.has("string") && kinds.size <= 2 && !kinds.has("object") ? String(value) : undefined;

const isNull = (value: unknown, kinds: ReadonlySet<Kind>): boolean =>
  kinds.has("null") && typeof value === "string" && /^(?:null|None|undefined)$/.test(value.trim());
