/** Components → src/api/structures/*.ts, one file per outermost type. */
import type { FileTree } from "../../../base/file-tree.js";
import { pagedBy } from "../../../base/naming.js";
import type { AutoBeOpenApi } from "../ast.js";
import { comment, printMembers, printType, rootName } from "./type-script.js";

/** Types whose files are part of the template. */
const FIXED = new Set(["IPage", "IAuthorizationToken"]);

export const compileStructures = (document: AutoBeOpenApi.IDocument): FileTree => {
  const groups = new Map<string, [string, AutoBeOpenApi.IJsonSchemaDescriptive][]>();
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    const root = rootName(name);
    if (FIXED.has(root) || pagedBy(name) !== null) continue;
    groups.set(root, [...(groups.get(root) ?? []), [name, schema]]);
  }
  return Object.fromEntries(
    [...groups].map(([root, members]) => [`src/api/structures/${root}.ts`, printFile(document, root, members)]),
  );
};

const printFile = (
  document: AutoBeOpenApi.IDocument,
  root: string,
  members: [string, AutoBeOpenApi.IJsonSchemaDescriptive][],
): string => {
  const own = members.find(([name]) => name === root);
  const inner = members.filter(([name]) => name !== root);
  const body = [
    ...(own === undefined ? [] : [printDeclaration(root, own[1])]),
    ...(inner.length === 0
      ? []
      : [
          `export namespace ${root} {\n${inner
            .map(([name, schema]) => printDeclaration(name.slice(root.length + 1), schema))
            .join("\n\n")}\n}`,
        ]),
  ].join("\n\n");
  return `${importsOf(document, body, root)}${body}\n`;
};

const printDeclaration = (name: string, schema: AutoBeOpenApi.IJsonSchemaDescriptive): string =>
  "type" in schema && schema.type === "object"
    ? `${comment(schema.description)}\nexport interface ${name} ${printMembers(schema)}`
    : `${comment(schema.description)}\nexport type ${name} = ${printType(schema)};`;

/** Files of types that the contract knows, those of the template among them. */
export const rootsOf = (document: AutoBeOpenApi.IDocument): Set<string> =>
  new Set([...Object.keys(document.components.schemas).map(rootName), ...FIXED]);

/** Imports of the DTO files and typia's tags that a text mentions. */
export const importsOf = (
  document: AutoBeOpenApi.IDocument,
  text: string,
  self: string | null,
  folder = ".",
): string => {
  const code = text.replaceAll(/\/\*\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"/g, "");
  const roots = rootsOf(document);
  const names = new Set(
    [...code.matchAll(/(?<![\w.$]|(?:interface|type|namespace) )I[A-Z]\w*/g)]
      .map(([name]) => name)
      .filter((name) => name !== self && roots.has(name)),
  );
  const lines = [
    ...(/\btags\./.test(code) ? ['import type { tags } from "typia";'] : []),
    ...[...names].sort().map((name) => `import type { ${name} } from "${folder}/${name}";`),
  ];
  return lines.length === 0 ? "" : `${lines.join("\n")}\n\n`;
};
