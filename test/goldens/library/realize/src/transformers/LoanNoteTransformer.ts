import type { ILoanNote } from "../api/structures/ILoanNote";
import type { Prisma } from "../prisma/client";

export namespace LoanNoteTransformer {
  export type Payload = Prisma.LoanNoteGetPayload<{ select: ReturnType<typeof select> }>;

  export const select = () => ({ id: true, createdAt: true, body: true }) satisfies Prisma.LoanNoteSelect;

  export const transform = (row: Payload): ILoanNote => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    body: row.body,
  });
}
