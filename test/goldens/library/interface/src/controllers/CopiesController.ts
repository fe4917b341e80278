import { TypedBody, TypedParam, TypedQuery, TypedRoute } from "@nestia/core";
import { Controller, HttpCode } from "@nestjs/common";
import type { tags } from "typia";
import type { ICopy } from "../api/structures/ICopy";
import type { IPage } from "../api/structures/IPage";
import { Authorize, Me, type Caller } from "../auth/authorize";
import { CopyProvider } from "../providers/CopyProvider";

@Controller("books/:bookId/copies")
export class CopiesController {
  /**
   * Lists copies, page by page.
   *
   * @param bookId Key of the book.
   * @param query Which page, which rows
   * @tag Copy
   */
  @Authorize("reader", "librarian")
  @TypedRoute.Get()
  public async list(
    @Me() caller: Caller,
    @TypedParam("bookId") bookId: string & tags.Format<"uuid">,
    @TypedQuery() query: ICopy.IRequest,
  ): Promise<IPage<ICopy.ISummary>> {
    return CopyProvider.list({ caller, bookId, query });
  }

  /**
   * Creates a copy.
   *
   * @param bookId Key of the book.
   * @param body Body of the create call
   * @tag Copy
   */
  @Authorize("librarian")
  @TypedRoute.Post()
  public async create(
    @Me() caller: Caller,
    @TypedParam("bookId") bookId: string & tags.Format<"uuid">,
    @TypedBody() body: ICopy.ICreate,
  ): Promise<ICopy> {
    return CopyProvider.create({ caller, bookId, body });
  }

  /**
   * Reads a copy.
   *
   * @param bookId Key of the book.
   * @param copyId Key of the copy.
   * @tag Copy
   */
  @Authorize("reader", "librarian")
  @TypedRoute.Get(":copyId")
  public async at(
    @Me() caller: Caller,
    @TypedParam("bookId") bookId: string & tags.Format<"uuid">,
    @TypedParam("copyId") copyId: string & tags.Format<"uuid">,
  ): Promise<ICopy> {
    return CopyProvider.at({ caller, bookId, copyId });
  }

  /**
   * Changes a copy.
   *
   * @param bookId Key of the book.
   * @param copyId Key of the copy.
   * @param body Body of the update call
   * @tag Copy
   */
  @Authorize("librarian")
  @TypedRoute.Put(":copyId")
  public async update(
    @Me() caller: Caller,
    @TypedParam("bookId") bookId: string & tags.Format<"uuid">,
    @TypedParam("copyId") copyId: string & tags.Format<"uuid">,
    @TypedBody() body: ICopy.IUpdate,
  ): Promise<ICopy> {
    return CopyProvider.update({ caller, bookId, copyId, body });
  }

  /**
   * Erases a copy.
   *
   * @param bookId Key of the book.
   * @param copyId Key of the copy.
   * @tag Copy
   */
  @Authorize("librarian")
  @TypedRoute.Delete(":copyId")
  @HttpCode(204)
  public async erase(
    @Me() caller: Caller,
    @TypedParam("bookId") bookId: string & tags.Format<"uuid">,
    @TypedParam("copyId") copyId: string & tags.Format<"uuid">,
  ): Promise<void> {
    return CopyProvider.erase({ caller, bookId, copyId });
  }
}
