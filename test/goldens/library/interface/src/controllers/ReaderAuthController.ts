import { TypedBody, TypedRoute } from "@nestia/core";
import { Controller, HttpCode } from "@nestjs/common";
import type { IReader } from "../api/structures/IReader";
import { Authorize, Me, type Caller } from "../auth/authorize";
import { ReaderAuthProvider } from "../providers/ReaderAuthProvider";

@Controller("auth/reader")
export class ReaderAuthController {
  /**
   * Opens the account of a reader.
   *
   * @param body Body of the join call
   * @tag Reader
   */
  @TypedRoute.Post("join")
  public async join(@TypedBody() body: IReader.IJoin): Promise<IReader.IAuthorized> {
    return ReaderAuthProvider.join({ body });
  }

  /**
   * Logs a reader in.
   *
   * @param body Body of the login call
   * @tag Reader
   */
  @TypedRoute.Post("login")
  @HttpCode(200)
  public async login(@TypedBody() body: IReader.ILogin): Promise<IReader.IAuthorized> {
    return ReaderAuthProvider.login({ body });
  }

  /**
   * Ends the session of the token.
   *
   * @tag Reader
   */
  @Authorize("reader")
  @TypedRoute.Post("logout")
  @HttpCode(204)
  public async logout(@Me() caller: Caller): Promise<void> {
    return ReaderAuthProvider.logout({ caller });
  }

  /**
   * Reads the account of the token.
   *
   * @tag Reader
   */
  @Authorize("reader")
  @TypedRoute.Get("me")
  public async me(@Me() caller: Caller): Promise<IReader> {
    return ReaderAuthProvider.me({ caller });
  }

  /**
   * Changes a refresh token for the next pair of tokens.
   *
   * @param body Body of the refresh call
   * @tag Reader
   */
  @TypedRoute.Post("refresh")
  @HttpCode(200)
  public async refresh(@TypedBody() body: IReader.IRefresh): Promise<IReader.IAuthorized> {
    return ReaderAuthProvider.refresh({ body });
  }
}
