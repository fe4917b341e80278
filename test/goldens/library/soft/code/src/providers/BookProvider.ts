import type { IBook } from "../api/structures/IBook";
import type { IPage } from "../api/structures/IPage";
import type { Caller } from "../auth/authorize";
import { clock } from "../clock";
import { BookCollector } from "../collectors/BookCollector";
import { database } from "../database";
import { paginate, window } from "../paging";
import type { Prisma } from "../prisma/client";
import { refusal } from "../refusal";
import { BookScope } from "../scopes/BookScope";
import { SubjectScope } from "../scopes/SubjectScope";
import { containing } from "../search";
import { BookSummarizer } from "../transformers/BookSummarizer";
import { BookTransformer } from "../transformers/BookTransformer";

export namespace BookProvider {
  export const list = async (props: {
    caller: Caller | null;
    query: IBook.IRequest;
  }): Promise<IPage<IBook.ISummary>> => {
    const where: Prisma.BookWhereInput = {
      AND: [
        BookScope.readable(props.caller),
        props.query.search === undefined
          ? {}
          : {
              OR: [
                { title: containing(props.query.search) },
                { isbn: containing(props.query.search) },
                { summary: containing(props.query.search) },
              ],
            },
        { sequelOfId: props.query.sequelOfId },
      ],
    };
    const page = window(props.query);
    const [records, rows] = await Promise.all([
      database.client.book.count({ where }),
      database.client.book.findMany({
        where,
        orderBy: LIST_ORDERS[props.query.sort ?? "-createdAt"],
        skip: page.skip,
        take: page.take,
        select: BookSummarizer.select(),
      }),
    ]);
    return paginate(records, page, rows.map(BookSummarizer.transform));
  };

  export const at = async (props: { caller: Caller | null; bookId: string }): Promise<IBook> => {
    const row = await database.client.book.findFirst({
      where: BookScope.located(props.caller, props),
      select: BookTransformer.select(),
    });
    if (row === null) throw refusal(404, "BOOK_NOT_FOUND", "There is no such book.");
    return BookTransformer.transform(row);
  };

  export const create = async (props: { caller: Caller; body: IBook.ICreate }): Promise<IBook> =>
    database.client.$transaction(async (tx) => {
      if (props.body.sequelOfId != null) {
        const sequelOfRow = await tx.book.findFirst({
          where: { AND: [{ id: props.body.sequelOfId }, BookScope.readable(props.caller)] },
        });
        if (sequelOfRow === null) throw refusal(404, "SEQUEL_OF_NOT_FOUND", "There is no such sequel of.");
      }
      if (props.body.subjectIds !== undefined) {
        const found = await tx.subject.count({
          where: { AND: [{ id: { in: props.body.subjectIds } }, SubjectScope.readable(props.caller)] },
        });
        if (found !== props.body.subjectIds.length)
          throw refusal(404, "SUBJECTS_NOT_FOUND", "There is no such subjects.");
      }
      const row = await tx.book.create({
        data: BookCollector.create({ body: props.body }),
        select: BookTransformer.select(),
      });
      return BookTransformer.transform(row);
    });

  export const update = async (props: { caller: Caller; bookId: string; body: IBook.IUpdate }): Promise<IBook> =>
    database.client.$transaction(async (tx) => {
      const current = await tx.book.findFirst({ where: BookScope.located(props.caller, props) });
      if (current === null) throw refusal(404, "BOOK_NOT_FOUND", "There is no such book.");
      if (props.body.sequelOfId != null) {
        const sequelOfRow = await tx.book.findFirst({
          where: { AND: [{ id: props.body.sequelOfId }, BookScope.readable(props.caller)] },
        });
        if (sequelOfRow === null) throw refusal(404, "SEQUEL_OF_NOT_FOUND", "There is no such sequel of.");
        for (let above: string | null = props.body.sequelOfId; above !== null;) {
          if (above === current.id)
            throw refusal(422, "BOOK_SEQUEL_OF_CYCLE", "The sequel of would lead back to the book itself.");
          const next: { sequelOfId: string | null } | null = await tx.book.findUnique({
            where: { id: above },
            select: { sequelOfId: true },
          });
          above = next?.sequelOfId ?? null;
        }
      }
      if (props.body.subjectIds !== undefined) {
        const found = await tx.subject.count({
          where: { AND: [{ id: { in: props.body.subjectIds } }, SubjectScope.readable(props.caller)] },
        });
        if (found !== props.body.subjectIds.length)
          throw refusal(404, "SUBJECTS_NOT_FOUND", "There is no such subjects.");
      }
      const row = await tx.book.update({
        where: { id: props.bookId },
        data: BookCollector.update({ body: props.body }),
        select: BookTransformer.select(),
      });
      return BookTransformer.transform(row);
    });

  export const erase = async (props: { caller: Caller; bookId: string }): Promise<void> =>
    database.client.$transaction(async (tx) => {
      const current = await tx.book.findFirst({ where: BookScope.located(props.caller, props) });
      if (current === null) throw refusal(404, "BOOK_NOT_FOUND", "There is no such book.");
      await tx.book.update({ where: { id: current.id, deletedAt: null }, data: { deletedAt: clock.now() } });
    });

  /** Orders of a page of book rows. */
  const LIST_ORDERS = {
    title: [{ title: "asc" }, { id: "asc" }],
    "-title": [{ title: "desc" }, { id: "asc" }],
    isbn: [{ isbn: "asc" }, { id: "asc" }],
    "-isbn": [{ isbn: "desc" }, { id: "asc" }],
    createdAt: [{ createdAt: "asc" }, { id: "asc" }],
    "-createdAt": [{ createdAt: "desc" }, { id: "asc" }],
    updatedAt: [{ updatedAt: "asc" }, { id: "asc" }],
    "-updatedAt": [{ updatedAt: "desc" }, { id: "asc" }],
  } satisfies Record<string, Prisma.BookOrderByWithRelationInput[]>;
}
