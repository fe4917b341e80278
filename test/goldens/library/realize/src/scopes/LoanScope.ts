import type { Caller } from "../auth/authorize";
import type { Prisma } from "../prisma/client";

export namespace LoanScope {
  /** Which loan rows the caller may read. */
  export const readable = (caller: Caller | null): Prisma.LoanWhereInput => {
    switch (caller?.actor) {
      case "reader":
        return { borrowerId: caller.id };
      case "librarian":
        return {};
      default:
        return { id: { in: [] } };
    }
  };

  /** The loan that a path names, as far as the caller may read it. */
  export const located = (caller: Caller | null, path: { loanId: string }): Prisma.LoanWhereInput => ({
    AND: [{ id: path.loanId }, readable(caller)],
  });

  /** Which loan rows the caller may touch by "loans.create". */
  export const creatable = (caller: Caller | null): Prisma.LoanWhereInput => {
    switch (caller?.actor) {
      case "reader":
        return { borrowerId: caller.id };
      default:
        return { id: { in: [] } };
    }
  };

  /** Which loan rows the caller may touch by "loans.update". */
  export const updatable = (caller: Caller | null): Prisma.LoanWhereInput => {
    switch (caller?.actor) {
      case "reader":
        return { borrowerId: caller.id };
      default:
        return { id: { in: [] } };
    }
  };

  /** Which loan rows the caller may touch by "loans.giveBack". */
  export const allowsGiveBack = (caller: Caller | null): Prisma.LoanWhereInput => {
    switch (caller?.actor) {
      case "librarian":
        return {};
      default:
        return { id: { in: [] } };
    }
  };

  /** Which loan rows the caller may touch by "loans.declareLost". */
  export const allowsDeclareLost = (caller: Caller | null): Prisma.LoanWhereInput => {
    switch (caller?.actor) {
      case "librarian":
        return {};
      default:
        return { id: { in: [] } };
    }
  };

  /** Which loan rows the caller may touch by "loans.extendAll". */
  export const allowsExtendAll = (caller: Caller | null): Prisma.LoanWhereInput => {
    switch (caller?.actor) {
      case "librarian":
        return {};
      default:
        return { id: { in: [] } };
    }
  };
}
