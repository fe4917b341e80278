/** Puts the names that exist in this call into the function's schema as enums, so that a wrong one cannot be said. */
import { canonical } from "../base/canonical.js";
import type { ChatFunction } from "../base/endpoint.js";
import { Bug } from "../base/mishap.js";
import type { ModelFunction } from "../base/task.js";
import { definitionsOf, nameOfReference, propertiesOf, requiredOf, type Schema } from "./schema-walk.js";

/** Enum paths look like `columns[].table`, `remove[]` or `columns[].rules[]`; one that leads nowhere is a Bug. */
export const narrow = (
  fn: Pick<ModelFunction<object>, "name" | "description" | "parameters">,
  enums: Record<string, readonly string[]>,
): ChatFunction => {
  const root = JSON.parse(JSON.stringify(fn.parameters)) as Schema; // no part is shared in it
  const shared = sharedNames(enums);
  for (const [path, names] of Object.entries(enums)) {
    const place = locate(root, stepsOf(path), path);
    if (names.length === 0) forbid(place);
    else place.put(shared.get(canonical(names)) ?? { type: "string", enum: [...names] });
  }
  appendShared(root, enums, shared);
  return { name: fn.name, description: fn.description, parameters: root };
};

export const stepsOf = (path: string): string[] => path.replaceAll("[]", ".[]").split(".");

interface Place {
  /** Replaces the string schema, keeping its description. */
  put(next: Schema): void;
  /** Union the string stands in beside null, if any. */
  nullable: Schema | null;
  /** Arrays passed on the way, innermost last, and objects' requirement of the last step. */
  arrays: Schema[];
  optional: { owner: Schema; property: string } | null;
}

const locate = (root: Schema, steps: readonly string[], path: string): Place => {
  let at: Schema = root;
  const arrays: Schema[] = [];
  let put: Place["put"] = () => {};
  let nullable: Schema | null = null;
  let optional: Place["optional"] = null;
  const enter = (holder: Schema, key: string | number): void => {
    let inside = (holder as Record<string | number, Schema>)[key]!;
    if (typeof inside["$ref"] === "string") inside = ownDefinition(root, holder, key);
    at = inside;
    nullable = null;
    put = (next) => {
      const { description } = at;
      (holder as Record<string | number, Schema>)[key] = description === undefined ? next : { ...next, description };
    };
    const union = at["anyOf"] as Schema[] | undefined;
    const rest = union?.findIndex((one) => one["type"] !== "null") ?? -1;
    if (union !== undefined && rest >= 0 && union.length <= 2) {
      const outer = at;
      enter(union as unknown as Schema, rest);
      nullable = outer;
    }
  };
  for (const step of steps) {
    if (step === "[]" && at["items"] !== undefined) {
      arrays.push(at);
      optional = null;
      enter(at, "items");
    } else if (propertiesOf(at)?.[step] !== undefined) {
      optional = requiredOf(at).includes(step) ? null : { owner: at, property: step };
      enter(propertiesOf(at)!, step);
    } else throw new Bug(`The enum path ${path} leads nowhere in the schema (at ${step}).`);
  }
  return { put, nullable, arrays, optional };
};

/** Makes a definition that others share too a private copy, so that narrowing it here changes nothing there. */
const ownDefinition = (root: Schema, holder: Schema, key: string | number): Schema => {
  const reference = (holder as Record<string | number, Schema>)[key]!["$ref"] as string;
  const name = nameOfReference(reference);
  const definitions = definitionsOf(root);
  const target = definitions[name];
  if (target === undefined) throw new Bug(`${reference} is not defined.`);
  const uses = JSON.stringify(root).split(`"$ref":${JSON.stringify(reference)}`).length - 1;
  if (uses <= 1) return target;
  let copy = 2;
  while (definitions[`${name}${copy}`] !== undefined) ++copy;
  definitions[`${name}${copy}`] = structuredClone(target);
  (holder as Record<string | number, Schema>)[key] = { $ref: `#/$defs/${name}${copy}` };
  return definitions[`${name}${copy}`]!;
};

/** No name exists: the value may only be null or absent, or the list around it must stay empty. */
const forbid = ({ put, nullable, arrays, optional }: Place): void => {
  const list = arrays.at(-1);
  if (nullable !== null) {
    for (const key of Object.keys(nullable)) if (key !== "description") delete nullable[key];
    nullable["type"] = "null";
  } else if (optional !== null) delete propertiesOf(optional.owner)![optional.property];
  else if (list !== undefined) Object.assign(list, { maxItems: 0, minItems: 0 });
  else put({ type: "string", maxLength: 0 });
};

/** Name lists that occur more than once become definitions, told once and referred to. */
const sharedNames = (enums: Record<string, readonly string[]>): Map<string, Schema> => {
  const places = new Map<string, string[]>();
  for (const [path, names] of Object.entries(enums)) {
    const key = canonical(names);
    places.set(key, [...(places.get(key) ?? []), path]);
  }
  const result = new Map<string, Schema>();
  const taken = new Set<string>();
  for (const [key, paths] of places) {
    if (paths.length < 2 || key === "[]") continue;
    const word = stepsOf(paths[0]!).findLast((step) => step !== "[]") ?? "name";
    let name = `Known${word[0]!.toUpperCase()}${word.slice(1)}`;
    while (taken.has(name)) name += "2";
    taken.add(name);
    result.set(key, { $ref: `#/$defs/${name}` });
  }
  return result;
};

/** Definitions of names go last: what is constant stays in front, where prompt caches find it. */
const appendShared = (
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
