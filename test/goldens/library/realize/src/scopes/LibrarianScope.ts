import type { Caller } from "../auth/authorize";
import type { Prisma } from "../prisma/client";

export namespace LibrarianScope {
  /** Which librarian rows the caller may read. */
  export const readable = (caller: Caller | null): Prisma.LibrarianWhereInput => {
    switch (caller?.actor) {
      case "librarian":
        return { id: caller.id };
      default:
        return { id: { in: [] } };
    }
  };

  /** The librarian that a path names, as far as the caller may read it. */
  export const located = (caller: Caller | null, path: { librarianId: string }): Prisma.LibrarianWhereInput => ({
    AND: [{ id: path.librarianId }, readable(caller)],
  });
}
