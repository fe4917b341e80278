/** Functions of namespaces that nothing of the application comes to: a fault in them is no fault of the backend. */
import ts from "typescript";
import type { FileTree } from "../../base/file-tree.js";
import { nodesOf } from "./edit.js";

/** The exported member of a namespace that a node lies in, `NoteProvider.at`; null where it lies in none. */
export const memberOf = (node: ts.Node): string | null => {
  for (let at: ts.Node | undefined = node; at?.parent !== undefined; at = at.parent) {
    const name = memberName(at);
    if (name !== null) return name;
  }
  return null;
};

/**
 * Members in which two texts of a file differ; null where they differ elsewhere, too. A fault in members alone can show
 * only where one of them runs.
 */
export const changedMembers = (before: string, after: string): string[] | null => {
  const [left, right] = [before, after].map(textsOfMembers);
  if (left!.rest !== right!.rest) return null;
  return [...left!.members].flatMap(([name, text]) => (right!.members.get(name) === text ? [] : [name]));
};

/** The text of each member, and the file without them. */
const textsOfMembers = (text: string): { members: Map<string, string>; rest: string } => {
  const tree = ts.createSourceFile("any.ts", text, ts.ScriptTarget.ES2022, true);
  const members = new Map<string, string>();
  let rest = text;
  for (const node of [...nodesOf(tree)].reverse()) {
    const name = memberName(node);
    if (name === null) continue;
    members.set(name, node.getText());
    rest = `${rest.slice(0, node.getStart())}${name}${rest.slice(node.getEnd())}`;
  }
  return { members, rest };
};

const memberName = (node: ts.Node): string | null => {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  if (!ts.isVariableDeclaration(node) && !ts.isFunctionDeclaration(node)) return null;
  if (!ts.canHaveModifiers(statement) || !isExported(statement)) return null;
  const space = statement.parent?.parent;
  if (space === undefined || !ts.isModuleDeclaration(space) || node.name === undefined) return null;
  return `${space.name.text}.${node.name.getText()}`;
};

const isExported = (node: ts.HasModifiers): boolean =>
  ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword) === true;

export const unusedMembers = (files: FileTree): ReadonlySet<string> => {
  const trees = Object.entries(files).map(([path, text]) =>
    ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true),
  );
  const nodes = trees.flatMap((tree) => [...nodesOf(tree)]);
  const members = new Set(nodes.flatMap((node) => memberName(node) ?? []));
  const uses = nodes.flatMap((node) => {
    const used = usedMember(node);
    return used !== null && members.has(used) ? [{ used, by: memberOf(node) }] : [];
  });
  const reached = new Set<string>();
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const { used, by } of uses) if (by === null || (reached.has(by) && by !== used)) reached.add(used);
  }
  return new Set([...members].filter((member) => !reached.has(member)));
};

/** `NoteScope.readable`, or `readable` inside of its own namespace. */
export const usedMember = (node: ts.Node): string | null => {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression))
    return `${node.expression.text}.${node.name.text}`;
  if (!ts.isIdentifier(node) || ("name" in node.parent && node.parent.name === node)) return null;
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent)
    if (ts.isModuleDeclaration(at)) return `${at.name.text}.${node.text}`;
  return null;
};
