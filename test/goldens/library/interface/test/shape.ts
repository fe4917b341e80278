/** What answers look like: each check throws where an answer differs from its type. */
import typia from "typia";
import type { IBook } from "../src/api/structures/IBook";
import type { ICard } from "../src/api/structures/ICard";
import type { ICopy } from "../src/api/structures/ICopy";
import type { ILibrarian } from "../src/api/structures/ILibrarian";
import type { ILoan } from "../src/api/structures/ILoan";
import type { IPage } from "../src/api/structures/IPage";
import type { IReader } from "../src/api/structures/IReader";
import type { IReview } from "../src/api/structures/IReview";
import type { ISubject } from "../src/api/structures/ISubject";

export const shape = {
  IBook: typia.createAssert<IBook>(),
  ICard: typia.createAssert<ICard>(),
  ICopy: typia.createAssert<ICopy>(),
  ILibrarian: typia.createAssert<ILibrarian>(),
  ILibrarian_IAuthorized: typia.createAssert<ILibrarian.IAuthorized>(),
  ILoan: typia.createAssert<ILoan>(),
  IPageIBook_ISummary: typia.createAssert<IPage<IBook.ISummary>>(),
  IPageICard_ISummary: typia.createAssert<IPage<ICard.ISummary>>(),
  IPageICopy_ISummary: typia.createAssert<IPage<ICopy.ISummary>>(),
  IPageILoan_ISummary: typia.createAssert<IPage<ILoan.ISummary>>(),
  IPageIReview_ISummary: typia.createAssert<IPage<IReview.ISummary>>(),
  IPageISubject_ISummary: typia.createAssert<IPage<ISubject.ISummary>>(),
  IReader: typia.createAssert<IReader>(),
  IReader_IAuthorized: typia.createAssert<IReader.IAuthorized>(),
  IReview: typia.createAssert<IReview>(),
  ISubject: typia.createAssert<ISubject>(),
};
