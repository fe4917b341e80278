/** `autobe verify DIR`: judges a generated backend again, without asking anybody. */
import type { Talk } from "../base/talk.js";
import { onInterruption } from "../io/interruption.js";
import { environment, here } from "../io/surroundings.js";
import { writeData } from "../io/talk.js";
import { openExisting, type Workspace } from "../io/workspace.js";
import { verify } from "../pipeline/gate.js";
import { EXIT, tell } from "./exit.js";
import { inspectionOf } from "./session.js";

export const verifyCommand = async (directory: string, flags: { json?: boolean }, talk: Talk): Promise<number> => {
  const { signal, release } = onInterruption(talk, EXIT.interrupted);
  let workspace: Workspace | null = null;
  try {
    workspace = await openExisting(directory);
    const { passed, ...verification } = await verify(
      inspectionOf(workspace, talk, signal, environment()["DATABASE_URL"] || null),
    );
    talk.now(null);
    if (flags.json) await writeData(JSON.stringify({ out: workspace.directory, verify: verification }));
    if (passed) talk.done(`${here(workspace.directory)} passes its gate`);
    else talk.fail(`${here(workspace.directory)} does not pass its gate`);
    return passed ? EXIT.done : EXIT.gate;
  } catch (mishap) {
    return tell(mishap, talk, signal, null);
  } finally {
    await workspace?.close();
    release();
  }
};
