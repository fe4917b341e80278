import type { Caller } from "../auth/authorize";
import type { Prisma } from "../prisma/client";

export namespace ReaderScope {
  /** Which reader rows the caller may read. */
  export const readable = (caller: Caller | null): Prisma.ReaderWhereInput => {
    switch (caller?.actor) {
      case "reader":
        return { id: caller.id };
      default:
        return { id: { in: [] } };
    }
  };

  /** The reader that a path names, as far as the caller may read it. */
  export const located = (caller: Caller | null, path: { readerId: string }): Prisma.ReaderWhereInput => ({
    AND: [{ id: path.readerId }, readable(caller)],
  });
}
