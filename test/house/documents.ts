/** What documents and prompts name: paths, placeholders. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { nodesOf, parse, ROOT, type Source } from "./source.js";

/** Paths in links and in backticks that lead nowhere. A backticked word is a path when it begins with a folder of ours. */
export const deadPaths = ({ path, text }: Source, generated: readonly string[]): string[] => {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/^ {4}.*$/gm, "");
  const here = dirname(path);
  const links = [...prose.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
  const words = [...prose.matchAll(/`@?([\w.-]+\/[^`\s]*)`/g)]
    .map((match) => match[1]!)
    .filter((word) => !generated.some((one) => word === one || word.startsWith(`${one}/`)));
  const bases = [here, ".", "src"];
  return [
    ...links.filter((link) => !existsSync(join(ROOT, here, link))),
    ...words.filter((word) => {
      const base = bases.find((one) => existsSync(join(ROOT, one, word.split("/")[0]!)));
      return base !== undefined && !isThere(join(ROOT, base, word));
    }),
  ];
};

/** Of a pattern the folder must exist; `derive` may stand for `derive.ts`. */
const isThere = (path: string): boolean =>
  /[*<…]/.test(path)
    ? existsSync(dirname(path.replace(/[*<…].*$/, "x")))
    : existsSync(path) || existsSync(`${path}.ts`);

export const placeholdersOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1]!)),
];

/** Names of prompts that a file renders, each with the values it supplies: an object, or a variable that holds one. */
export const renderingsOf = (source: Source): { prompt: string; values: string[] }[] => {
  const file = parse(source);
  const all = [...nodesOf(file)];
  const keysOf = (node: ts.Node | undefined): string[] => {
    if (node === undefined) return [];
    if (ts.isObjectLiteralExpression(node))
      return node.properties.flatMap((one) =>
        ts.isSpreadAssignment(one) ? keysOf(one.expression) : one.name === undefined ? [] : [one.name.getText()],
      );
    if (!ts.isIdentifier(node)) return [];
    const near = all.filter(
      (one) => ts.isVariableDeclaration(one) && one.name.getText() === node.text && one.getStart() < node.getStart(),
    );
    return keysOf((near.at(-1) as ts.VariableDeclaration | undefined)?.initializer);
  };
  return all.flatMap((node) => {
    if (!ts.isCallExpression(node) || !/(^|\.)render$/.test(node.expression.getText())) return [];
    const [prompt, values] = node.arguments;
    const name = prompt && [...nodesOf(prompt)].find(ts.isStringLiteral);
    return name === undefined ? [] : [{ prompt: name.text, values: keysOf(values) }];
  });
};
