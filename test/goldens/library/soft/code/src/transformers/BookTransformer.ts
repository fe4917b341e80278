import type { IBook } from "../api/structures/IBook";
import type { Prisma } from "../prisma/client";
import { BookSummarizer } from "./BookSummarizer";
import { SubjectSummarizer } from "./SubjectSummarizer";

export namespace BookTransformer {
  export type Payload = Prisma.BookGetPayload<{ select: ReturnType<typeof select> }>;

  export const select = () =>
    ({
      id: true,
      title: true,
      isbn: true,
      createdAt: true,
      updatedAt: true,
      summary: true,
      sequelOf: { select: BookSummarizer.select() },
      subjects: { select: SubjectSummarizer.select(), orderBy: { id: "asc" } },
      _count: { select: { copies: { where: { AND: [{ deletedAt: null }, { book: { deletedAt: null } }] } } } },
    }) satisfies Prisma.BookSelect;

  export const transform = (row: Payload): IBook => ({
    id: row.id,
    title: row.title,
    isbn: row.isbn,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    summary: row.summary,
    sequelOf: row.sequelOf === null ? null : BookSummarizer.transform(row.sequelOf),
    subjects: row.subjects.map(SubjectSummarizer.transform),
    copyCount: row._count.copies,
  });
}
