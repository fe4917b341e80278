/** Scopes that let through all who come to them at a place: a query there that does not ask them asks no less. */
import ts from "typescript";
import type { FileTree } from "../../base/file-tree.js";
import { bare, nodesOf } from "./edit.js";
import { memberOf, usedMember } from "./unused.js";

/** What is known of scopes, and of who comes to the functions that ask them. */
export interface Openness {
  /** `NoteScope.readable` → to whom its answer is `{}`. */
  answers: ReadonlyMap<string, Answers>;
  /** Function of a namespace → the actors whose calls come to it; guest where anybody's may. */
  callers: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Answers {
  byActor: ReadonlyMap<string, boolean>;
  otherwise: boolean;
}

export const NOTHING_OPEN: Openness = { answers: new Map(), callers: new Map() };

export const opennessOf = (files: FileTree): Openness => {
  const nodes = Object.entries(files).flatMap(([path, text]) => [
    ...nodesOf(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)),
  ]);
  const answers = new Map<string, Answers>();
  for (const node of nodes) {
    const member = ts.isVariableDeclaration(node) ? memberOf(node) : null;
    const found = member === null ? null : answersOf((node as ts.VariableDeclaration).initializer);
    if (found !== null) answers.set(member!, found);
  }
  return { answers, callers: callersOf(nodes) };
};

/** `NoteScope.readable(caller)` where it lets all through who come there. */
export const asksNothing = (node: ts.Node, { answers, callers }: Openness): boolean => {
  const asked = ts.isCallExpression(node) ? usedMember(node.expression) : null;
  const answer = asked === null ? undefined : answers.get(asked);
  if (answer === undefined) return false;
  if ((node as ts.CallExpression).arguments[0]?.kind === ts.SyntaxKind.NullKeyword) return answer.otherwise;
  if (answer.otherwise && [...answer.byActor.values()].every((one) => one)) return true;
  const coming = callers.get(memberOf(node) ?? "");
  return (
    coming !== undefined &&
    coming.size > 0 &&
    [...coming].every((actor) => actor !== GUEST && (answer.byActor.get(actor) ?? answer.otherwise))
  );
};

const GUEST = "guest";

/** Of a function that answers by a switch over the actor, or the same to all. */
const answersOf = (made: ts.Expression | undefined): Answers | null => {
  if (made === undefined || !ts.isArrowFunction(made)) return null;
  if (!ts.isBlock(made.body)) return { byActor: new Map(), otherwise: isEmpty(made.body) };
  const [first, ...more] = made.body.statements;
  if (first === undefined || more.length > 0 || !ts.isSwitchStatement(first)) return null;
  const byActor = new Map<string, boolean>();
  let otherwise = false;
  let labels: ts.CaseOrDefaultClause[] = [];
  for (const clause of first.caseBlock.clauses) {
    labels.push(clause);
    const [answer] = clause.statements;
    if (answer === undefined) continue;
    if (!ts.isReturnStatement(answer) || answer.expression === undefined) return null;
    for (const label of labels)
      if (ts.isDefaultClause(label)) otherwise = isEmpty(answer.expression);
      else if (ts.isStringLiteral(label.expression)) byActor.set(label.expression.text, isEmpty(answer.expression));
    labels = [];
  }
  return { byActor, otherwise };
};

const isEmpty = (node: ts.Node): boolean => {
  const value = bare(node);
  return ts.isObjectLiteralExpression(value) && value.properties.length === 0;
};

/** Beginning at the routes, from function to function. */
const callersOf = (nodes: readonly ts.Node[]): Map<string, Set<string>> => {
  const callers = new Map<string, Set<string>>();
  const uses: { used: string; by: string | null; actors: readonly string[] }[] = [];
  for (const node of nodes) {
    const used = usedMember(node);
    if (used === null) continue;
    const by = memberOf(node);
    uses.push({ used, by, actors: by === null ? actorsAt(node) : [] });
  }
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    for (const { used, by, actors } of uses)
      for (const actor of by === null ? actors : (callers.get(by) ?? [])) {
        const known = callers.get(used) ?? new Set();
        isGrowing ||= !known.has(actor);
        callers.set(used, known.add(actor));
      }
  }
  return callers;
};

/** Who may call the route that a node lies in: guests, too, where nothing says who. */
const actorsAt = (node: ts.Node): string[] => {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (!ts.isMethodDeclaration(at)) continue;
    const authorize = (ts.getDecorators(at) ?? []).flatMap(({ expression }) =>
      ts.isCallExpression(expression) && expression.expression.getText() === "Authorize" ? [expression] : [],
    )[0];
    return authorize === undefined ? [GUEST] : authorize.arguments.map((one) => (one as ts.StringLiteral).text);
  }
  return [GUEST];
};
