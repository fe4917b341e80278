/** Text of exactly that many characters for a number: another for each, as far as there is room, and later in order for larger ones. */
export const textOf = (count: number, length: number): string =>
  count.toString(36).padStart(length, "0").slice(-length);
