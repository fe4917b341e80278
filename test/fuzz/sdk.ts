/** The SDK as declarations, printed from the contract: what tests are checked against where nestia's own would take too long. */
import type { FileTree } from "../../src/base/file-tree.js";
import type { AutoBeOpenApi } from "../../src/phases/3-interface/ast.js";
import { importsOf } from "../../src/phases/3-interface/compile/structures.js";
import { printType, typeName } from "../../src/phases/3-interface/compile/type-script.js";

interface Node {
  operations: Record<string, AutoBeOpenApi.IOperation>;
  children: Record<string, Node>;
}

export const declareSdk = (document: AutoBeOpenApi.IDocument): FileTree => {
  const root: Node = { operations: {}, children: {} };
  for (const operation of document.operations) {
    const segments = operation.name.split(".");
    const name = segments.pop()!;
    let node = root;
    for (const segment of segments) node = node.children[segment] ??= { operations: {}, children: {} };
    node.operations[name] = operation;
  }
  const body = `declare const api: { functional: ${printNode(root)}; HttpError: typeof HttpError };\nexport default api;\n`;
  return {
    "src/api/index.ts": [
      'import { HttpError, type IConnection } from "@nestia/fetcher";',
      importsOf(document, body, null, "./structures"),
      body,
    ].join("\n"),
  };
};

const printNode = ({ operations, children }: Node): string =>
  `{ ${[
    ...Object.entries(operations).map(
      ([name, operation]) => `${name}(${parametersOf(operation)}): Promise<${answerOf(operation)}>`,
    ),
    ...Object.entries(children).map(([name, node]) => `${name}: ${printNode(node)}`),
  ].join("; ")} }`;

const answerOf = ({ responseBody }: AutoBeOpenApi.IOperation): string =>
  responseBody === null ? "void" : typeName(responseBody);

const parametersOf = ({ parameters, query, requestBody }: AutoBeOpenApi.IOperation): string => {
  const members = [
    ...parameters.map((one) => `${one.name}: ${printType(one.schema)}`),
    ...(query === null ? [] : [`query: ${typeName(query)}`]),
    ...(requestBody === null ? [] : [`body: ${typeName(requestBody)}`]),
  ];
  return ["connection: IConnection", ...(members.length === 0 ? [] : [`props: { ${members.join("; ")} }`])].join(", ");
};
