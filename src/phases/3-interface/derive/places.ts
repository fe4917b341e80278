/** Members of order rules → where their samples stand, so that each row obeys the orders whatever values its uniques take. */
import { isNumber } from "../../../base/comparison.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";

export interface Place {
  /** 10, 20, …: of two members the later one has the higher. Numbers keep within their bounds. */
  position: number;
  /** Whether a member before it differs from row to row, so that it lies beyond all values of that one. */
  isBeyond: boolean;
  /** Numbers it may have where one of those it is compared with differs from row to row. */
  span: Span;
  /** Whether a number that is the same in all rows is of the span, too. */
  isSpanned: boolean;
}

/** Both ends are whole numbers; null for no end. */
export interface Span {
  least: number;
  most: number | null;
}

export const placesOf = (analyze: AutoBeAnalyze.IApplication, model: AutoBeDatabase.IModel): Map<string, Place> => {
  const pairs = analyze.modules
    .flatMap((module) => module.rules)
    .filter((rule) => rule.entity === model.name && rule.kind === "order")
    .map(({ members }) => [members[0]!, members[1]!] as const);
  const positions = climb(pairs, (name) => firstOf(fieldOf(model, name)), STEP);
  const ranks = climb(pairs, () => 0, 1);
  const beyond = passOn(pairs, (name) => isUnique(model, name));
  return new Map(
    groupsOf(pairs).flatMap((group) => {
      const fields = group.map((name) => fieldOf(model, name)).filter((field) => field !== undefined);
      const isCounted = group.some((name) => isUnique(model, name));
      const whole = common(fields.map(spanOf));
      const count = 1 + Math.max(...group.map((name) => ranks.get(name)!));
      return group.map((name): [string, Place] => {
        const [position, isBeyond] = [positions.get(name)!, beyond.has(name)];
        const span = spanAt(whole, ranks.get(name)!, count, position);
        return [name, { position, isBeyond, span, isSpanned: isCounted && (isBeyond || whole.most !== null) }];
      });
    }),
  );
};

export const isUnique = (model: AutoBeDatabase.IModel, column: string): boolean =>
  model.uniqueIndexes.some((index) => index.fieldNames.includes(column));

/** What a column of numbers may hold. */
export const spanOf = ({ minimum, maximum, digits }: AutoBeDatabase.IPlainField): Span => {
  const written = digits == null ? Infinity : 10 ** (digits.all - digits.fraction) - 1;
  const most = Math.min(maximum ?? Infinity, written > Number.MAX_SAFE_INTEGER ? Infinity : written);
  return { least: Math.ceil(minimum ?? 1), most: Number.isFinite(most) ? Math.floor(most) : null };
};

type Pair = readonly [before: string, after: string];

const STEP = 10;

/** Rows of one column that a run of tests will never make. */
const FAR = 1_000_000;

const fieldOf = (model: AutoBeDatabase.IModel, name: string): AutoBeDatabase.IPlainField | undefined =>
  model.plainFields.find((one) => one.name === name);

const firstOf = (field: AutoBeDatabase.IPlainField | undefined): number =>
  field === undefined || !isNumber(field.type)
    ? STEP
    : Math.max(field.minimum ?? -Infinity, Math.min(field.maximum ?? Infinity, STEP));

/** A number for each member that is higher than that of what comes before by a step or more. */
const climb = (pairs: readonly Pair[], first: (name: string) => number, step: number): Map<string, number> => {
  const heights = new Map(pairs.flat().map((name) => [name, first(name)]));
  for (let round = 0; round < pairs.length; ++round)
    for (const [before, after] of pairs) heights.set(after, Math.max(heights.get(after)!, heights.get(before)! + step));
  return heights;
};

/** Members behind one of those, at whatever distance. */
const passOn = (pairs: readonly Pair[], isOne: (name: string) => boolean): Set<string> => {
  const behind = new Set<string>();
  for (let round = 0; round < pairs.length; ++round)
    for (const [before, after] of pairs) if (isOne(before) || behind.has(before)) behind.add(after);
  return behind;
};

/** Members that are compared with each other, directly or by others between them. */
const groupsOf = (pairs: readonly Pair[]): string[][] =>
  pairs.reduce<string[][]>((groups, pair) => {
    const touched = groups.filter((group) => pair.some((name) => group.includes(name)));
    return [...groups.filter((group) => !touched.includes(group)), [...new Set([...touched.flat(), ...pair])]];
  }, []);

const common = (spans: readonly Span[]): Span => {
  const mosts = spans.flatMap(({ most }) => most ?? []);
  return {
    least: Math.max(...spans.map(({ least }) => least)),
    most: mosts.length === 0 ? null : Math.min(...mosts),
  };
};

/** Equal parts of what there is, or as much room as a run of tests will ever need. */
const spanAt = ({ least, most }: Span, rank: number, count: number, position: number): Span => {
  if (most === null) return { least: least + position * FAR, most };
  const width = Math.max(1, Math.floor((most - least + 1) / count));
  const start = Math.min(most, least + rank * width);
  return { least: start, most: Math.min(most, start + width - 1) };
};
