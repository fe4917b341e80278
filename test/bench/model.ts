/** A simulated model: it knows the right answer, writes it down with mistakes, and mends what it is told with some luck. */
import { canonical } from "../../src/base/canonical.js";
import type { ChatReply } from "../../src/base/endpoint.js";
import type { ModelFunction } from "../../src/base/task.js";
import type { Chance } from "./chance.js";
import { damageText } from "./faults.js";
import type { Shown } from "./listing.js";
import { type Mistake, mistaken, type Place, withMistake } from "./mistakes.js";
import type { Value } from "./originals.js";

export interface Talent {
  /** Chance that an error which it is told is put right. */
  p: number;
  /** Chance that an item which it writes down again is broken somewhere else. */
  q: number;
  /** Chance that its first answer is valid as it stands, without any repair. */
  firstTry: number;
}

/** Of all mistakes, what share is which: the text of the reply, drift of types and names, or truly wrong. */
export const MIX = { text: 0.2, mended: 0.2, told: 0.6 };

export class Model {
  /** Item → how it wrote it last. */
  private readonly written = new Map<string, Value>();
  /** Mistakes of an answer on average, so that none at all is as likely as a valid first try. */
  private readonly mean: number;

  public constructor(
    private readonly fn: ModelFunction<object>,
    private readonly right: Value,
    private readonly places: readonly Place[],
    private readonly talent: Talent,
    private readonly chance: Chance,
  ) {
    this.mean = -Math.log(talent.firstTry);
  }

  public first(): Value {
    const value = structuredClone(this.right);
    const count = this.chance.poisson(this.mean * (1 - MIX.text));
    const free = this.chance.shuffle(this.places).slice(0, count);
    for (const place of free) {
      const isMended = this.chance.happens(MIX.mended / (MIX.mended + MIX.told)) && place.mended.length > 0;
      this.spoil(value, place, this.chance.pick(isMended ? place.mended : place.told));
    }
    return value;
  }

  /** The text of a reply goes wrong as often each time. */
  public say(value: Value): ChatReply {
    return damageText({ fn: this.fn, value }, this.chance, this.chance.happens(1 - Math.exp(-this.mean * MIX.text)));
  }

  /** One item with its remarks, written down again, or left out; `standing` is the list that it knows it from. */
  public again({ list, item, remarks }: Shown, standing: unknown): { item: Value | null; isElsewhere: boolean } {
    const index = this.meant(list, item, standing);
    if (index === null && this.isSurplus(list, standing))
      return { item: this.chance.happens(this.talent.p) ? null : item, isElsewhere: false };
    const right = index === null ? item : ((this.right[list] as unknown[])[index] as Value);
    let next = item;
    let isElsewhere = false;
    for (const key of remarks) {
      if (this.chance.happens(this.talent.p)) {
        next = key === "" ? right : this.put(next, right, key);
        isElsewhere ||= canonical(next) === canonical(item);
      } else if (key !== "" && this.chance.happens(0.5))
        next = withMistake(next, { key, value: mistaken(right[key], this.chance) });
    }
    return { item: this.perhapsBreak(list, index, next), isElsewhere };
  }

  /** Whether it understands a remark that names no item. */
  public understands(): boolean {
    return this.chance.happens(this.talent.p);
  }

  /**
   * Items that are not what they should be and have no remark of their own, written down again: where other remarks come
   * from. A sequence can only be said again as a whole; `again` are its items that were shown, as they were written now.
   */
  public causesIn(list: string, standing: unknown, isSequence: boolean, again: ReadonlyMap<string, Value>): Value[] {
    const right = this.right[list] as Value[];
    if (!Array.isArray(standing)) return [];
    if (standing.length !== right.length) {
      const texts = new Set(standing.map(canonical));
      return right.flatMap((item, i) =>
        isSequence || !texts.has(canonical(item)) ? [this.repeat(list, i, item)] : [],
      );
    }
    const isCause = (i: number): boolean =>
      !again.has(canonical(standing[i])) && canonical(standing[i]) !== canonical(right[i]);
    if (!right.some((_, i) => isCause(i))) return [];
    return right.flatMap((item, i) => {
      if (isCause(i)) return [this.repeat(list, i, item)];
      return isSequence ? [again.get(canonical(standing[i])) ?? this.repeat(list, i, item)] : [];
    });
  }

  /** A right item written down again, as it is or broken. */
  public repeat(list: string, index: number, item: Value): Value {
    return this.perhapsBreak(list, index, item);
  }

  /** Single values are said again, each perhaps wrong. */
  public scalars(): Value {
    return Object.fromEntries(
      Object.entries(this.right)
        .filter(([, one]) => !Array.isArray(one))
        .map(([key, one]) => [key, this.chance.happens(this.talent.q) ? mistaken(one, this.chance) : one]),
    );
  }

  private perhapsBreak(list: string, index: number | null, item: Value): Value {
    const place = this.places.find((one) => one.list === list && one.index === index);
    const isBroken = this.chance.happens(this.talent.q) && place !== undefined;
    const next = isBroken ? withMistake(item, this.chance.pick(place.told)) : item;
    this.written.set(`${list}[${index}]`, next);
    return next;
  }

  private put(item: Value, right: Value, key: string): Value {
    return withMistake(item, { key, value: Object.hasOwn(right, key) ? right[key] : undefined });
  }

  /** The right item that it meant: the one in that place, else the one whose last wording is most like it. */
  private meant(list: string, item: Value, standing: unknown): number | null {
    const right = (this.right[list] ?? []) as Value[];
    if (Array.isArray(standing) && standing.length === right.length) {
      const index = standing.findIndex((one) => canonical(one) === canonical(item));
      if (index >= 0) return index;
    }
    const there = new Set(Array.isArray(standing) ? standing.map(canonical) : []);
    const alike = right.map((one, i) =>
      there.has(canonical(one))
        ? 0
        : likeness(this.written.get(`${list}[${i}]`) ?? one, item) + likeness(one, item) / 100,
    );
    const most = Math.max(0, ...alike);
    return most === 0 ? null : alike.indexOf(most);
  }

  /** Whether all that is right stands there already, beside what is shown. */
  private isSurplus(list: string, standing: unknown): boolean {
    const there = new Set(Array.isArray(standing) ? standing.map(canonical) : []);
    return ((this.right[list] ?? []) as Value[]).every((one) => there.has(canonical(one)));
  }

  private spoil(value: Value, { list, index }: Place, mistake: Mistake): void {
    const items = value[list] as Value[];
    items[index] = withMistake(items[index]!, mistake);
    this.written.set(`${list}[${index}]`, items[index]);
  }
}

/** How many members say the same. */
const likeness = (one: Value, other: Value): number =>
  Object.keys(one).filter((key) => canonical(one[key]) === canonical(other[key])).length;
