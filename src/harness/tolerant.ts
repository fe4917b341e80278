/** Reads what was meant as JSON: JSON5, Python and JavaScript spellings, constructor calls, and quotes that nobody escaped. */
import { areProse, type Context, closes, delimiterOf, escapeAt, skipBlank } from "./tolerant-text.js";

export interface Tolerated {
  /** What was read; unfinished containers hold what was whole in them. */
  value: unknown;
  /** Where reading stopped. */
  end: number;
  /** Whether the text ended, or made no sense, before the value was whole. */
  cut: boolean;
  /** Containers that were not whole. */
  unfinished: ReadonlySet<object>;
  /** Quotes can be matched in two ways that say different things, so that neither can be trusted. */
  isDoubtful: boolean;
}

/** Reads the value that begins at an offset. */
export const tolerate = (text: string, at: number): Tolerated => {
  const paired = new Reader(text, at, true);
  const first = paired.read();
  if (paired.firstStray === null) return first;
  const nearest = new Reader(text, at, false);
  const second = nearest.read();
  if (!first.cut && !second.cut) return choose(first, second, paired, nearest);
  if (!first.cut || !second.cut) return first.cut ? second : first;
  // behind a stray quote nothing is certain
  return { ...new Reader(text.slice(0, paired.firstStray), at, true).read(), end: text.length };
};

/** Of two whole readings the one whose stray quotes open and close as quotes in prose do. */
const choose = (first: Tolerated, second: Tolerated, paired: Reader, nearest: Reader): Tolerated => {
  if (paired.isProse !== nearest.isProse) return paired.isProse ? first : second;
  return { ...second, isDoubtful: JSON.stringify(first.value) !== JSON.stringify(second.value) };
};

const NOTHING = Symbol("nothing");
const DEEPEST = 400;
const NUMBER = /[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_$][\p{L}\d_$.:-]*/uy;
const KEY = /[\p{L}\d_$][\p{L}\d_$-]*/uy;
const WORDS: Record<string, unknown> = {
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
  null: null,
  None: null,
  NULL: null,
  nil: null,
  undefined: null,
  NaN: null,
  Infinity: null,
};

class Reader {
  /** Where the first quote stood that neither opens nor closes. */
  public firstStray: number | null = null;
  /** Whether all of them stood as quotes do in prose: at the beginning and end of words. */
  public isProse = true;
  private stopped = false;
  private readonly closers: string[] = [];
  private hasBareKeys = false;
  private readonly unfinished = new Set<object>();

  public constructor(
    private readonly text: string,
    private at: number,
    /** Whether stray quotes are expected to come in pairs. */
    private readonly paired: boolean,
  ) {}

  public read(): Tolerated {
    const value = this.value("top");
    const [end, cut] = [this.at, this.stopped];
    return { value: value === NOTHING ? undefined : value, end, cut, unfinished: this.unfinished, isDoubtful: false };
  }

  private value(context: Context): unknown {
    this.skip();
    const one = this.text[this.at];
    if (one === undefined || this.closers.length > DEEPEST) return this.stop();
    if (one === "{") return this.object("}");
    if (one === "[") return this.list("]");
    if (one === "(") return this.list(")");
    if (delimiterOf(one) !== null) return this.string(context);
    return this.number() ?? this.word();
  }

  private object(closer: "}" | ")"): unknown {
    const members: [string, unknown][] = [];
    this.enter(closer);
    for (;;) {
      this.skip();
      const one = this.text[this.at];
      if (one === closer) {
        ++this.at;
        break;
      }
      if (one === "]" && this.closers.at(-2) === "]") break; // the object was never closed
      if (one === "," || one === "]") ++this.at;
      else if (!this.member(members)) break;
    }
    this.closers.pop();
    return this.keep(Object.fromEntries(members));
  }

  /** Answers whether there may be another. */
  private member(members: [string, unknown][]): boolean {
    const key = this.key();
    if (typeof key !== "string") return false;
    const value = this.value(this.text[this.at - 1] === "=" ? "argument" : "member");
    if (value !== NOTHING) members.push([key, value]);
    return !this.stopped;
  }

