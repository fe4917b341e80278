/** Plain JSON where an expression is expected: it can only mean the literal of itself. */
import { type Kind, kindOf, type Position } from "./variants.js";

/** Kind of value → discriminator of the expression that says it, and the member that holds it. */
const LITERALS: Record<Kind, { type: string; member: string | null }> = {
  null: { type: "nullLiteral", member: null },
  boolean: { type: "booleanLiteral", member: "value" },
  number: { type: "numericLiteral", member: "value" },
  string: { type: "stringLiteral", member: "value" },
  array: { type: "arrayLiteralExpression", member: "elements" },
  object: { type: "objectLiteralExpression", member: "properties" },
};

/** Null where no expression is expected. */
export const literalOf = (value: unknown, { discriminator }: Position): Record<string, unknown> | null => {
  if (discriminator === null) return null;
  const isExpected = Object.values(LITERALS).every(({ type }) => discriminator.meant.has(type));
  if (!isExpected) return null;
  const kind = kindOf(value);
  const { type, member } = LITERALS[kind];
  const content =
    kind === "object" ? Object.entries(value as object).map(([name, one]) => ({ name, value: one })) : value;
  return member === null ? { type } : { type, [member]: content };
};
