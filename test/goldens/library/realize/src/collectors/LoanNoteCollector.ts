import type { ILoanNote } from "../api/structures/ILoanNote";
import { clock } from "../clock";
import type { Prisma } from "../prisma/client";
import { randomUUID } from "node:crypto";

export namespace LoanNoteCollector {
  /** The columns of a new loan note. */
  export const create = (props: { body: ILoanNote.ICreate }) =>
    ({
      id: randomUUID(),
      body: props.body.body,
      createdAt: clock.now(),
    }) satisfies Prisma.LoanNoteUncheckedCreateWithoutLoanInput;
}
