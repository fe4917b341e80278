/** What is wrong with an answer or an AST: data for the model, never thrown. */
export interface Diagnostic {
  /** Closed code, `PHASE.WHAT_IS_WRONG`. */
  code: string;
  /** JSON path inside the judged value, e.g. `$input.columns[3].target`. */
  path: string;
  /** What is wrong and what would be right, worded for the model. */
  message: string;
}

/** Collects diagnostics in the order they are found. */
export class Findings {
  public readonly list: Diagnostic[] = [];

  public add(code: string, path: string, message: string): void {
    this.list.push({ code, path, message });
  }

  /** Adds the finding when the condition does not hold, and answers whether it held. */
  public require(holds: boolean, code: string, path: string, message: string): boolean {
    if (!holds) this.add(code, path, message);
    return holds;
  }
}

/** The right names nearest to a wrong one, at most five, written for a message. */
export const nearest = (wrong: string, names: readonly string[]): string =>
  [...new Set(names)]
    .map((name) => ({ name, far: distance(wrong.toLowerCase(), name.toLowerCase()) }))
    .sort((x, y) => x.far - y.far || (x.name < y.name ? -1 : 1))
    .slice(0, 5)
    .map(({ name }) => name)
    .join(", ") || "none";

/** Levenshtein distance of two strings. */
export const distance = (left: string, right: string): number => {
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; ++i) {
    const next = [i];
    for (let j = 1; j <= right.length; ++j)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1));
    row = next;
  }
  return row[right.length]!;
};
