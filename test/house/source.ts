/** The source tree as the rules of the house look at it: files, what they import, what they name. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface Source {
  /** From the top of the repository, `src/base/naming.ts`. */
  path: string;
  text: string;
}

/** Texts below a folder, by the ends their names may have. */
export const readSources = (folder: string, ends: readonly string[], recursive = true): Source[] =>
  readdirSync(join(ROOT, folder), { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile() && ends.some((end) => entry.name.endsWith(end)))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

/** Our own code, without the files that are copied into generated projects. */
export const ownSources = (): Source[] =>
  readSources("src", [".ts"]).filter(({ path }) => !path.startsWith("src/template/project/"));

/** Files of ours that a file imports, types included, and names of packages. */
export const importsOf = ({ path, text }: Source): { own: string[]; packages: string[] } => {
  const names = ts.preProcessFile(text, true, false).importedFiles.map((one) => one.fileName);
  const own = names.filter((name) => /^\.\.?\/[^$]*\.js$/.test(name));
  return {
    own: own.map((name) => normalize(join(dirname(path), name)).replace(/\.js$/, ".ts")),
    packages: names.filter((name) => !name.startsWith(".") && !name.includes("$")),
  };
};

export const parse = ({ path, text }: Source): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** All nodes of a tree, parents first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** A node as one finds it, `src/base/naming.ts:12`. */
export const placeOf = (node: ts.Node): string => {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
};

/** Whether an identifier means a thing of that name, not a member or a key called so. */
export const isReading = (node: ts.Identifier): boolean => {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return !isRightSide(parent, node);
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent))
    return parent.name !== node;
  return !ts.isTypeReferenceNode(parent) && !ts.isBindingElement(parent) && !ts.isParameter(parent);
};

const isRightSide = (parent: ts.PropertyAccessExpression | ts.QualifiedName, node: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(parent) ? parent.name : parent.right) === node;

/** Groups of files that import each other in a circle, each sorted. */
export const circlesOf = (imports: ReadonlyMap<string, readonly string[]>): string[][] => {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = open.splice(open.indexOf(file));
    if (group.length > 1) found.push(group.sort());
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return found;
};
