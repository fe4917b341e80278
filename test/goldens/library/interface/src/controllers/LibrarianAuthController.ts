import { TypedBody, TypedRoute } from "@nestia/core";
import { Controller, HttpCode } from "@nestjs/common";
import type { ILibrarian } from "../api/structures/ILibrarian";
import { Authorize, Me, type Caller } from "../auth/authorize";
import { LibrarianAuthProvider } from "../providers/LibrarianAuthProvider";

@Controller("auth/librarian")
export class LibrarianAuthController {
  /**
   * Logs a librarian in.
   *
   * @param body Body of the login call
   * @tag Librarian
   */
  @TypedRoute.Post("login")
  @HttpCode(200)
  public async login(@TypedBody() body: ILibrarian.ILogin): Promise<ILibrarian.IAuthorized> {
    return LibrarianAuthProvider.login({ body });
  }

  /**
   * Ends the session of the token.
   *
   * @tag Librarian
   */
  @Authorize("librarian")
  @TypedRoute.Post("logout")
  @HttpCode(204)
  public async logout(@Me() caller: Caller): Promise<void> {
    return LibrarianAuthProvider.logout({ caller });
  }

  /**
   * Reads the account of the token.
   *
   * @tag Librarian
   */
  @Authorize("librarian")
  @TypedRoute.Get("me")
  public async me(@Me() caller: Caller): Promise<ILibrarian> {
    return LibrarianAuthProvider.me({ caller });
  }

  /**
   * Changes a refresh token for the next pair of tokens.
   *
   * @param body Body of the refresh call
   * @tag Librarian
   */
  @TypedRoute.Post("refresh")
  @HttpCode(200)
  public async refresh(@TypedBody() body: ILibrarian.IRefresh): Promise<ILibrarian.IAuthorized> {
    return LibrarianAuthProvider.refresh({ body });
  }
}
