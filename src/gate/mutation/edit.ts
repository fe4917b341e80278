/** One fault as a change of a text, and the small questions that all operators ask of a syntax tree. */
import ts from "typescript";

export interface Edit {
  operator: Operator;
  description: string;
  /** Where the fault lies. */
  at: ts.Node;
  splices: Splice[];
}

export type Operator =
  | "drop guard"
  | "drop owner filter"
  | "drop condition"
  | "drop transaction"
  | "drop write"
  | "drop effect"
  | "drop paging"
  | "flip comparison"
  | "shift boundary"
  | "wrong status"
  | "wrong literal"
  | "reverse order";

export interface Splice {
  start: number;
  end: number;
  text: string;
}

export const replace = (node: ts.Node, text: string): Splice => ({ start: node.getStart(), end: node.getEnd(), text });

/** A list without one of its items. */
export const without = (list: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression, item: ts.Node): Splice => {
  const items: readonly ts.Node[] = ts.isArrayLiteralExpression(list) ? list.elements : list.properties;
  const rest = items.filter((one) => one !== item).map((one) => one.getText());
  return replace(list, ts.isArrayLiteralExpression(list) ? `[${rest.join(", ")}]` : `{ ${rest.join(", ")} }`);
};

export const applySplices = (text: string, splices: readonly Splice[]): string =>
  [...splices]
    .sort((a, b) => b.start - a.start)
    .reduce((said, { start, end, text: put }) => said.slice(0, start) + put + said.slice(end), text);

export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

/** The name of `name: value`, null where there is no such name. */
export const keyOf = (node: ts.Node | undefined): string | null =>
  node !== undefined &&
  (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
  (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name))
    ? node.name.text
    : null;

/** Text on one line, cut where it is long. */
export const brief = (node: ts.Node): string => {
  const text = node.getText().replaceAll(/\s+/g, " ");
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
};

/** Through `(…)`, `satisfies`, `as` and `await` to what stands there. */
export const bare = (node: ts.Node): ts.Node =>
  ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node) || ts.isAsExpression(node)
    ? bare(node.expression)
    : node;
