import type { ILibrarian } from "../api/structures/ILibrarian";
import type { Prisma } from "../prisma/client";

export namespace LibrarianTransformer {
  export type Payload = Prisma.LibrarianGetPayload<{ select: ReturnType<typeof select> }>;

  export const select = () =>
    ({ id: true, createdAt: true, updatedAt: true, email: true }) satisfies Prisma.LibrarianSelect;

  export const transform = (row: Payload): ILibrarian => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    email: row.email,
  });
}
