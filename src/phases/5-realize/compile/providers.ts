/** Operations → `src/providers/*.ts`, one namespace per model: guards, a transaction round every write, the mapped answer. */
import type { FileTree } from "../../../base/file-tree.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { AutoBeRealize } from "../ast.js";
import { printAuthentication } from "./authentication.js";
import { printCustom } from "./custom.js";
import { noSpans, type Span } from "./leaves.js";
import type { Printing } from "./printing.js";
import { orderConstant, printList, printRead } from "./queries.js";
import { exportsOf, withImports } from "./source.js";
import { printCreate, printErase, printTransition, printUpdate } from "./writes.js";

export const compileProviders = (
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  realize: AutoBeRealize.IApplication,
): FileTree =>
  Object.fromEntries(
    groupsOf(document).map(([name, operations]) => [
      `src/providers/${name}.ts`,
      printProvider(database, document, realize, name, operations).text,
    ]),
  );

/** Namespace of the provider that serves an operation. */
export const providerName = (operation: AutoBeOpenApi.IOperation): string =>
  operation.path.startsWith("/auth/") ? `${operation.model}AuthProvider` : `${operation.model ?? "Service"}Provider`;

const groupsOf = (document: AutoBeOpenApi.IDocument): [string, AutoBeOpenApi.IOperation[]][] => {
  const groups = new Map<string, AutoBeOpenApi.IOperation[]>();
  for (const operation of document.operations)
    groups.set(providerName(operation), [...(groups.get(providerName(operation)) ?? []), operation]);
  return [...groups];
};

/** One provider with the places where leaves of the model's answers stand in its text. */
export const printProvider = (
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  realize: AutoBeRealize.IApplication,
  name: string,
  operations: AutoBeOpenApi.IOperation[],
): { text: string; spans: Span[] } => {
  const parts = operations.map((operation) => printOperation(database, document, realize, operation));
  const lists = operations.filter((operation) => operation.kind === "list");
  const extra = lists.map((operation) => orderConstant(modelNamed(database, operation.model!)!, document, operation));
  const body = `export namespace ${name} {\n${[...parts, ...extra].join("\n\n")}\n}\n`;
  return noSpans(withImports(exportsOf(database, document), "providers", name, body));
};

const printOperation = (
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  realize: AutoBeRealize.IApplication,
  operation: AutoBeOpenApi.IOperation,
): string => {
  const model = modelNamed(database, operation.model ?? "");
  const leaves = realize.operations.find((one) => one.name === operation.name)!;
  if (model === undefined || operation.kind === "custom")
    return printCustom({ database, document, realize, operation, leaves, model });
  const printing: Printing = { database, document, realize, operation, model, leaves };
  switch (operation.kind) {
    case "list":
      return printList(printing);
    case "at":
      return printRead(printing);
    case "create":
      return printCreate(printing);
    case "update":
      return printUpdate(printing);
    case "erase":
      return printErase(printing);
    case "transition":
      return printTransition(printing);
    default:
      return printAuthentication(printing);
  }
};
