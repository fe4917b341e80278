import type { ILoan } from "../api/structures/ILoan";
import type { IPage } from "../api/structures/IPage";
import type { Caller } from "../auth/authorize";
import { clock } from "../clock";
import { LoanCollector } from "../collectors/LoanCollector";
import { database } from "../database";
import { paginate, window } from "../paging";
import type { Prisma } from "../prisma/client";
import { refusal } from "../refusal";
import { CopyScope } from "../scopes/CopyScope";
import { LoanScope } from "../scopes/LoanScope";
import { LoanSummarizer } from "../transformers/LoanSummarizer";
import { LoanTransformer } from "../transformers/LoanTransformer";

export namespace LoanProvider {
  export const list = async (props: { caller: Caller; query: ILoan.IRequest }): Promise<IPage<ILoan.ISummary>> => {
    const where: Prisma.LoanWhereInput = {
      AND: [
        LoanScope.readable(props.caller),
        { status: props.query.status },
        { borrowerId: props.query.borrowerId },
        { copyId: props.query.copyId },
      ],
    };
    const page = window(props.query);
    const [records, rows] = await Promise.all([
      database.client.loan.count({ where }),
      database.client.loan.findMany({
        where,
        orderBy: LIST_ORDERS[props.query.sort ?? "-createdAt"],
        skip: page.skip,
        take: page.take,
        select: LoanSummarizer.select(),
      }),
    ]);
    return paginate(records, page, rows.map(LoanSummarizer.transform));
  };

  export const at = async (props: { caller: Caller; loanId: string }): Promise<ILoan> => {
    const row = await database.client.loan.findFirst({
      where: LoanScope.located(props.caller, props),
      select: LoanTransformer.select(),
    });
    if (row === null) throw refusal(404, "LOAN_NOT_FOUND", "There is no such loan.");
    return LoanTransformer.transform(row);
  };

  export const create = async (props: { caller: Caller; body: ILoan.ICreate }): Promise<ILoan> =>
    database.client.$transaction(async (tx) => {
      const copyRow = await tx.copy.findFirst({
        where: { AND: [{ id: props.body.copyId }, CopyScope.readable(props.caller)] },
      });
      if (copyRow === null) throw refusal(404, "COPY_NOT_FOUND", "There is no such copy.");
      {
        const per = props.caller.id;
        await tx.$queryRaw`SELECT 1 FROM "lib_readers" WHERE "id" = ${per}::uuid FOR UPDATE`;
        const many = await tx.loan.count({ where: { borrowerId: per } });
        if (many >= 5) throw refusal(422, "FIVE_AT_MOST", "A reader has at most five loans.");
      }
      const priceCopy = (await tx.copy.findUniqueOrThrow({ where: { id: props.body.copyId }, select: { price: true } }))
        .price;
      const row = await tx.loan.create({
        data: LoanCollector.create({ body: props.body, borrowerId: props.caller.id, priceCopy }),
        select: LoanTransformer.select(),
      });
      return LoanTransformer.transform(row);
    });

  export const update = async (props: { caller: Caller; loanId: string; body: ILoan.IUpdate }): Promise<ILoan> =>
    database.client.$transaction(async (tx) => {
      const current = await tx.loan.findFirst({ where: LoanScope.located(props.caller, props) });
      if (current === null) throw refusal(404, "LOAN_NOT_FOUND", "There is no such loan.");
      const row = await tx.loan.update({
        where: { id: props.loanId },
        data: LoanCollector.update({ body: props.body }),
        select: LoanTransformer.select(),
      });
      return LoanTransformer.transform(row);
    });

  export const giveBack = async (props: { caller: Caller; loanId: string }): Promise<ILoan> =>
    database.client.$transaction(async (tx) => {
      const current = await tx.loan.findFirst({ where: LoanScope.located(props.caller, props) });
      if (current === null) throw refusal(404, "LOAN_NOT_FOUND", "There is no such loan.");
      const { count } = await tx.loan.updateMany({
        where: { id: current.id, status: "active" },
        data: { status: "returned", returnedAt: clock.now(), updatedAt: clock.now() },
      });
      if (count === 0) throw refusal(409, "LOAN_STATE", "The loan is not active.");
      const row = await tx.loan.findUniqueOrThrow({ where: { id: current.id }, select: LoanTransformer.select() });
      return LoanTransformer.transform(row);
    });

  export const declareLost = async (props: { caller: Caller; loanId: string }): Promise<ILoan> =>
    database.client.$transaction(async (tx) => {
      const current = await tx.loan.findFirst({ where: LoanScope.located(props.caller, props) });
      if (current === null) throw refusal(404, "LOAN_NOT_FOUND", "There is no such loan.");
      const { count } = await tx.loan.updateMany({
        where: { id: current.id, status: "active" },
        data: { status: "lost", updatedAt: clock.now() },
      });
      if (count === 0) throw refusal(409, "LOAN_STATE", "The loan is not active.");
      const row = await tx.loan.findUniqueOrThrow({ where: { id: current.id }, select: LoanTransformer.select() });
      return LoanTransformer.transform(row);
    });

  export const extendAll = async (props: { caller: Caller; loanId: string }): Promise<ILoan> => {
    const { caller, loanId } = props;
    const now = clock.now();
    return database.client.$transaction(async (tx) => {
      const loan = await tx.loan.findFirst({ where: LoanScope.located(props.caller, props) });
      if (loan === null) throw refusal(404, "LOAN_NOT_FOUND", "There is no such loan.");
      const answered: string = undefined;
      const row = await tx.loan.findUniqueOrThrow({ where: { id: answered }, select: LoanTransformer.select() });
      return LoanTransformer.transform(row);
    });
  };

  /** Orders of a page of loan rows. */
  const LIST_ORDERS = {
    due: [{ due: "asc" }, { id: "asc" }],
    "-due": [{ due: "desc" }, { id: "asc" }],
    price: [{ price: "asc" }, { id: "asc" }],
    "-price": [{ price: "desc" }, { id: "asc" }],
    status: [{ status: "asc" }, { id: "asc" }],
    "-status": [{ status: "desc" }, { id: "asc" }],
    createdAt: [{ createdAt: "asc" }, { id: "asc" }],
    "-createdAt": [{ createdAt: "desc" }, { id: "asc" }],
    updatedAt: [{ updatedAt: "asc" }, { id: "asc" }],
    "-updatedAt": [{ updatedAt: "desc" }, { id: "asc" }],
  } satisfies Record<string, Prisma.LoanOrderByWithRelationInput[]>;
}
