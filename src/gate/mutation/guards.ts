/** Faults of flow: a guard, a transaction or an effect that is not there. */
import ts from "typescript";
import { bare, brief, type Edit, nodesOf, replace, type Splice } from "./edit.js";

/** `if (row === null) throw …` is gone; what it had made sure of is claimed. */
export const dropGuard = (node: ts.Node): Edit[] => {
  if (!ts.isIfStatement(node) || node.elseStatement !== undefined || !endsInThrow(node.thenStatement)) return [];
  return [
    {
      operator: "drop guard",
      description: `without the guard: ${brief(node)}`,
      at: node,
      splices: [replace(node, "{}"), ...claims(node)],
    },
  ];
};

const endsInThrow = (node: ts.Statement): boolean =>
  ts.isThrowStatement(node) || (ts.isBlock(node) && node.statements.length > 0 && endsInThrow(node.statements.at(-1)!));

/** A type checker would refuse to go on with a value that may be null, and so would who forgets the guard: `row!`. */
const claims = (guard: ts.IfStatement): Splice[] => {
  const names = new Set(
    [...nodesOf(guard.expression)].flatMap((node) =>
      ts.isBinaryExpression(node) && node.right.kind === ts.SyntaxKind.NullKeyword && ts.isIdentifier(node.left)
        ? [node.left.text]
        : [],
    ),
  );
  return [...nodesOf(guard.parent)]
    .filter((node) => ts.isIdentifier(node) && names.has(node.text) && node.pos >= guard.end && isValue(node))
    .map((node) => ({ start: node.getEnd(), end: node.getEnd(), text: "!" }));
};

const isValue = (node: ts.Node): boolean =>
  (ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node) ||
  (ts.isCallExpression(node.parent) && node.parent.expression !== node);

/** Its statements run one by one, each for itself. Where one write stands alone nobody could tell. */
export const dropTransaction = (node: ts.Node): Edit[] => {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const [body] = node.arguments;
  if (node.expression.name.text !== "$transaction" || body === undefined || !ts.isArrowFunction(body)) return [];
  if (!isMoreThanItsWrite(body)) return [];
  const client = node.expression.expression.getText();
  return [
    {
      operator: "drop transaction",
      description: "the writes are in no transaction",
      at: node,
      splices: [replace(node, `(${body.getText()})(${client})`)],
    },
  ];
};

const isMoreThanItsWrite = (body: ts.ArrowFunction): boolean => {
  const nodes = [...nodesOf(body)];
  const writes = nodes.filter(isWrite);
  const first = writes[0];
  const isRefusedLater = first !== undefined && nodes.some((one) => ts.isThrowStatement(one) && one.pos > first.end);
  const isInLoop = writes.some((one) => isRepeated(one, body));
  return writes.length > 1 || isInLoop || (isRefusedLater && !isRefusedForNothing(nodes, first)) || nodes.some(isLock);
};

const isRepeated = (node: ts.Node, until: ts.Node): boolean =>
  node.parent !== until &&
  (ts.isIterationStatement(node.parent, false) || (node.parent !== undefined && isRepeated(node.parent, until)));

/** A conditional update that found no row has written nothing: `if (count === 0) throw …`. */
const isRefusedForNothing = (nodes: readonly ts.Node[], write: ts.Node): boolean =>
  nodes
    .filter((one) => ts.isThrowStatement(one) && one.pos > write.end)
    .every((one) => ts.isIfStatement(one.parent) && /^count === 0$/.test(one.parent.expression.getText()));

const isLock = (node: ts.Node): boolean =>
  ts.isTaggedTemplateExpression(node) && /\bFOR UPDATE\b/i.test(node.template.getText());

const WRITES =
  /^(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany|\$executeRaw|\$executeRawUnsafe)$/;

const isWrite = (node: ts.Node): boolean =>
  (ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    WRITES.test(node.expression.name.text) &&
    /^(tx|database\.client)\b/.test(node.expression.getText())) ||
  (ts.isTaggedTemplateExpression(node) && /\$executeRaw$/.test(node.tag.getText()));

/** A write whose answer nobody uses does not happen. */
export const dropEffect = (node: ts.Node): Edit[] => {
  if (!ts.isExpressionStatement(node) || !ts.isAwaitExpression(node.expression)) return [];
  if (!isWrite(bare(node.expression.expression))) return [];
  return [
    {
      operator: "drop effect",
      description: `without the write: ${brief(node)}`,
      at: node,
      splices: [replace(node, ";")],
    },
  ];
};
