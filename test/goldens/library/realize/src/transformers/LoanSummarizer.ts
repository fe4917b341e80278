import type { ILoan } from "../api/structures/ILoan";
import type { Prisma } from "../prisma/client";
import { printDay } from "../wire";

export namespace LoanSummarizer {
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
    }) satisfies Prisma.LoanSelect;

  export const transform = (row: Payload): ILoan.ISummary => ({
    id: row.id,
    due: printDay(row.due),
    price: row.price.toFixed(),
    returnedAt: row.returnedAt === null ? null : row.returnedAt.toISOString(),
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  });
}
