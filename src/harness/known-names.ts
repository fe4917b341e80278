/** Definitions in a narrowed schema: names told once and referred to, and none that nobody refers to. */
import { canonical } from "../base/canonical.js";
import { definitionsOf, nameOfReference, type Schema, stepsOf } from "./schema-walk.js";

/** Name lists that occur more than once become definitions, told once and referred to. */
export const knownNames = (enums: Record<string, readonly string[]>): Map<string, Schema> => {
  const places = new Map<string, string[]>();
  for (const [path, names] of Object.entries(enums)) {
    const key = canonical(names);
    places.set(key, [...(places.get(key) ?? []), path]);
  }
  const result = new Map<string, Schema>();
  const taken = new Set<string>();
  for (const [key, paths] of places) {
    if (paths.length < 2 || key === "[]") continue;
    const word = commonest(paths.map((path) => stepsOf(path).findLast((step) => step !== "[]") ?? "name"));
    let name = `Known${word[0]!.toUpperCase()}${word.slice(1)}`;
    while (taken.has(name)) name += "2";
    taken.add(name);
    result.set(key, { $ref: `#/$defs/${name}` });
  }
  return result;
};

/** Definitions of names go last: what is constant stays in front, where prompt caches find it. */
export const appendKnown = (
  root: Schema,
  enums: Record<string, readonly string[]>,
  shared: ReadonlyMap<string, Schema>,
): void => {
  const written = new Set<string>();
  for (const names of Object.values(enums)) {
    const reference = shared.get(canonical(names));
    if (reference === undefined || written.has(canonical(names))) continue;
    written.add(canonical(names));
    const definitions = { ...definitionsOf(root) };
    definitions[nameOfReference(reference["$ref"] as string)] = { type: "string", enum: [...names] };
    root["$defs"] = definitions;
  }
};

/** Removes definitions that nothing refers to any more. */
export const prune = (root: Schema): void => {
  for (;;) {
    const used = JSON.stringify(root);
    const definitions = Object.entries(definitionsOf(root));
    const left = definitions.filter(([name]) => used.includes(`"$ref":${JSON.stringify(`#/$defs/${name}`)}`));
    if (left.length === definitions.length) return;
    root["$defs"] = Object.fromEntries(left);
  }
};

const commonest = (words: readonly string[]): string =>
  [...words].sort((x, y) => count(words, y) - count(words, x))[0]!;

const count = (words: readonly string[], word: string): number => words.filter((one) => one === word).length;
