import { TypedBody, TypedParam, TypedQuery, TypedRoute } from "@nestia/core";
import { Controller, HttpCode } from "@nestjs/common";
import type { tags } from "typia";
import type { ILoan } from "../api/structures/ILoan";
import type { IPage } from "../api/structures/IPage";
import { Authorize, Me, type Caller } from "../auth/authorize";
import { LoanProvider } from "../providers/LoanProvider";

@Controller("loans")
export class LoansController {
  /**
   * Lists loans, page by page.
   *
   * @param query Which page, which rows
   * @tag Loan
   */
  @Authorize("reader", "librarian")
  @TypedRoute.Get()
  public async list(@Me() caller: Caller, @TypedQuery() query: ILoan.IRequest): Promise<IPage<ILoan.ISummary>> {
    return LoanProvider.list({ caller, query });
  }

  /**
   * Creates a loan.
   *
   * @param body Body of the create call
   * @tag Loan
   */
  @Authorize("reader")
  @TypedRoute.Post()
  public async create(@Me() caller: Caller, @TypedBody() body: ILoan.ICreate): Promise<ILoan> {
    return LoanProvider.create({ caller, body });
  }

  /**
   * Reads a loan.
   *
   * @param loanId Key of the loan.
   * @tag Loan
   */
  @Authorize("reader", "librarian")
  @TypedRoute.Get(":loanId")
  public async at(@Me() caller: Caller, @TypedParam("loanId") loanId: string & tags.Format<"uuid">): Promise<ILoan> {
    return LoanProvider.at({ caller, loanId });
  }

  /**
   * Changes a loan.
   *
   * @param loanId Key of the loan.
   * @param body Body of the update call
   * @tag Loan
   */
  @Authorize("reader")
  @TypedRoute.Put(":loanId")
  public async update(
    @Me() caller: Caller,
    @TypedParam("loanId") loanId: string & tags.Format<"uuid">,
    @TypedBody() body: ILoan.IUpdate,
  ): Promise<ILoan> {
    return LoanProvider.update({ caller, loanId, body });
  }

  /**
   * Turns a loan from active into lost.
   *
   * @param loanId Key of the loan.
   * @tag Loan
   */
  @Authorize("librarian")
  @TypedRoute.Post(":loanId/declareLost")
  @HttpCode(200)
  public async declareLost(
    @Me() caller: Caller,
    @TypedParam("loanId") loanId: string & tags.Format<"uuid">,
  ): Promise<ILoan> {
    return LoanProvider.declareLost({ caller, loanId });
  }

  /**
   * Moves the due day of all active loans of one reader two weeks on.
   *
   * @param loanId Key of the loan.
   * @tag Loan
   */
  @Authorize("librarian")
  @TypedRoute.Post(":loanId/extendAll")
  @HttpCode(200)
  public async extendAll(
    @Me() caller: Caller,
    @TypedParam("loanId") loanId: string & tags.Format<"uuid">,
  ): Promise<ILoan> {
    return LoanProvider.extendAll({ caller, loanId });
  }

  /**
   * Turns a loan from active into returned.
   *
   * @param loanId Key of the loan.
   * @tag Loan
   */
  @Authorize("librarian")
  @TypedRoute.Post(":loanId/giveBack")
  @HttpCode(200)
  public async giveBack(
    @Me() caller: Caller,
    @TypedParam("loanId") loanId: string & tags.Format<"uuid">,
  ): Promise<ILoan> {
    return LoanProvider.giveBack({ caller, loanId });
  }
}
