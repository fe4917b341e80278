import type { ILoan } from "../api/structures/ILoan";
import type { Prisma } from "../prisma/client";
import { printDay } from "../wire";
import { CopySummarizer } from "./CopySummarizer";
import { LoanNoteTransformer } from "./LoanNoteTransformer";
import { ReaderSummarizer } from "./ReaderSummarizer";

export namespace LoanTransformer {
  export type Payload = Prisma.LoanGetPayload<{ select: ReturnType<typeof select> }>;

  export const select = () =>
    ({
      id: true,
      due: true,
      price: true,
      returnedAt: true,
      status: true,
      createdAt: true,
      updatedAt: true,
      borrower: { select: ReaderSummarizer.select() },
      copy: { select: CopySummarizer.select() },
      loanNotes: { select: LoanNoteTransformer.select(), orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
    }) satisfies Prisma.LoanSelect;

  export const transform = (row: Payload): ILoan => ({
    id: row.id,
    due: printDay(row.due),
    price: row.price.toFixed(),
    returnedAt: row.returnedAt === null ? null : row.returnedAt.toISOString(),
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    borrower: ReaderSummarizer.transform(row.borrower),
    copy: CopySummarizer.transform(row.copy),
    loanNotes: row.loanNotes.map(LoanNoteTransformer.transform),
  });
}
