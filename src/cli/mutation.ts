/** What `autobe verify DIR --mutate` needs of the world. */
import type { Talk } from "../base/talk.js";
import { tryMutants } from "../io/mutation-runner.js";
import { readSources } from "../io/sources.js";
import type { Workspace } from "../io/workspace.js";
import type { MutationBench } from "../pipeline/mutation.js";

/** Of a project that was just built for its gate. */
export const mutationBenchOf = (
  workspace: Workspace,
  talk: Talk,
  signal: AbortSignal,
  databaseUrl: string | null,
): MutationBench => ({
  talk,
  sources: () => readSources(workspace.directory),
  recall: (path) => workspace.recall(path),
  tryMutants: (mutants, first) => tryMutants(workspace.directory, mutants, talk, { first, signal, databaseUrl }),
});
