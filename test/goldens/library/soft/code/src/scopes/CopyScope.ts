import type { Caller } from "../auth/authorize";
import type { Prisma } from "../prisma/client";
import { BookScope } from "./BookScope";

export namespace CopyScope {
  /** Which copy rows permissions show, erased ones among them. */
  export const permitted = (caller: Caller | null): Prisma.CopyWhereInput => {
    switch (caller?.actor) {
      case "reader":
        return {};
      case "librarian":
        return {};
      default:
        return { id: { in: [] } };
    }
  };

  /** Which copy rows the caller may read. */
  export const readable = (caller: Caller | null): Prisma.CopyWhereInput => ({
    AND: [{ deletedAt: null }, { book: { deletedAt: null } }, permitted(caller)],
  });

  /** The copy that a path names, as far as the caller may read it. */
  export const located = (caller: Caller | null, path: { bookId: string; copyId: string }): Prisma.CopyWhereInput => ({
    AND: [{ id: path.copyId }, { book: BookScope.located(caller, path) }, readable(caller)],
  });

  /** Which copy rows the caller may touch by "books.copies.create". */
  export const creatable = (caller: Caller | null): Prisma.CopyWhereInput => {
    switch (caller?.actor) {
      case "librarian":
        return {};
      default:
        return { id: { in: [] } };
    }
  };

  /** Which copy rows the caller may touch by "books.copies.update". */
  export const updatable = (caller: Caller | null): Prisma.CopyWhereInput => {
    switch (caller?.actor) {
      case "librarian":
        return {};
      default:
        return { id: { in: [] } };
    }
  };

  /** Which copy rows the caller may touch by "books.copies.erase". */
  export const erasable = (caller: Caller | null): Prisma.CopyWhereInput => {
    switch (caller?.actor) {
      case "librarian":
        return {};
      default:
        return { id: { in: [] } };
    }
  };
}
