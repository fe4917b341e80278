import type { Caller } from "../auth/authorize";
import type { Prisma } from "../prisma/client";
import { BookScope } from "./BookScope";

export namespace ReviewScope {
  /** Which review rows permissions show, erased ones among them. */
  export const permitted = (caller: Caller | null): Prisma.ReviewWhereInput => {
    switch (caller?.actor) {
      case "reader":
        return {};
      default:
        return {};
    }
  };

  /** Which review rows the caller may read. */
  export const readable = (caller: Caller | null): Prisma.ReviewWhereInput => ({
    AND: [{ book: { deletedAt: null } }, permitted(caller)],
  });

  /** The review that a path names, as far as the caller may read it. */
  export const located = (
    caller: Caller | null,
    path: { bookId: string; reviewId: string },
  ): Prisma.ReviewWhereInput => ({
    AND: [{ id: path.reviewId }, { book: BookScope.located(caller, path) }, readable(caller)],
  });

  /** Which review rows the caller may touch by "books.reviews.create". */
  export const creatable = (caller: Caller | null): Prisma.ReviewWhereInput => {
    switch (caller?.actor) {
      case "reader":
        return { reviewerId: caller.id };
      default:
        return { id: { in: [] } };
    }
  };

  /** Which review rows the caller may touch by "books.reviews.update". */
  export const updatable = (caller: Caller | null): Prisma.ReviewWhereInput => {
    switch (caller?.actor) {
      case "reader":
        return { reviewerId: caller.id };
      default:
        return { id: { in: [] } };
    }
  };

  /** Which review rows the caller may touch by "books.reviews.erase". */
  export const erasable = (caller: Caller | null): Prisma.ReviewWhereInput => {
    switch (caller?.actor) {
      case "reader":
        return { reviewerId: caller.id };
      default:
        return { id: { in: [] } };
    }
  };
}
