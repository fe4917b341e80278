/** Sources of a project → its mutants: each is the project with one fault of a typical kind. */
import ts from "typescript";
import type { FileTree } from "../../base/file-tree.js";
import type { Mutant } from "../../base/mutation.js";
import { applySplices, type Edit, nodesOf } from "./edit.js";
import { dropEffect, dropGuard, dropTransaction } from "./guards.js";
import { asksNothing, NOTHING_OPEN, type Openness, opennessOf } from "./open-scopes.js";
import { isAboutOwnAccount } from "./own-account.js";
import { dropCondition, dropPaging, reverseOrder } from "./queries.js";
import { memberOf, unusedMembers } from "./unused.js";
import { breakComparison, dropWrite, wrongLiteral, wrongStatus } from "./values.js";

const OPERATORS: ((node: ts.Node) => Edit[])[] = [
  dropGuard,
  dropTransaction,
  dropEffect,
  dropCondition,
  reverseOrder,
  dropPaging,
  breakComparison,
  wrongStatus,
  dropWrite,
  wrongLiteral,
];

/** What was generated to hold the rules of the service, and what was written by hand in its place. */
const isMutated = (path: string): boolean => /^src\/(providers|scopes|collectors)\/.*\.ts$/.test(path);

/** `files` are the sources of the application; what nothing of it calls is left alone, for no test could tell. */
export const mutantsOf = (files: FileTree): Mutant[] => {
  const unused = unusedMembers(files);
  const open = opennessOf(files);
  return Object.entries(files)
    .filter(([path]) => isMutated(path))
    .flatMap(([path, text]) => mutantsOfFile(path, text, open))
    .filter(({ members }) => !members.some((member) => unused.has(member)));
};

export const mutantsOfFile = (path: string, text: string, open: Openness = NOTHING_OPEN): Mutant[] => {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return [...nodesOf(tree)].flatMap((node) =>
    OPERATORS.flatMap((operator) => operator(node))
      .filter(({ at }) => !asksNothing(at, open) && !isAboutOwnAccount(at))
      .map(({ operator, description, at, splices }) => {
        const member = memberOf(at);
        return {
          operator,
          file: path,
          line: tree.getLineAndCharacterOfPosition(at.getStart()).line + 1,
          description,
          members: member === null ? [] : [member],
          files: { [path]: applySplices(text, splices) },
        };
      }),
  );
};