  private key(): unknown {
    const key = delimiterOf(this.text[this.at]) !== null ? this.string("key") : this.bareKey();
    if (this.stopped) return NOTHING;
    this.skip();
    const one = this.text[this.at];
    if (one !== ":" && one !== "=") return this.stop();
    ++this.at;
    return key;
  }

  private bareKey(): unknown {
    const key = this.take(KEY);
    if (key === null) return this.stop();
    this.hasBareKeys = true;
    return key;
  }

  private list(closer: "]" | ")"): unknown {
    const items: unknown[] = [];
    this.enter(closer);
    while (!this.stopped) {
      this.skip();
      const one = this.text[this.at];
      if (one === closer) {
        ++this.at;
        break;
      }
      if (one === "}") {
        this.stop();
        break;
      }
      if (one === ",") ++this.at;
      else {
        const item = this.value("item");
        if (item !== NOTHING) items.push(item);
      }
    }
    this.closers.pop();
    return this.keep(items);
  }

  private string(context: Context): unknown {
    const { text } = this;
    const whole = this.tripled();
    if (whole !== null) return whole;
    const quote = delimiterOf(text[this.at])!;
    const strays: number[] = [];
    let result = "";
    for (++this.at; this.at < text.length; ) {
      const one = text[this.at]!;
      if (one === "\\") {
        const sequence = escapeAt(text, this.at);
        result += sequence.text;
        this.at += sequence.length;
      } else if (one === quote) {
        const inside = this.paired && quote === '"' && strays.length % 2 === 1;
        const around = { context, closers: this.closers, hasBareKeys: this.hasBareKeys };
        ++this.at;
        if (!inside && closes(text, this.at, around)) {
          this.isProse &&= areProse(text, strays);
          return result;
        }
        this.firstStray ??= this.at - 1;
        strays.push(this.at - 1);
        result += one;
      } else {
        result += one;
        ++this.at;
      }
    }
    this.stop();
    return context === "top" ? result : NOTHING;
  }

  /** Python's long strings. */
  private tripled(): string | null {
    const quotes = this.text.slice(this.at, this.at + 3);
    if (quotes !== '"""' && quotes !== "'''") return null;
    const end = this.text.indexOf(quotes, this.at + 3);
    if (end < 0 || !/^\s*(?:[,}\])]|$)/.test(this.text.slice(end + 3, end + 40))) return null;
    const inside = this.text.slice(this.at + 3, end);
    this.at = end + 3;
    return inside.replaceAll(/\\[\s\S]/g, (sequence) => escapeAt(sequence, 0).text);
  }

  private number(): number | null {
    const from = this.at;
    const found = this.take(NUMBER);
    if (found === null) return null;
    const value = Number(found.replaceAll("_", ""));
    if (Number.isFinite(value) && /^(?:[\s,}\])/#]|$)/.test(this.text.slice(this.at, this.at + 1))) return value;
    this.at = from;
    return null;
  }

  /** A word of some language, a call, or a string without quotes. */
  private word(): unknown {
    if (this.text[this.at] === "-" && this.text.startsWith("-Infinity", this.at)) ++this.at;
    const word = this.take(WORD);
    if (word === null) return this.stop();
    if (Object.hasOwn(WORDS, word)) return WORDS[word];
    this.skip();
    const next = this.text[this.at];
    if (next === "(") return this.call();
    return next === "," || next === "}" || next === "]" ? word : this.stop();
  }

  /** `name(a=1)` is an object of its arguments, `name({…})` its only one. */
  private call(): unknown {
    const inside = skipBlank(this.text, this.at + 1);
    if (/[\p{L}_)]/u.test(this.text[inside] ?? "") && !/^[\p{L}\d_.]+\(/u.test(this.text.slice(inside, inside + 80)))
      return this.object(")");
    const list = this.list(")") as unknown[];
    return list.length === 1 ? list[0] : this.stopped ? NOTHING : this.stop();
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    this.at += found?.length ?? 0;
    return found;
  }

  private enter(closer: string): void {
    ++this.at;
    this.closers.push(closer);
  }

  private keep<Container extends object>(container: Container): Container {
    if (this.stopped) this.unfinished.add(container);
    return container;
  }

  private stop(): typeof NOTHING {
    this.stopped = true;
    return NOTHING;
  }

  private skip(): void {
    this.at = skipBlank(this.text, this.at);
  }
}
