/** What says that the caller's own account is gone: sessions go with their account, so that nobody gets there. */
import ts from "typescript";
import { nodesOf } from "./edit.js";

/** Whether a node is such a guard, or what it throws. */
export const isAboutOwnAccount = (node: ts.Node): boolean => {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent)
    if (ts.isIfStatement(at) && (at === node || isWithin(node, at.thenStatement))) return isGuardOfOwn(at);
  return false;
};

const isWithin = (node: ts.Node, outer: ts.Node): boolean => node.pos >= outer.pos && node.end <= outer.end;

/** `const row = … findUnique({ where: { id: props.caller.id } … }); if (row === null) throw …` */
const isGuardOfOwn = ({ expression, parent }: ts.IfStatement): boolean => {
  const row = /^(\w+) === null$/.exec(expression.getText())?.[1];
  if (row === undefined || !ts.isBlock(parent)) return false;
  const loading = declarationOf(parent, row)?.initializer;
  const key = loading === undefined ? undefined : keyOf(loading);
  return key !== undefined && (key === "props.caller.id" || isOfSession(parent, key));
};

const declarationOf = (block: ts.Block, name: string): ts.VariableDeclaration | undefined =>
  block.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find((one) => [...nodesOf(one.name)].some((part) => ts.isIdentifier(part) && part.text === name));

const keyOf = (loading: ts.Node): string | undefined =>
  /\.findUnique\(\{\s*where: \{ id: ([\w.]+) \}/.exec(loading.getText())?.[1];

/** `const { accountId } = await refreshSession(…)` */
const isOfSession = (block: ts.Block, key: string): boolean =>
  /^await refreshSession\(/.test(declarationOf(block, key)?.initializer?.getText() ?? "");
