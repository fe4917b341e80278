/** What the makers of the contract look at. */
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { Schemas } from "./schemas.js";

export interface Derivation {
  analyze: AutoBeAnalyze.IApplication;
  database: AutoBeDatabase.IApplication;
  schemas: Schemas;
}
