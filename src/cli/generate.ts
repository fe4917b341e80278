/** `autobe generate`, `resume` and `change`: a run from its request, from where it stopped, or from its end. */
import { resolve } from "node:path";
import type { Talk } from "../base/talk.js";
import { onInterruption } from "../io/interruption.js";
import { here, stopwatch } from "../io/surroundings.js";
import { writeData } from "../io/talk.js";
import { openExisting, openWorkspace, type Workspace } from "../io/workspace.js";
import { adopt, readAdopted } from "./adopted.js";
import { EXIT, tell } from "./exit.js";
import { type RunOptions, readOptions } from "./options.js";
import { readRequest } from "./request.js";
import { type Order, runSession, toJson } from "./session.js";

export const generateCommand = (
  request: string | undefined,
  flags: Record<string, unknown>,
  talk: Talk,
): Promise<number> =>
  attempt(talk, async () => {
    const options = readOptions(flags);
    if (options.prisma !== undefined) {
      const schema = await readAdopted({ ...options, prisma: options.prisma });
      const text = request === undefined ? "" : (await readRequest(request)).text;
      adopt(schema, text); // what is wrong with it is said before anything is written
      return {
        options,
        order: { asked: { text, schema }, change: null },
        open: () => openWorkspace(options.out ?? schema.name),
      };
    }
    const { text, folder } = await readRequest(request ?? "");
    return {
      options,
      order: { asked: { text, schema: null }, change: null },
      open: () => openWorkspace(options.out ?? folder),
    };
  });

export const resumeCommand = (directory: string, flags: Record<string, unknown>, talk: Talk): Promise<number> =>
  attempt(talk, async () => ({
    options: readOptions(flags),
    order: { asked: null, change: null },
    open: () => openExisting(resolve(directory)),
  }));

export const changeCommand = (
  directory: string,
  request: string,
  flags: Record<string, unknown>,
  talk: Talk,
): Promise<number> =>
  attempt(talk, async () => ({
    options: readOptions(flags),
    order: { asked: null, change: (await readRequest(request)).text },
    open: () => openExisting(resolve(directory)),
  }));

interface Prepared {
  options: RunOptions;
  order: Order;
  open: () => Promise<Workspace>;
}

const attempt = async (talk: Talk, prepare: () => Promise<Prepared>): Promise<number> => {
  const seconds = stopwatch();
  const { signal, release } = onInterruption(talk, EXIT.interrupted);
  let workspace: Workspace | null = null;
  try {
    const { options, order, open } = await prepare();
    workspace = await open();
    const finished = await runSession(workspace, order, { options, talk, signal });
    signal.throwIfAborted();
    talk.now(null);
    if (options.json) await writeData(toJson(finished, workspace.directory, seconds()));
    const { passed, project } = finished.report;
    if (passed) talk.done(`${project} is done in ${seconds()} s: ${here(workspace.directory)}`);
    else talk.fail(`${project} did not pass its gate; everything is kept in ${here(workspace.directory)}`);
    return passed ? EXIT.done : EXIT.gate;
  } catch (mishap) {
    const begun = workspace !== null && (await workspace.hasJournal());
    return tell(mishap, talk, signal, begun ? here(workspace!.directory) : null);
  } finally {
    await workspace?.close();
    release();
  }
};
