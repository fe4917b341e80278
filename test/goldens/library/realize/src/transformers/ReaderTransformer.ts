import type { IReader } from "../api/structures/IReader";
import type { Prisma } from "../prisma/client";

export namespace ReaderTransformer {
  export type Payload = Prisma.ReaderGetPayload<{ select: ReturnType<typeof select> }>;

  export const select = () =>
    ({ id: true, createdAt: true, updatedAt: true, email: true }) satisfies Prisma.ReaderSelect;

  export const transform = (row: Payload): IReader => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    email: row.email,
  });
}
