/** What was refused again and again at one place, and what to change about asking when the same error comes back. */
import { canonical } from "../base/canonical.js";
import type { Diagnostic } from "../base/diagnostic.js";
import { segmentsOf, valueAt } from "../base/json-path.js";
import type { Value, Verdict } from "./judge.js";

export interface Refused {
  /** How often the same error has come there in a row. */
  times: number;
  /** What was tried, each once, as JSON. */
  values: string[];
}

/** Item, code and place in the item → what was refused there. */
export type Refusals = ReadonlyMap<string, Refused>;

export const NO_REFUSALS: Refusals = new Map();

/** `origins` says which item of the answer before an item was. */
export const refusalsAfter = (
  before: Refusals,
  value: Value,
  verdict: Verdict,
  origins: ReadonlyMap<string, string>,
): Refusals =>
  new Map(
    everyError(verdict).map(([item, one]): [string, Refused] => {
      const earlier = before.get(keyOf(origins.get(item) ?? item, one));
      const tried = item === "" ? undefined : valueAt(value, segmentsOf(one.path));
      const text = tried === undefined || typeof tried === "object" ? null : canonical(tried);
      const values = earlier?.values ?? [];
      return [
        keyOf(item, one),
        {
          times: (earlier?.times ?? 0) + 1,
          values: text === null || values.includes(text) ? values : [...values, text].slice(-MOST_VALUES),
        },
      ];
    }),
  );

const MOST_VALUES = 5;

export const refusedAt = (refusals: Refusals, item: string, one: Diagnostic): Refused | null =>
  refusals.get(keyOf(item, one)) ?? null;

/** How often the most stubborn error of an item has come. */
export const timesOf = (refusals: Refusals, item: string, diagnostics: readonly Diagnostic[]): number =>
  Math.max(0, ...diagnostics.map((one) => refusedAt(refusals, item, one)?.times ?? 0));

/** What is done about errors that come back. */
export interface Tactics {
  /** Whether it is said what was tried and refused. */
  reminds: boolean;
  /** Whether the answer that was refused is left out of the conversation. */
  forgets: boolean;
  /** Whether items that fail again and again are asked for one by one. */
  isolates: boolean;
  /** Null leaves it to the endpoint. */
  temperature: number | null;
}

/** Another wording first, then no memory of what was refused, then one thing at a time, at last more chance. */
export const tacticsFor = (times: number): Tactics => ({
  reminds: times >= 2,
  forgets: times >= 3,
  isolates: times >= STUBBORN,
  temperature: times > STUBBORN ? Math.min(0.4 + 0.2 * (times - STUBBORN), 1) : null,
});

export const STUBBORN = 4;

const everyError = (verdict: Verdict): [item: string, one: Diagnostic][] => [
  ...[...verdict.bad].flatMap(([item, all]) => all.map((one): [string, Diagnostic] => [item, one])),
  ...verdict.whole.map((one): [string, Diagnostic] => ["", one]),
];

/** Where in the item, not which one of the list. */
const keyOf = (item: string, { code, path, message }: Diagnostic): string =>
  item === "" ? `${code} ${message}` : `${item} ${code} ${path.slice("$input.".length + item.length)}`;
