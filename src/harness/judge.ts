/** Judges an answer item by item: its shape, its names, its meaning, the compiler's verdict. */
import { type Diagnostic, nearest } from "../base/diagnostic.js";
import { pathOf, type Segment, segmentsOf } from "../base/json-path.js";
import type { Task } from "../base/task.js";
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
  const judgeMeaning = async (rule: (answer: object) => Diagnostic[] | Promise<Diagnostic[]>): Promise<void> => {
    const { part, back } = goodPart(task, filled, verdict);
    if (part === null) return;
    // an obligation may be served by what is still missing or bad: whether it is comes out once that is right
    const partial = options.partial || verdict.missing.length > 0 || verdict.bad.size > 0;
    for (const { code, path, message } of await rule(part)) {
      const original = { code, path: back(path), message };
      if (!partial || itemOf(original.path, filled) !== null) file(original, filled, verdict);
    }
  };
  await judgeMeaning((answer) => task.check(answer));
  if (options.compile && task.compile !== undefined) await judgeMeaning((answer) => task.compile!(answer));
  return verdict;
};

/** The item a path leads into, or null where it names a list or the answer as a whole. */
export const itemOf = (path: string, value: Value): string | null => {
  const [key, index] = segmentsOf(path);
  if (typeof key !== "string") return null;
  if (!Array.isArray(value[key])) return Object.hasOwn(value, key) ? key : null;
  return typeof index === "number" && index < value[key].length ? `${key}[${index}]` : null;
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

/** The answer without its bad items, and the way back from its paths; null where a scalar is bad. */
const goodPart = (
  task: Task,
  value: Value,
  verdict: Verdict,
): { part: Value | null; back: (path: string) => string } => {
  const part: Value = {};
  const kept = new Map<string, number[]>();
  for (const [key, member] of Object.entries(value))
    if (Array.isArray(member)) {
      const indices = member.map((_, i) => i).filter((i) => !verdict.bad.has(`${key}[${i}]`));
      kept.set(key, indices);
      part[key] = indices.map((i) => member[i]);
    } else part[key] = member;
  const back = (path: string): string => {
    const [key, index, ...rest] = segmentsOf(path);
    const original = typeof index === "number" ? kept.get(String(key))?.[index] : undefined;
    return original === undefined ? path : pathOf([key!, original, ...rest]);
  };
  return { part: task.function.validate(part).success ? part : null, back };
};

const withEmptyLists = (task: Task, value: Value, missing: readonly string[]): Value => ({
  ...value,
  ...Object.fromEntries(missing.filter((key) => isList(task, key)).map((key) => [key, []])),
});

const missingOf = (task: Task, value: Value): string[] =>
  requiredOf(task.function.parameters as Schema).filter((key) => value[key] === undefined);

export const isList = (task: Task, key: string): boolean =>
  propertiesOf(task.function.parameters as Schema)?.[key]?.["type"] === "array";
