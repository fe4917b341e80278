/** Rungs 3 and 4: definitions written out where they are referred to, for servers that follow no reference. */
import { definitionsOf, pruned, referenceOf, type Schema, subschemas, withChildren } from "./walk.js";

/** Writes out every definition that does not contain itself. */
export const inlined = (root: Schema): Schema => {
  const definitions = definitionsOf(root);
  const recursive = recursiveIn(definitions);
  const write = (schema: Schema): Schema => {
    const name = referenceOf(schema);
    if (name === null || recursive.has(name)) return withChildren(closed(schema), write);
    return write(meant(schema, definitions[name]));
  };
  return pruned(write(root));
};

/** Writes out recursive definitions too, as deep as fits; what lies deeper may be anything. */
export const unrolled = (root: Schema): Schema => {
  for (let depth = DEEPEST; depth > 0; --depth) {
    const schema = unrolledTo(root, depth);
    if (schema !== null) return schema;
  }
  return unrolledTo(root, 0)!;
};

/** Steps from a recursive definition to the next. */
const DEEPEST = 6;
/** Most definitions written out, and characters: a schema stays far below any window. */
const MOST = 800;
const LONGEST = 40_000;

/** Null where it would outgrow the limit. */
const unrolledTo = (root: Schema, depth: number): Schema | null => {
  const definitions = definitionsOf(root);
  const recursive = recursiveIn(definitions);
  let written = 0;
  const write = (schema: Schema, steps: number): Schema => {
    const name = referenceOf(schema);
    if (name === null) return withChildren(closed(schema), (child) => write(child, steps));
    if (recursive.has(name) && steps >= depth) return {};
    if (++written > MOST) return {};
    return write(meant(schema, definitions[name]), recursive.has(name) ? steps + 1 : steps);
  };
  const { $defs: _, ...own } = root;
  const schema = write(own, 0);
  return depth > 0 && (written > MOST || JSON.stringify(schema).length > LONGEST) ? null : schema;
};

/** What is said beside a reference outweighs what the definition says. */
const meant = ({ $ref: _, ...beside }: Schema, target: Schema = {}): Schema => ({ ...target, ...beside });

/** Gemini knows no `additionalProperties`; that nothing else belongs in an object, validation knows. */
const closed = (schema: Schema): Schema => {
  if (schema["additionalProperties"] === undefined || typeof schema["additionalProperties"] === "object") return schema;
  const { additionalProperties: _, ...open } = schema;
  return open;
};

/** Definitions from which a way leads back to themselves. */
const recursiveIn = (definitions: Record<string, Schema>): Set<string> => {
  const next = new Map(
    Object.entries(definitions).map(([name, schema]) => [
      name,
      subschemas(schema).flatMap((one) => referenceOf(one) ?? []),
    ]),
  );
  const leadsBack = (start: string): boolean => {
    const seen = new Set<string>();
    const open = [...(next.get(start) ?? [])];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === start) return true;
      if (seen.has(at)) continue;
      seen.add(at);
      open.push(...(next.get(at) ?? []));
    }
    return false;
  };
  return new Set([...next.keys()].filter(leadsBack));
};
