/** The alternatives a schema leaves open at a position, and which of them a value can only mean. */
import { fold } from "./fold.js";
import { propertiesOf, requiredOf, resolve, type Schema } from "./schema-walk.js";

export type Kind = "null" | "boolean" | "number" | "string" | "array" | "object";

/** What may stand at a position. */
export interface Position {
  /** All alternatives, references and unions resolved. */
  variants: Schema[];
  /** Those of them that are objects. */
  objects: Schema[];
  kinds: ReadonlySet<Kind>;
  /** The texts that may stand there; null where any may, or none. */
  names: ReadonlySet<string> | null;
  /** The member by which objects tell what they are, and the object each of its values means. */
  discriminator: { property: string; meant: ReadonlyMap<string, readonly Schema[]> } | null;
}

const KNOWN = new WeakMap<Schema, Position>();

export const positionOf = (schema: Schema, root: Schema): Position => {
  const known = KNOWN.get(schema);
  if (known !== undefined) return known;
  const variants = alternatives(schema, root);
  const objects = variants.filter((one) => kindOfSchema(one) === "object");
  const kinds = new Set(variants.flatMap(kindsOfSchema));
  const position: Position = {
    variants,
    objects,
    kinds,
    names: namesOf(variants),
    discriminator: objects.length > 1 ? discriminate(objects, root) : null,
  };
  KNOWN.set(schema, position);
  return position;
};

const namesOf = (variants: readonly Schema[]): ReadonlySet<string> | null => {
  const names = variants.flatMap((one) =>
    Array.isArray(one["enum"]) ? one["enum"] : one["type"] === "string" ? [null] : [],
  );
  return names.length > 0 && names.every((name) => typeof name === "string") ? new Set(names) : null;
};

export const kindOf = (value: unknown): Kind =>
  value === null ? "null" : Array.isArray(value) ? "array" : (typeof value as Kind);

/** The one object schema that a record can mean, and its discriminator where it had to be completed; null where several can. */
export const objectMeant = (
  value: Schema,
  { objects, discriminator }: Position,
  root: Schema,
): { schema: Schema; completed: [string, string] | null } | null => {
  if (objects.length <= 1) return objects.length === 0 ? null : { schema: objects[0]!, completed: null };
  if (discriminator === null) return null;
  const { property, meant } = discriminator;
  const exact = meant.get(value[property] as string);
  if (exact?.length === 1 && Object.hasOwn(value, property)) return { schema: exact[0]!, completed: null };
  const said = Object.hasOwn(value, property) ? fold(String(value[property]), [...meant.keys()]) : undefined;
  if (said === null) return null;
  const open = said === undefined ? objects : meant.get(said)!;
  const fitting = open.length === 1 ? open : open.filter((one) => fits(value, one, property, root));
  if (fitting.length !== 1) return null;
  const name = said ?? [...meant].find(([, all]) => all.includes(fitting[0]!))?.[0];
  return { schema: fitting[0]!, completed: name === undefined || value[property] === name ? null : [property, name] };
};

/** Whether a record, its discriminator aside, has the keys of a variant, with values of the right kinds. */
const fits = (value: Schema, variant: Schema, property: string, root: Schema): boolean => {
  const properties = propertiesOf(variant) ?? {};
  return (
    requiredOf(variant).every((key) => key === property || Object.hasOwn(value, key)) &&
    Object.entries(value).every(
      ([key, member]) =>
        key === property ||
        (Object.hasOwn(properties, key) && positionOf(properties[key]!, root).kinds.has(kindOf(member))),
    )
  );
};

const alternatives = (schema: Schema, root: Schema, depth = 0): Schema[] => {
  const meant = resolve(schema, root);
  const union = (meant["anyOf"] ?? meant["oneOf"]) as Schema[] | undefined;
  if (union === undefined || depth > 5) return [meant];
  return union.flatMap((one) => alternatives(one, root, depth + 1));
};

const kindOfSchema = (schema: Schema): Kind | null => kindsOfSchema(schema)[0] ?? null;

const EVERY: Kind[] = ["null", "boolean", "number", "string", "array", "object"];

const kindsOfSchema = (schema: Schema): Kind[] => {
  const type = schema["type"];
  if (type === "integer") return ["number"];
  if (typeof type === "string") return [type as Kind];
  if (Array.isArray(type)) return type.map((one) => (one === "integer" ? "number" : one) as Kind);
  const listed = "const" in schema ? [schema["const"]] : (schema["enum"] as unknown[] | undefined);
  if (listed !== undefined) return [...new Set(listed.map(kindOf))];
  return propertiesOf(schema) !== null ? ["object"] : EVERY;
};

/** The property whose fixed texts tell most of the variants apart; some may do without. */
const discriminate = (objects: readonly Schema[], root: Schema): Position["discriminator"] => {
  const names = new Set(objects.flatMap((one) => Object.keys(propertiesOf(one) ?? {})));
  let best: Position["discriminator"] = null;
  let most = 1;
  for (const property of names) {
    const meant = new Map<string, Schema[]>();
    for (const one of objects)
      for (const text of fixedTexts(propertiesOf(one)?.[property], root))
        meant.set(text, [...(meant.get(text) ?? []), one]);
    const told = new Set([...meant.values()].flat()).size;
    if (meant.size < 2 || told <= most) continue;
    most = told;
    best = { property, meant };
  }
  return best;
};

const fixedTexts = (schema: Schema | undefined, root: Schema): string[] => {
  if (schema === undefined) return [];
  const meant = resolve(schema, root);
  if (typeof meant["const"] === "string") return [meant["const"]];
  const listed = meant["enum"];
  return Array.isArray(listed) && listed.length <= 2 ? listed.filter((one) => typeof one === "string") : [];
};
