/** Scopes that let everybody through: a query that does not ask them asks no less. */
import ts from "typescript";
import type { FileTree } from "../../base/file-tree.js";
import { bare, nodesOf } from "./edit.js";
import { memberOf, usedMember } from "./unused.js";

/** `NoteScope.readable`, where each of its answers is `{}`. */
export const openScopes = (files: FileTree): ReadonlySet<string> => {
  const answers = new Map<string, boolean>();
  for (const [path, text] of Object.entries(files))
    for (const node of nodesOf(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true))) {
      const answer = answerOf(node);
      const member = answer === null ? null : memberOf(node);
      if (member !== null) answers.set(member, (answers.get(member) ?? true) && isEmpty(answer!));
    }
  return new Set([...answers].flatMap(([member, isOpen]) => (isOpen ? [member] : [])));
};

const answerOf = (node: ts.Node): ts.Node | null =>
  ts.isReturnStatement(node)
    ? (node.expression ?? null)
    : ts.isArrowFunction(node) && !ts.isBlock(node.body)
      ? node.body
      : null;

const isEmpty = (node: ts.Node): boolean => {
  const value = bare(node);
  return ts.isObjectLiteralExpression(value) && value.properties.length === 0;
};

/** `NoteScope.readable(caller)` of such a scope. */
export const asksNothing = (node: ts.Node, open: ReadonlySet<string>): boolean => {
  const asked = ts.isCallExpression(node) ? usedMember(node.expression) : null;
  return asked !== null && open.has(asked);
};
