/** A JSON Schema in an order of its own: TypeScript hands out the members of a union in whichever order it met them. */

/** Sorts enums, alternatives and definitions, which mean the same in any order; properties keep theirs. */
export const orderedSchema = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(orderedSchema);
  if (schema === null || typeof schema !== "object") return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === "enum" && Array.isArray(value)) return [key, [...value].sort()];
      const inner = orderedSchema(value);
      if (UNIONS.includes(key) && Array.isArray(inner)) return [key, sortedByText(inner)];
      return [key, BAGS.includes(key) ? sortedByKey(inner) : inner];
    }),
  );
};

const UNIONS = ["anyOf", "oneOf"];
const BAGS = ["$defs", "mapping"];

const sortedByText = (values: unknown[]): unknown[] => {
  const texts = new Map(values.map((value) => [value, JSON.stringify(value)]));
  return [...values].sort((x, y) => (texts.get(x)! < texts.get(y)! ? -1 : 1));
};

const sortedByKey = (bag: unknown): unknown =>
  bag === null || typeof bag !== "object" || Array.isArray(bag)
    ? bag
    : Object.fromEntries(Object.entries(bag).sort(([x], [y]) => (x < y ? -1 : 1)));
