/** Components → src/api/structures/*.ts, one file per outermost type. */
import type { FileTree } from "../../../base/file-tree.js";
import type { AutoBeOpenApi } from "../ast.js";
import { comment, printMembers, printType, rootName } from "./type-script.js";

/** Types whose files are part of the template. */
const FIXED = new Set(["IPage", "IAuthorizationToken"]);

export const compileStructures = (document: AutoBeOpenApi.IDocument): FileTree => {
  const groups = new Map<string, [string, AutoBeOpenApi.IJsonSchemaDescriptive][]>();
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    const root = rootName(name);
    if (FIXED.has(root) || name.startsWith("IPageI")) continue;
    groups.set(root, [...(groups.get(root) ?? []), [name, schema]]);
  }
  return Object.fromEntries(
    [...groups].map(([root, members]) => [`src/api/structures/${root}.ts`, printFile(root, members)]),
  );
};

const printFile = (root: string, members: [string, AutoBeOpenApi.IJsonSchemaDescriptive][]): string => {
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
  return `${importsOf(body, root)}${body}\n`;
};

const printDeclaration = (name: string, schema: AutoBeOpenApi.IJsonSchemaDescriptive): string =>
  "type" in schema && schema.type === "object"
    ? `${comment(schema.description)}\nexport interface ${name} ${printMembers(schema)}`
    : `${comment(schema.description)}\nexport type ${name} = ${printType(schema)};`;

/** Imports of the DTO files and typia's tags that a text mentions. */
export const importsOf = (text: string, self: string | null, folder = "."): string => {
  const code = text.replaceAll(/\/\*\*[\s\S]*?\*\//g, "");
  const declared = new Set([...code.matchAll(/\b(?:interface|type|namespace) (I[A-Z]\w*)/g)].map((match) => match[1]!));
  const names = new Set(
    [...code.matchAll(/(?<![\w."'])(I[A-Z]\w*)\b/g)].map((match) => match[1]!).filter((name) => name !== self && !declared.has(name)),
  );
  const lines = [
    ...(/\btags\./.test(code) ? ['import type { tags } from "typia";'] : []),
    ...[...names].sort().map((name) => `import type { ${name} } from "${folder}/${name}";`),
  ];
  return lines.length === 0 ? "" : `${lines.join("\n")}\n\n`;
};
