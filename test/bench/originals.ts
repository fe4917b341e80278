/** Valid answers to our functions: what was accepted in the recorded run, and full functions printed from the library. */
import { readFileSync } from "node:fs";
import { canonical } from "../../src/base/canonical.js";
import type { JournalEntry } from "../../src/base/journal.js";
import type { ModelFunction } from "../../src/base/task.js";
import { mend } from "../../src/harness/mend.js";
import {
  analyzeFunctions,
  databaseFunctions,
  fullInterfaceFunctions,
  fullTestFunctions,
  interfaceFunctions,
  realizeFunctions,
  testFunctions,
} from "../../src/index.js";
import { deriveTest } from "../../src/phases/4-test/derive/derive.js";
import { libraryAnalysis, libraryDatabase, libraryDocument } from "../library/library.js";
import type { Chance } from "./chance.js";

export type Value = Record<string, unknown>;

export interface Original {
  fn: ModelFunction<object>;
  value: Value;
}

const FUNCTIONS = [
  analyzeFunctions,
  databaseFunctions,
  interfaceFunctions,
  testFunctions,
  realizeFunctions,
  fullInterfaceFunctions,
  fullTestFunctions,
].flatMap(({ functions }) => functions as unknown as ModelFunction<object>[]);

export const functionNamed = (name: string): ModelFunction<object> => FUNCTIONS.find((one) => one.name === name)!;

export const readJournal = (): JournalEntry[] =>
  readFileSync(new URL("../../examples/todo/journal.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as JournalEntry);

/** The function of a task is the one that its reply called. */
export const recordedOriginals = (): Original[] => {
  const entries = readJournal();
  return entries.flatMap((entry) => {
    if (entry.kind !== "accepted" || entry.answer === null) return [];
    const asked = entries.find((one) => one.kind === "attempt" && one.task === entry.task);
    const fn = asked?.kind === "attempt" ? functionNamed(asked.reply.calls[0]!.name) : undefined;
    return fn === undefined ? [] : [{ fn, value: entry.answer as Value }];
  });
};

/** Expressions and schemas, which the flat functions do not have. */
export const fullOriginals = (): Original[] => {
  const document = libraryDocument();
  const { functions } = deriveTest(libraryAnalysis(), libraryDatabase(), document);
  return [
    ...functions.map((value) => ({ fn: functionNamed("writeFunction"), value: plain(value) })),
    ...Object.entries(document.components.schemas).map(([name, schema]) => ({
      fn: functionNamed("writeSchema"),
      value: plain({ name, description: String((schema as { description?: string }).description ?? name), schema }),
    })),
  ]
    .map(({ fn, value }) => ({ fn, value: mend(value, fn.parameters, []) })) // without what only derived ASTs have
    .filter(({ fn, value }) => fn.validate(value).success);
};

const plain = (value: unknown): Value => JSON.parse(JSON.stringify(value)) as Value;

/** The same answer with fewer items and other words in it; still valid. */
export const vary = ({ fn, value }: Original, chance: Chance, seasoning: string | null): Original | null => {
  const fewer = chance.happens(0.7) ? thin(value, chance) : value;
  const base = fn.validate(fewer).success ? fewer : value;
  if (seasoning === null) return { fn, value: base };
  for (const path of chance.shuffle(textsOf(base, [])).slice(0, 40)) {
    const next = structuredClone(base);
    const text = at(next, path) as string;
    const words = text.split(" ");
    words.splice(chance.below(words.length + 1), chance.happens(0.3) ? 1 : 0, seasoning);
    put(next, path, words.join(" "));
    if (fn.validate(next).success && canonical(next) !== canonical(base)) return { fn, value: next };
  }
  return null;
};

const thin = (value: Value, chance: Chance): Value => {
  const share = 0.2 + chance.next() * 0.8;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      Array.isArray(member) ? member.filter((_, i) => i === 0 || chance.happens(share)) : member,
    ]),
  );
};

type Path = (string | number)[];

/** Paths of texts long enough to be prose. */
const textsOf = (value: unknown, path: Path): Path[] => {
  if (typeof value === "string") return value.includes(" ") ? [path] : [];
  if (value === null || typeof value !== "object") return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((one, i) => [i, one])
    : Object.entries(value);
  return entries.flatMap(([key, one]) => textsOf(one, [...path, key]));
};

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((one, key) => (one as Record<string | number, unknown>)[key], value);

const put = (value: unknown, path: Path, next: unknown): void => {
  (at(value, path.slice(0, -1)) as Record<string | number, unknown>)[path.at(-1)!] = next;
};
