import type { ICopy } from "../api/structures/ICopy";
import type { Prisma } from "../prisma/client";

export namespace CopySummarizer {
  export type Payload = Prisma.CopyGetPayload<{ select: ReturnType<typeof select> }>;

  export const select = () =>
    ({
      id: true,
      shelf: true,
      condition: true,
      price: true,
      createdAt: true,
      updatedAt: true,
    }) satisfies Prisma.CopySelect;

  export const transform = (row: Payload): ICopy.ISummary => ({
    id: row.id,
    shelf: row.shelf,
    condition: row.condition,
    price: row.price.toFixed(),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  });
}
