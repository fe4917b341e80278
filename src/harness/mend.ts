/** Mends an answer before it is judged, only where there is one way to read it. */
import { canonical } from "../base/canonical.js";
import { coerce } from "./coerce.js";
import { fold } from "./fold.js";
import { literalOf } from "./literals.js";
import { propertiesOf, requiredOf, type Schema } from "./schema-walk.js";
import { kindOf, objectMeant, type Position, positionOf } from "./variants.js";

/** Leaves the answer alone and shares with it what is right; `schema` is the narrowed one, whose enums hold the names of this call. */
export const mend = (
  answer: Record<string, unknown>,
  schema: Schema,
  lists: readonly string[],
): Record<string, unknown> => {
  const value = { ...(walk(answer, schema, schema) as Record<string, unknown>) };
  // A list whose items have no identity is a sequence: in it the same thing may well come twice.
  for (const key of lists) if (Array.isArray(value[key])) value[key] = withoutEquals(value[key]);
  return shortenPlan(value, schema);
};

const walk = (given: unknown, schema: Schema, root: Schema): unknown => {
  const position = positionOf(schema, root);
  const value = coerce(given, position);
  switch (kindOf(value)) {
    case "string":
      return foldName(value as string, position);
    case "array":
      return walkList(value as unknown[], position, root);
    case "object":
      return walkRecord(value as Schema, position, root);
    default:
      return value;
  }
};

const walkList = (list: unknown[], { variants }: Position, root: Schema): unknown => {
  const lists = variants.length === 1 ? variants : variants.filter((one) => one["type"] === "array");
  const items = lists.length === 1 ? (lists[0]!["items"] as Schema | undefined) : undefined;
  if (items === undefined) return list;
  const walked = list.map((item) => walk(item, items, root));
  return walked.every((item, i) => item === list[i]) ? list : walked;
};

/** Completes what the record is, drops unknown keys or folds them to a missing one, and leaves out a null that may not stand. */
const walkRecord = (value: Schema, position: Position, root: Schema): unknown => {
  const meant = objectMeant(value, position, root);
  if (meant === null) {
    const literal = isPlain(value, position) ? literalOf(value, position) : null;
    return literal === null ? value : walkRecord(literal, position, root);
  }
  const { schema, completed } = meant;
  const properties = propertiesOf(schema) ?? {};
  const others = typeof schema["additionalProperties"] === "object" ? (schema["additionalProperties"] as Schema) : null;
  if (propertiesOf(schema) === null && others === null) return value;
  const known = others === null ? renamed(value, schema, properties) : value;
  const result = walkMembers(
    known,
    (key) => (Object.hasOwn(properties, key) ? properties[key]! : others),
    schema,
    root,
  );
  return completed === null ? result : { [completed[0]]: completed[1], ...result, [completed[0]]: completed[1] };
};

/** The same record where nothing changes in it. */
const walkMembers = (value: Schema, schemaOf: (key: string) => Schema | null, schema: Schema, root: Schema): Schema => {
  let members: [string, unknown][] | null = null;
  const keys = Object.keys(value);
  for (const [i, key] of keys.entries()) {
    const inside = schemaOf(key);
    const member = value[key];
    const next =
      inside === null ? member : isAbsent(member, key, inside, schema, root) ? ABSENT : walk(member, inside, root);
    if (members === null && next === member) continue;
    members ??= keys.slice(0, i).map((one) => [one, value[one]]);
    if (next !== ABSENT) members.push([key, next]);
  }
  return members === null ? value : Object.fromEntries(members);
};

const ABSENT = Symbol("absent");

/** Null for an optional member that takes none. */
const isAbsent = (member: unknown, key: string, inside: Schema, schema: Schema, root: Schema): boolean => {
  if (member !== null || requiredOf(schema).includes(key)) return false;
  const position = positionOf(inside, root);
  return !position.kinds.has("null") && literalOf(member, position) === null;
};

/** A record that is none of the alternatives, however its discriminator is read: plain data. */
const isPlain = (value: Schema, position: Position): boolean => {
  if (position.discriminator === null) return false;
  const { [position.discriminator.property]: name, ...rest } = value;
  const keys = Object.keys(rest);
  return (
    (name === undefined || typeof name === "string") &&
    !position.variants.some((one) => {
      const properties = Object.keys(propertiesOf(one) ?? {});
      return keys.length === 0 || keys.every((key) => properties.includes(key));
    })
  );
};

const foldName = (value: string, { names }: Position): string =>
  names === null || names.has(value) ? value : (fold(value, [...names]) ?? value);

const renamed = (value: Schema, schema: Schema, properties: Record<string, Schema>): Schema => {
  if (typeof schema["additionalProperties"] === "object") return value;
  if (Object.keys(value).every((key) => Object.hasOwn(properties, key))) return value;
  const members: [string, unknown][] = [];
  const missing = requiredOf(schema).filter((key) => value[key] === undefined);
  for (const [key, member] of Object.entries(value)) {
    if (Object.hasOwn(properties, key)) members.push([key, member]);
    else {
      const meant = fold(key, missing);
      if (meant !== null && !members.some(([one]) => one === meant)) members.push([meant, member]);
    }
  }
  return Object.fromEntries(members);
};

const withoutEquals = (list: readonly unknown[]): unknown[] => {
  const seen = new Set<string>();
  return list.filter((item) => {
    const text = canonical(item);
    return seen.has(text) ? false : seen.add(text);
  });
};

/** `plan` is thinking aloud that nobody reads again: too long is no reason to ask again. */
const shortenPlan = (value: Record<string, unknown>, schema: Schema): Record<string, unknown> => {
  const plan = value["plan"];
  const most = propertiesOf(schema)?.["plan"]?.["maxLength"];
  return typeof plan === "string" && typeof most === "number" && plan.length > most
    ? { ...value, plan: plan.slice(0, most) }
    : value;
};
