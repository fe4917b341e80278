import type { ILoan } from "../api/structures/ILoan";
import { clock } from "../clock";
import { Prisma } from "../prisma/client";
import { LoanNoteCollector } from "./LoanNoteCollector";
import { randomUUID } from "node:crypto";

export namespace LoanCollector {
  /** The columns of a new loan. */
  export const create = (props: { body: ILoan.ICreate; borrowerId: string; priceCopy: Prisma.Decimal }) =>
    ({
      id: randomUUID(),
      price: props.priceCopy,
      createdAt: clock.now(),
      updatedAt: clock.now(),
      borrowerId: props.borrowerId,
      copyId: props.body.copyId,
      loanNotes: { create: (props.body.loanNotes ?? []).map((body) => LoanNoteCollector.create({ body })) },
    }) satisfies Prisma.LoanUncheckedCreateInput;

  /** The columns that an update changes; undefined leaves a column as it is. */
  export const update = (props: { body: ILoan.IUpdate }) =>
    ({
      updatedAt: clock.now(),
      loanNotes:
        props.body.loanNotes === undefined
          ? undefined
          : { deleteMany: {}, create: props.body.loanNotes.map((body) => LoanNoteCollector.create({ body })) },
    }) satisfies Prisma.LoanUncheckedUpdateInput;
}
