/** What a printer of one operation sees. */
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { AutoBeRealize } from "../ast.js";
import type { Leaves } from "./leaves.js";

export interface Printing {
  database: AutoBeDatabase.IApplication;
  document: AutoBeOpenApi.IDocument;
  realize: AutoBeRealize.IApplication;
  operation: AutoBeOpenApi.IOperation;
  model: AutoBeDatabase.IModel;
  leaves: Leaves;
}
