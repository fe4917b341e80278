import type { ICopy } from "../api/structures/ICopy";
import type { Prisma } from "../prisma/client";
import { BookSummarizer } from "./BookSummarizer";

export namespace CopyTransformer {
  export type Payload = Prisma.CopyGetPayload<{ select: ReturnType<typeof select> }>;

  export const select = () =>
    ({
      id: true,
      shelf: true,
      condition: true,
      price: true,
      createdAt: true,
      updatedAt: true,
      book: { select: BookSummarizer.select() },
    }) satisfies Prisma.CopySelect;

  export const transform = (row: Payload): ICopy => ({
    id: row.id,
    shelf: row.shelf,
    condition: row.condition,
    price: row.price.toFixed(),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    book: BookSummarizer.transform(row.book),
  });
}
