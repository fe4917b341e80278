import type { ICopy } from "../api/structures/ICopy";
import type { IPage } from "../api/structures/IPage";
import type { Caller } from "../auth/authorize";
import { clock } from "../clock";
import { CopyCollector } from "../collectors/CopyCollector";
import { database } from "../database";
import { paginate, window } from "../paging";
import type { Prisma } from "../prisma/client";
import { refusal } from "../refusal";
import { BookScope } from "../scopes/BookScope";
import { CopyScope } from "../scopes/CopyScope";
import { containing } from "../search";
import { CopySummarizer } from "../transformers/CopySummarizer";
import { CopyTransformer } from "../transformers/CopyTransformer";

export namespace CopyProvider {
  export const list = async (props: {
    caller: Caller;
    bookId: string;
    query: ICopy.IRequest;
  }): Promise<IPage<ICopy.ISummary>> => {
    const parent = await database.client.book.findFirst({ where: BookScope.located(props.caller, props) });
    if (parent === null) throw refusal(404, "BOOK_NOT_FOUND", "There is no such book.");
    const where: Prisma.CopyWhereInput = {
      AND: [
        CopyScope.readable(props.caller),
        { bookId: props.bookId },
        props.query.search === undefined ? {} : { OR: [{ shelf: containing(props.query.search) }] },
        { condition: props.query.condition },
      ],
    };
    const page = window(props.query);
    const [records, rows] = await Promise.all([
      database.client.copy.count({ where }),
      database.client.copy.findMany({
        where,
        orderBy: LIST_ORDERS[props.query.sort ?? "-createdAt"],
        skip: page.skip,
        take: page.take,
        select: CopySummarizer.select(),
      }),
    ]);
    return paginate(records, page, rows.map(CopySummarizer.transform));
  };

  export const at = async (props: { caller: Caller; bookId: string; copyId: string }): Promise<ICopy> => {
    const row = await database.client.copy.findFirst({
      where: CopyScope.located(props.caller, props),
      select: CopyTransformer.select(),
    });
    if (row === null) throw refusal(404, "COPY_NOT_FOUND", "There is no such copy.");
    return CopyTransformer.transform(row);
  };

  export const create = async (props: { caller: Caller; bookId: string; body: ICopy.ICreate }): Promise<ICopy> =>
    database.client.$transaction(async (tx) => {
      const parent = await tx.book.findFirst({ where: BookScope.located(props.caller, props) });
      if (parent === null) throw refusal(404, "BOOK_NOT_FOUND", "There is no such book.");
      const row = await tx.copy.create({
        data: CopyCollector.create({ body: props.body, bookId: props.bookId }),
        select: CopyTransformer.select(),
      });
      return CopyTransformer.transform(row);
    });

  export const update = async (props: {
    caller: Caller;
    bookId: string;
    copyId: string;
    body: ICopy.IUpdate;
  }): Promise<ICopy> =>
    database.client.$transaction(async (tx) => {
      const current = await tx.copy.findFirst({ where: CopyScope.located(props.caller, props) });
      if (current === null) throw refusal(404, "COPY_NOT_FOUND", "There is no such copy.");
      const row = await tx.copy.update({
        where: { id: props.copyId },
        data: CopyCollector.update({ body: props.body }),
        select: CopyTransformer.select(),
      });
      return CopyTransformer.transform(row);
    });

  export const erase = async (props: { caller: Caller; bookId: string; copyId: string }): Promise<void> =>
    database.client.$transaction(async (tx) => {
      const current = await tx.copy.findFirst({ where: CopyScope.located(props.caller, props) });
      if (current === null) throw refusal(404, "COPY_NOT_FOUND", "There is no such copy.");
      await tx.copy.update({ where: { id: current.id, deletedAt: null }, data: { deletedAt: clock.now() } });
    });

  /** Orders of a page of copy rows. */
  const LIST_ORDERS = {
    shelf: [{ shelf: "asc" }, { id: "asc" }],
    "-shelf": [{ shelf: "desc" }, { id: "asc" }],
    condition: [{ condition: "asc" }, { id: "asc" }],
    "-condition": [{ condition: "desc" }, { id: "asc" }],
    price: [{ price: "asc" }, { id: "asc" }],
    "-price": [{ price: "desc" }, { id: "asc" }],
    createdAt: [{ createdAt: "asc" }, { id: "asc" }],
    "-createdAt": [{ createdAt: "desc" }, { id: "asc" }],
    updatedAt: [{ updatedAt: "asc" }, { id: "asc" }],
    "-updatedAt": [{ updatedAt: "desc" }, { id: "asc" }],
  } satisfies Record<string, Prisma.CopyOrderByWithRelationInput[]>;
}
