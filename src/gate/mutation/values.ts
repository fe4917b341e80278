/** Faults of values: comparisons, statuses, and what is written into a row. */
import ts from "typescript";
import { bare, brief, type Edit, keyOf, nodesOf, replace, without } from "./edit.js";
import { isWhere } from "./queries.js";

const FLIPPED: Record<string, string> = { "===": "!==", "!==": "===", "==": "!=", "!=": "==" };
const SHIFTED: Record<string, string> = { "<": "<=", "<=": "<", ">": ">=", ">=": ">" };
const SHIFTED_NAMES: Record<string, string> = { lt: "lte", lte: "lt", gt: "gte", gte: "gt" };

export const breakComparison = (node: ts.Node): Edit[] => {
  if (ts.isBinaryExpression(node)) {
    const said = node.operatorToken.getText();
    const flipped = FLIPPED[said];
    const shifted = SHIFTED[said];
    return [
      ...(flipped === undefined ? [] : [changed("flip comparison", node, node.operatorToken, flipped)]),
      ...(shifted === undefined ? [] : [changed("shift boundary", node, node.operatorToken, shifted)]),
      ...(shifted === undefined ? [] : lowered(node)),
    ];
  }
  // `price.gte(limit)` of decimals, and `{ due: { lt: now } }` of a query
  const name =
    ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.parent) && node.parent.expression === node
      ? node.name
      : ts.isPropertyAssignment(node)
        ? node.name
        : null;
  const shifted = name === null || isWithNow(node) ? undefined : SHIFTED_NAMES[name.getText()];
  return shifted === undefined ? [] : [changed("shift boundary", node, name!, shifted)];
};

/** No moment is exactly that of the call. */
const isWithNow = (node: ts.Node): boolean =>
  ts.isPropertyAssignment(node) && node.initializer.getText() === "clock.now()";

/** `many >= 3` with one less; one more is what the shifted operator says. */
const lowered = (node: ts.BinaryExpression): Edit[] =>
  ts.isNumericLiteral(node.right)
    ? [changed("shift boundary", node, node.right, String(Number(node.right.text) - 1))]
    : [];

const changed = (operator: Edit["operator"], whole: ts.Node, part: ts.Node, text: string): Edit => ({
  operator,
  description: `${text} in ${brief(whole)}`,
  at: whole,
  splices: [replace(part, text)],
});

/** Each for another that a caller would take for it. */
const STATUSES: Record<string, string> = { 400: "422", 401: "403", 403: "404", 404: "403", 409: "422", 422: "409" };

export const wrongStatus = (node: ts.Node): Edit[] => {
  if (!ts.isCallExpression(node) || node.expression.getText() !== "refusal") return [];
  const [status] = node.arguments;
  const other = status !== undefined && ts.isNumericLiteral(status) ? STATUSES[status.text] : undefined;
  return other === undefined ? [] : [changed("wrong status", node, status!, other)];
};

/** A column is left as it is. The key is the row itself. */
export const dropWrite = (node: ts.Node): Edit[] => {
  if (!ts.isObjectLiteralExpression(node) || !isData(node)) return [];
  return node.properties
    .filter((item) => keyOf(item) !== null && keyOf(item) !== "id")
    .map((item) => ({
      operator: "drop write",
      description: `nothing writes ${brief(item)}`,
      at: item,
      splices: [without(node, item)],
    }));
};

/** `data: {…}`, or what satisfies an input of Prisma's. */
const isData = (node: ts.ObjectLiteralExpression): boolean => {
  if (keyOf(node.parent) === "data") return true;
  const around = ts.isParenthesizedExpression(node.parent) ? node.parent.parent : node.parent;
  return ts.isSatisfiesExpression(around) && /(Create|Update)\w*Input\b/.test(around.type.getText());
};

/** Another value of the same column, as it stands elsewhere in the file. */
export const wrongLiteral = (node: ts.Node): Edit[] => {
  if (!ts.isPropertyAssignment(node) || !ts.isObjectLiteralExpression(node.parent)) return [];
  if (!isData(node.parent) && !isWhere(node.parent)) return [];
  const value = bare(node.initializer);
  const key = keyOf(node);
  if (value.kind === ts.SyntaxKind.TrueKeyword) return [changed("wrong literal", node, value, "false")];
  if (value.kind === ts.SyntaxKind.FalseKeyword) return [changed("wrong literal", node, value, "true")];
  if (key === null || !ts.isStringLiteral(value)) return [];
  const others = literalsOf(node.getSourceFile(), key).filter((text) => text !== value.text);
  return others.slice(0, 1).map((text) => changed("wrong literal", node, value, JSON.stringify(text)));
};

const literalsOf = (file: ts.SourceFile, key: string): string[] => [
  ...new Set(
    [...nodesOf(file)]
      .filter((node) => ts.isPropertyAssignment(node) && keyOf(node) === key)
      .flatMap((node) => [...nodesOf((node as ts.PropertyAssignment).initializer)])
      .flatMap((node) => (ts.isStringLiteral(node) ? [node.text] : [])),
  ),
];
