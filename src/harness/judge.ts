/** Judges an answer item by item: its shape, its names, its meaning, the compiler's verdict. */
import { type Diagnostic, nearest } from "../base/diagnostic.js";
import { pathOf, type Segment } from "../base/json-path.js";
import type { Task } from "../base/task.js";
import { judgeMeaning } from "./meaning.js";
import { itemOf, partOf } from "./part.js";
import { propertiesOf, requiredOf, type Schema, stepsOf } from "./schema-walk.js";

export interface Verdict {
  /** Item (`columns[3]`, `plan`) → what is wrong with it. */
  bad: Map<string, Diagnostic[]>;
  /** What is wrong with no single item: an obligation nobody serves, say. */
  whole: Diagnostic[];
  /** Required members that are not there: what came was cut. */
  missing: string[];
  /** All of it, in the order found. */
  diagnostics: Diagnostic[];
}

export type Value = Record<string, unknown>;

/** `compile: false` judges cheaply, for an answer that was accepted before. */
export const judge = async (
  task: Task,
  value: Value,
  options: { compile: boolean; partial: boolean } = { compile: true, partial: false },
): Promise<Verdict> => {
  const verdict: Verdict = { bad: new Map(), whole: [], missing: missingOf(task, value), diagnostics: [] };
  const filled = withEmptyLists(task, value, verdict.missing);
  for (const diagnostic of [...shape(task, filled), ...names(task, filled)]) file(diagnostic, filled, verdict);
  for (const key of verdict.missing) {
    const cut = isList(task, key) ? "ANSWER.CUT" : "ANSWER.MISSING";
    verdict.diagnostics.push({ code: cut, path: `$input.${key}`, message: `${key} is missing.` });
  }
  const isPartial = options.partial || verdict.missing.length > 0;
  const wrong = verdict.diagnostics.map(({ path }) => path);
  for (const one of judgeMeaning(task, filled, wrong))
    if (!isPartial || itemOf(one.path, filled) !== null) file(one, filled, verdict);
  if (options.compile && task.compile !== undefined) {
    // an obligation may be served by what is still missing or bad: whether it is comes out once that is right
    const isWhole = !isPartial && verdict.bad.size === 0;
    const { part, back } = partOf(filled, (item) => verdict.bad.has(item));
    if (task.function.validate(part).success)
      for (const one of await task.compile(part)) {
        const original = { ...one, path: back(one.path) };
        if (isWhole || itemOf(original.path, filled) !== null) file(original, filled, verdict);
      }
  }
  return verdict;
};

/** Files a finding under the item it is about. */
export const file = (diagnostic: Diagnostic, value: Value, verdict: Verdict): void => {
  const item = itemOf(diagnostic.path, value);
  verdict.diagnostics.push(diagnostic);
  if (item === null) verdict.whole.push(diagnostic);
  else verdict.bad.set(item, [...(verdict.bad.get(item) ?? []), diagnostic]);
};

const shape = (task: Task, value: Value): Diagnostic[] => {
  const verdict = task.function.validate(value);
  if (verdict.success) return [];
  return verdict.errors.map(({ path, expected, value: found }) => ({
    code: found === undefined ? "ANSWER.MISSING" : "ANSWER.WRONG_SHAPE",
    path,
    message: `${found === undefined ? "missing; expected" : "expected"} ${expected.slice(0, 200)}`,
  }));
};

/** typia knows the types, not the names of this call. */
const names = (task: Task, value: Value): Diagnostic[] =>
  Object.entries(task.enums).flatMap(([path, allowed]) =>
    reach(value, stepsOf(path), []).flatMap(({ at, found }) =>
      typeof found !== "string" || allowed.includes(found)
        ? []
        : [
            {
              code: "ANSWER.UNKNOWN_NAME",
              path: pathOf(at),
              message: `unknown name; nearest: ${nearest(found, allowed)}`,
            },
          ],
    ),
  );

const reach = (value: unknown, steps: readonly string[], at: Segment[]): { at: Segment[]; found: unknown }[] => {
  const [step, ...rest] = steps;
  if (step === undefined) return [{ at, found: value }];
  if (step === "[]") return Array.isArray(value) ? value.flatMap((one, i) => reach(one, rest, [...at, i])) : [];
  if (value === null || typeof value !== "object" || !Object.hasOwn(value, step)) return [];
  return reach((value as Value)[step], rest, [...at, step]);
};

const withEmptyLists = (task: Task, value: Value, missing: readonly string[]): Value => ({
  ...value,
  ...Object.fromEntries(missing.filter((key) => isList(task, key)).map((key) => [key, []])),
});

const missingOf = (task: Task, value: Value): string[] =>
  requiredOf(task.function.parameters as Schema).filter((key) => value[key] === undefined);

export const isList = (task: Task, key: string): boolean =>
  propertiesOf(task.function.parameters as Schema)?.[key]?.["type"] === "array";
