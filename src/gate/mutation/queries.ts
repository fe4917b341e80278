/** Faults of queries: a condition, an order or a page that is not there. */
import ts from "typescript";
import { brief, type Edit, keyOf, nodesOf, replace, without } from "./edit.js";

/** Rows of anybody, or of any kind. */
export const dropCondition = (node: ts.Node): Edit[] => {
  if (ts.isArrayLiteralExpression(node) && isConjunction(node.parent) && isInWhere(node.parent.parent))
    return node.elements.map((item) => dropped(node, item));
  if (!ts.isObjectLiteralExpression(node) || !isWhere(node) || isComparison(node)) return [];
  // What stands alone in a list goes with its whole item.
  if (node.properties.length === 1 && ts.isArrayLiteralExpression(node.parent)) return [];
  if (isOfOneRow(node)) return [];
  return node.properties.filter(isLeaf).map((item) => dropped(node, item));
};

/** What `update` asks beside the key tells two callers at once apart, which one test after the other cannot be. */
const isOfOneRow = ({ parent }: ts.Node): boolean =>
  keyOf(parent) === "where" &&
  ts.isCallExpression(parent.parent.parent) &&
  ts.isPropertyAccessExpression(parent.parent.parent.expression) &&
  parent.parent.parent.expression.name.text === "update";

const dropped = (list: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression, item: ts.Node): Edit => ({
  operator: mentionsCaller(item) ? "drop owner filter" : "drop condition",
  description: `without the condition: ${brief(item)}`,
  at: item,
  splices: [without(list, item)],
});

const mentionsCaller = (node: ts.Node): boolean =>
  [...nodesOf(node)].some((one) => ts.isIdentifier(one) && one.text === "caller");

const isConjunction = (node: ts.Node): boolean => ["AND", "OR"].includes(keyOf(node) ?? "");

/** Not `AND` nor a relation, whose own conditions are dropped, nor what lets nobody through. */
const isLeaf = (node: ts.ObjectLiteralElementLike): boolean => {
  if (isConjunction(node)) return false;
  if (!ts.isPropertyAssignment(node)) return ts.isShorthandPropertyAssignment(node);
  if (!ts.isObjectLiteralExpression(node.initializer)) return true;
  if (node.initializer.getText() === "{ in: [] }") return false;
  return isComparison(node.initializer);
};

/** `{ not: "done" }` is one condition with the member that it compares. */
const isComparison = ({ properties }: ts.ObjectLiteralExpression): boolean =>
  properties.length > 0 && properties.every((one) => COMPARISONS.has(keyOf(one) ?? ""));

const COMPARISONS = new Set([
  "equals",
  "in",
  "notIn",
  "not",
  "lt",
  "lte",
  "gt",
  "gte",
  "contains",
  "startsWith",
  "mode",
]);

/** The conditions of a query, or a part of them. */
export const isWhere = (node: ts.Node): boolean => {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent))
    return keyOf(parent) === "where" || (!COMPARISONS.has(keyOf(parent) ?? "") && isInWhere(parent.parent));
  if (ts.isVariableDeclaration(parent)) return /WhereInput\b/.test(parent.type?.getText() ?? "") || holdsAnd(node);
  if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return returnsWhere(parent);
  return isInWhere(parent);
};

const isInWhere = (node: ts.Node): boolean => {
  if (ts.isObjectLiteralExpression(node)) return isWhere(node);
  if (ts.isPropertyAssignment(node)) return isInWhere(node.parent);
  if (ts.isArrayLiteralExpression(node) || ts.isConditionalExpression(node) || ts.isParenthesizedExpression(node))
    return isWhere(node);
  return false;
};

/** `const isAllowed = { AND: […] }` needs no type to be known. */
const holdsAnd = (node: ts.Node): boolean =>
  ts.isObjectLiteralExpression(node) && node.properties.some((one) => keyOf(one) === "AND");

const returnsWhere = (node: ts.Node): boolean => {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent)
    if (ts.isFunctionLike(at)) return /WhereInput\b/.test(at.type?.getText() ?? "");
  return false;
};

/** Another direction; what only breaks ties is promised to nobody. */
export const reverseOrder = (node: ts.Node): Edit[] => {
  if (!ts.isStringLiteral(node) || !["asc", "desc"].includes(node.text) || keyOf(node.parent) === null) return [];
  const list = node.parent.parent.parent;
  const isTie = ts.isArrayLiteralExpression(list) && list.elements.indexOf(node.parent.parent as ts.Expression) > 0;
  if (isTie && keyOf(node.parent) === "id") return [];
  const other = node.text === "asc" ? "desc" : "asc";
  return [
    {
      operator: "reverse order",
      description: `${brief(node.parent)} is ${other}`,
      at: node,
      splices: [replace(node, `"${other}"`)],
    },
  ];
};

export const dropPaging = (node: ts.Node): Edit[] => [...dropWindow(node), ...countPage(node)];

const dropWindow = (node: ts.Node): Edit[] => {
  if (!ts.isPropertyAssignment(node) || !["skip", "take"].includes(keyOf(node) ?? "")) return [];
  if (!ts.isCallExpression(node.parent.parent)) return [];
  return [
    {
      operator: "drop paging",
      description: `without ${brief(node)}`,
      at: node,
      splices: [without(node.parent, node)],
    },
  ];
};

/** `count({ where })` counts rows that are in no page. */
const countPage = (node: ts.Node): Edit[] => {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const [argument] = node.arguments;
  if (node.expression.name.text !== "count" || argument === undefined || !ts.isObjectLiteralExpression(argument))
    return [];
  // Beside the page that it is the number of, not a guard.
  if (!ts.isArrayLiteralExpression(node.parent) || !argument.properties.some((one) => keyOf(one) === "where"))
    return [];
  return [
    {
      operator: "drop paging",
      description: `counts all rows in ${brief(node)}`,
      at: node,
      splices: [replace(argument, "")],
    },
  ];
};
