import type { Caller } from "../auth/authorize";
import type { Prisma } from "../prisma/client";

export namespace BookScope {
  /** Which book rows permissions show, erased ones among them. */
  export const permitted = (caller: Caller | null): Prisma.BookWhereInput => {
    switch (caller?.actor) {
      case "reader":
        return {};
      case "librarian":
        return {};
      default:
        return {};
    }
  };

  /** Which book rows the caller may read. */
  export const readable = (caller: Caller | null): Prisma.BookWhereInput => ({
    AND: [{ deletedAt: null }, permitted(caller)],
  });

  /** The book that a path names, as far as the caller may read it. */
  export const located = (caller: Caller | null, path: { bookId: string }): Prisma.BookWhereInput => ({
    AND: [{ id: path.bookId }, readable(caller)],
  });

  /** Which book rows the caller may touch by "books.create". */
  export const creatable = (caller: Caller | null): Prisma.BookWhereInput => {
    switch (caller?.actor) {
      case "librarian":
        return {};
      default:
        return { id: { in: [] } };
    }
  };

  /** Which book rows the caller may touch by "books.update". */
  export const updatable = (caller: Caller | null): Prisma.BookWhereInput => {
    switch (caller?.actor) {
      case "librarian":
        return {};
      default:
        return { id: { in: [] } };
    }
  };

  /** Which book rows the caller may touch by "books.erase". */
  export const erasable = (caller: Caller | null): Prisma.BookWhereInput => {
    switch (caller?.actor) {
      case "librarian":
        return {};
      default:
        return { id: { in: [] } };
    }
  };
}
