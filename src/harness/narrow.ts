/** Puts the names that exist in this call into the function's schema as enums, so that a wrong one cannot be said. */
import { canonical } from "../base/canonical.js";
import type { ChatFunction } from "../base/endpoint.js";
import { Bug } from "../base/mishap.js";
import { orderedSchema } from "../base/ordered-schema.js";
import type { ModelFunction } from "../base/task.js";
import { appendKnown, knownNames, prune } from "./known-names.js";
import {
  definitionsOf,
  nameOfReference,
  propertiesOf,
  requiredOf,
  resolve,
  type Schema,
  stepsOf,
} from "./schema-walk.js";

/** Enum paths look like `columns[].table`, `remove[]` or `columns[].rules[]`; one that leads nowhere is a Bug. */
export const narrow = (
  fn: Pick<ModelFunction<object>, "name" | "description" | "parameters">,
  enums: Record<string, readonly string[]>,
): ChatFunction => {
  const root = JSON.parse(JSON.stringify(orderedSchema(fn.parameters))) as Schema; // no part is shared in it
  const shared = knownNames(enums);
  for (const [path, names] of Object.entries(enums)) {
    const place = locate(root, stepsOf(path), path);
    if (names.length === 0) forbid(place);
    else place.put(shared.get(canonical(names)) ?? { type: "string", enum: [...names] });
  }
  prune(root);
  appendKnown(root, enums, shared);
  return { name: fn.name, description: fn.description, parameters: root };
};

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
    const inside = (holder as Record<string | number, Schema>)[key]!;
    const meant = resolve(inside, root);
    at = meant === inside || isScalar(meant) ? meant : ownDefinition(root, holder, key);
    nullable = null;
    put = (next) => {
      const description = inside["description"] ?? meant["description"];
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

/** A scalar is replaced where it is referred to; only what is passed through needs a copy of its own. */
const isScalar = (schema: Schema): boolean => !("properties" in schema || "items" in schema || "anyOf" in schema);

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
