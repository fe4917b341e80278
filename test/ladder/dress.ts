/** Answers as a model would give them to a schema of some rung. */
import { JSON_MEMBER, type Rung } from "../../src/io/endpoint/ladder.js";
import type { Loose } from "../fake-endpoint.js";

/** Strict mode has every member required: what is absent is said to be null. */
export const withNulls = (value: Loose, schema: Loose, root: Loose): Loose => {
  const meant = schema.$ref === undefined ? schema : root.$defs[schema.$ref.slice("#/$defs/".length)];
  if (meant.anyOf !== undefined) {
    const variant = meant.anyOf.find((one: Loose) => isFor(value, one, root));
    return variant === undefined ? value : withNulls(value, variant, root);
  }
  if (Array.isArray(value)) return value.map((one) => withNulls(one, meant.items ?? {}, root));
  if (value === null || typeof value !== "object" || meant.properties === undefined) return value;
  const absent = (meant.required ?? []).filter((key: string) => value[key] === undefined);
  const given = Object.entries(value).map(([key, one]) => [
    key,
    withNulls(one, meant.properties[key] ?? othersOf(meant), root),
  ]);
  return Object.fromEntries([...given, ...absent.map((key: string) => [key, null])]);
};

const othersOf = ({ additionalProperties }: Loose): Loose =>
  typeof additionalProperties === "object" ? additionalProperties : {};

const isFor = (value: Loose, schema: Loose, root: Loose): boolean => {
  const meant = schema.$ref === undefined ? schema : root.$defs[schema.$ref.slice("#/$defs/".length)];
  if (meant.anyOf !== undefined) return meant.anyOf.some((one: Loose) => isFor(value, one, root));
  if (value === null) return meant.type === "null";
  if (Array.isArray(value)) return meant.type === "array";
  if (typeof value !== "object")
    return meant.type === typeof value || (meant.type === "integer" && typeof value === "number");
  const properties = meant.properties ?? {};
  const known = Object.keys(properties).length === 0 || Object.keys(value).every((key) => key in properties);
  return meant.type === "object" && known && (properties.type?.enum?.includes(value.type) ?? true);
};

/** The arguments a model sends on a rung. */
export const dressed = (answer: object, schema: Loose, rung: Rung): object => {
  if (rung === 2) return withNulls(answer, schema, schema);
  return rung === 6 ? { [JSON_MEMBER]: JSON.stringify(answer) } : answer;
};
