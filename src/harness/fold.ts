/** Folds a misspelt name to the one it can only mean: case, separators, plural, or one edit, if that leaves a single one. */
import { distance } from "../base/diagnostic.js";

/** The name meant, or null where none or several could be. */
export const fold = (wrong: string, names: readonly string[]): string | null => {
  if (names.includes(wrong)) return wrong;
  for (const likeness of [plain, singular]) {
    const alike = names.filter((name) => likeness(name) === likeness(wrong));
    if (alike.length === 1) return alike[0]!;
    if (alike.length > 1) return null;
  }
  if (wrong.length < SHORTEST) return null;
  const near = names.filter((name) => name.length >= SHORTEST && distance(plain(wrong), plain(name)) === 1);
  return near.length === 1 ? near[0]! : null;
};

/** Shorter names have too many neighbours for an edit to mean anything. */
const SHORTEST = 4;

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\d.]+/gu, "");

const singular = (name: string): string =>
  plain(name)
    .replace(/ies$/, "y")
    .replace(/(ch|sh|ss|x|z)es$/, "$1")
    .replace(/(?<!s)s$/, "");
