/** Rung 1: only what grammars of all servers take. Unions are `anyOf`, names are plain, the root is an object. */
import { definitionsOf, rebuild, referenceOf, referTo, type Schema } from "./walk.js";

export const plain = (root: Schema): Schema => withPlainNames(withObjectRoot(rebuild(root, simplified)));

const simplified = (schema: Schema): Schema => {
  const result: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "oneOf") result["anyOf"] = value;
    else if (key === "const") result["enum"] = [value];
    else if (!isRefused(key, schema)) result[key] = value;
  }
  return result;
};

const isRefused = (key: string, schema: Schema): boolean => {
  if (key.startsWith("x-") || REFUSED.has(key)) return true;
  if (key === "pattern") return !isGrammatical(schema);
  // xgrammar takes a pattern or a length, and llama.cpp unrolls long ones into its grammar
  const bounded = key === "minLength" || key === "maxLength";
  return bounded && (isGrammatical(schema) || Number(schema[key]) > 2_000);
};

/** A pattern that is not anchored is ignored by some servers and refused by others. */
const isGrammatical = (schema: Schema): boolean =>
  typeof schema["pattern"] === "string" && /^\^.*\$$/.test(schema["pattern"]);

const REFUSED = new Set([
  ...["discriminator", "$schema", "$id", "$comment", "format", "multipleOf", "uniqueItems", "default", "examples"],
  ...["propertyNames", "contains", "minContains", "maxContains", "contentMediaType", "contentEncoding"],
]);

/** OpenAI takes no union and no reference at the top, not even where it is not strict. */
const withObjectRoot = (root: Schema): Schema => {
  const { $defs, ...own } = root;
  const definitions = $defs === undefined ? {} : { $defs };
  const name = referenceOf(own);
  const target = name === null ? undefined : definitionsOf(root)[name];
  if (target !== undefined && target["type"] === "object") return { ...target, ...definitions };
  if (own["type"] === "object" && !["anyOf", "allOf", "enum", "not"].some((key) => key in own)) return root;
  const properties = { [VALUE]: own };
  return { type: "object", properties, required: [VALUE], additionalProperties: false, ...definitions };
};

/** The harness unwraps a single member it does not know. */
const VALUE = "value";

/** Servers that do not unescape JSON pointers cannot follow `Page<Item>`. */
const withPlainNames = (root: Schema): Schema => {
  const taken = new Set<string>();
  const names = new Map(Object.keys(definitionsOf(root)).map((name) => [name, unused(spelt(name), taken)]));
  const { $defs: _, ...own } = root;
  const renamed = (schema: Schema): Schema => {
    const name = referenceOf(schema);
    return name === null ? schema : { ...schema, $ref: referTo(names.get(name) ?? name) };
  };
  if (names.size === 0) return own;
  const definitions = Object.entries(definitionsOf(root)).map(([name, one]) => [
    names.get(name),
    rebuild(one, renamed),
  ]);
  return { ...rebuild(own, renamed), $defs: Object.fromEntries(definitions) };
};

const spelt = (name: string): string => decoded(name).replace(/[^A-Za-z0-9_.-]+/g, "_");

const decoded = (name: string): string => name.replaceAll("~1", "/").replaceAll("~0", "~");

const unused = (name: string, taken: Set<string>): string => {
  let free = name;
  for (let n = 2; taken.has(free); ++n) free = `${name}${n}`;
  taken.add(free);
  return free;
};
