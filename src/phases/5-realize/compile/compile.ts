/** The implementation → scopes, collectors, transformers, providers and `src/actors.ts`. */
import type { FileTree } from "../../../base/file-tree.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { AutoBeRealize } from "../ast.js";
import { compileActors } from "./actors.js";
import { compileMappings } from "./mappings.js";
import { compileProviders } from "./providers.js";
import { compileScopes } from "./scopes.js";
import { exportsOf } from "./source.js";

export const compileRealize = (
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  realize: AutoBeRealize.IApplication,
): FileTree => {
  const exports = exportsOf(database, document);
  return {
    ...compileActors(database, document, exports),
    ...compileScopes(database, document, exports),
    ...compileMappings(database, realize, exports),
    ...compileProviders(database, document, realize),
  };
};
