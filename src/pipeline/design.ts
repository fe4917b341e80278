/** All that a run has found out so far: the ASTs of the phases, and what was lost on the way. */
import type { AutoBeAnalyze } from "../phases/1-analyze/ast.js";
import type { Renamed } from "../phases/1-analyze/change/rename.js";
import type { AutoBeDatabase } from "../phases/2-database/ast.js";
import type { AutoBeOpenApi } from "../phases/3-interface/ast.js";
import type { AutoBeTest } from "../phases/4-test/ast.js";
import type { AutoBeRealize } from "../phases/5-realize/ast.js";

export interface Design {
  analyze: AutoBeAnalyze.IApplication;
  database: AutoBeDatabase.IApplication | null;
  document: AutoBeOpenApi.IDocument | null;
  test: AutoBeTest.IApplication | null;
  realize: AutoBeRealize.IApplication | null;
  losses: Loss[];
  /** What each change of the request renamed. */
  renames: readonly Renamed[][];
}

/** Something a model was asked for and that is not in the backend. */
export interface Loss {
  task: string;
  what: string;
  why: string;
}
