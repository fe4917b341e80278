/** What stands before each write of the application while a test wants it so: a wait, or a failure. */
import { setTimeout } from "node:timers/promises";
import { database } from "../src/database";

type BeforeWrite = () => Promise<void>;

/** Until what is answered is called, everything that the application writes passes here, inside of transactions, too. */
const interpose = (before: BeforeWrite): (() => void) => {
  const own = Object.getOwnPropertyDescriptor(database, "client")!;
  const client = database.client.$extends({
    query: {
      $allOperations: async ({ operation, args, query }) => {
        if (WRITES.test(operation)) await before();
        return query(args);
      },
    },
  });
  Object.defineProperty(database, "client", { ...own, get: () => client });
  return () => void Object.defineProperty(database, "client", own);
};

const WRITES = /^(create|update|upsert|delete|\$executeRaw)/;

/** Milliseconds after which those who have not come to a write are taken to be held apart. */
const PATIENCE = 400;

/**
 * Calls at once meet before they write: the first waits until all others have come as far. PGlite would carry out one call
 * after another, and not show whether a transaction holds them apart; where one does, only the first ever waits.
 */
export const letMeet = async <T>(calls: number, run: () => Promise<T>): Promise<T> => {
  let open = (): void => {};
  const met = new Promise<void>((resolve) => {
    open = resolve;
  });
  let count = 0;
  const restore = interpose(async () => {
    if (++count >= calls) open();
    await Promise.race([met, setTimeout(PATIENCE)]);
    open();
  });
  try {
    return await run();
  } finally {
    restore();
  }
};

let restore: (() => void) | null = null;

/** From that write on, counted from one, the database fails, until `mend` is called. */
export const breakAt = (first: number): void => {
  mend();
  let count = 0;
  restore = interpose(async () => {
    if (++count >= first) throw new Error("The test breaks the database here.");
  });
};

export const mend = (): void => {
  restore?.();
  restore = null;
};
