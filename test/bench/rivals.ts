/** What others make of the same texts: a parser or repairer each, and one and the same validator behind them. */
import { parsePartialJson } from "ai";
import { Ajv, type ValidateFunction } from "ajv";
import { jsonrepair } from "jsonrepair";
import { parse as parsePartial } from "partial-json";
import type { ModelFunction } from "../../src/base/task.js";

/** Answers the first valid value among the texts, or undefined. */
export type Rival = (texts: readonly string[], fn: ModelFunction<object>) => Promise<unknown>;

export const RIVALS: Record<string, Rival> = {
  "JSON.parse + ajv": (texts, fn) => firstValid(texts, fn, JSON.parse),
  "jsonrepair + ajv": (texts, fn) => firstValid(texts, fn, (text) => strictly(text) ?? JSON.parse(jsonrepair(text))),
  "partial-json + ajv": (texts, fn) => firstValid(texts, fn, (text) => strictly(text) ?? parsePartial(text)),
  "ai parsePartialJson + ajv": (texts, fn) =>
    firstValid(texts, fn, async (text) => (await parsePartialJson(text)).value),
  "typia LlmJson": (texts, fn) => firstTypia(texts, fn),
};

const firstValid = async (
  texts: readonly string[],
  fn: ModelFunction<object>,
  read: (text: string) => unknown,
): Promise<unknown> => {
  const validate = validatorOf(fn);
  for (const text of texts) {
    const value = await attempt(() => read(text));
    if (value !== undefined && validate(value)) return value;
  }
  return undefined;
};

/** It coerces by the schema too, and has a validator of its own. */
const firstTypia = async (texts: readonly string[], fn: ModelFunction<object>): Promise<unknown> => {
  for (const text of texts) {
    const read = fn.parse(text);
    if (read.success && fn.validate(read.data).success) return read.data;
  }
  return undefined;
};

const ajv = new Ajv({ strict: false, allErrors: false });
const VALIDATORS = new Map<string, ValidateFunction>();

const validatorOf = (fn: ModelFunction<object>): ValidateFunction => {
  const known = VALIDATORS.get(fn.name) ?? ajv.compile(fn.parameters);
  VALIDATORS.set(fn.name, known);
  return known;
};

const strictly = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const attempt = async (read: () => unknown): Promise<unknown> => {
  try {
    return await read();
  } catch {
    return undefined;
  }
};
