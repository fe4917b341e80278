/** `autobe verify DIR`: judges a generated backend again, without asking anybody; with `--mutate` its tests, too. */
import type { Talk } from "../base/talk.js";
import { onInterruption } from "../io/interruption.js";
import { environment, here } from "../io/surroundings.js";
import { writeData } from "../io/talk.js";
import { removeBuild } from "../io/verify.js";
import { openExisting, type Workspace } from "../io/workspace.js";
import { verify } from "../pipeline/gate.js";
import { checkMutants } from "../pipeline/mutation.js";
import { EXIT, tell } from "./exit.js";
import { mutationBenchOf } from "./mutation.js";
import { inspectionOf } from "./session.js";

export interface VerifyFlags {
  json?: boolean;
  mutate?: boolean;
}

export const verifyCommand = async (directory: string, flags: VerifyFlags, talk: Talk): Promise<number> => {
  const { signal, release } = onInterruption(talk, EXIT.interrupted);
  let workspace: Workspace | null = null;
  try {
    workspace = await openExisting(directory);
    const databaseUrl = environment()["DATABASE_URL"] || null;
    const inspection = inspectionOf(workspace, talk, signal, databaseUrl, flags.mutate);
    const { passed, ...verification } = await verify(inspection);
    const mutation =
      flags.mutate && verification.booted
        ? await checkMutants(mutationBenchOf(workspace, talk, signal, databaseUrl))
        : undefined;
    talk.now(null);
    if (flags.json) await writeData(JSON.stringify({ out: workspace.directory, verify: verification, mutation }));
    if (passed) talk.done(`${here(workspace.directory)} passes its gate`);
    else talk.fail(`${here(workspace.directory)} does not pass its gate`);
    return passed ? EXIT.done : EXIT.gate;
  } catch (mishap) {
    return tell(mishap, talk, signal, null);
  } finally {
    if (flags.mutate && workspace !== null) await removeBuild(workspace.directory);
    await workspace?.close();
    release();
  }
};
