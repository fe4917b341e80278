import { TypedBody, TypedRoute } from "@nestia/core";
import { Controller, HttpCode } from "@nestjs/common";
import type { IMember } from "../api/structures/IMember";
import { Authorize, type Caller, Me } from "../auth/authorize";
import { MemberAuthProvider } from "../providers/MemberAuthProvider";

@Controller("auth/member")
export class MemberAuthController {
  /**
   * Sign up as a member.
   *
   * @param body What the new member tells
   * @returns The member, signed in
   * @tag Authentication
   */
  @TypedRoute.Post("join")
  public async join(@TypedBody() body: IMember.IJoin): Promise<IMember.IAuthorized> {
    return MemberAuthProvider.join({ body });
  }

  /**
   * Sign in as a member.
   *
   * @param body Proof of being the member
   * @returns The member, signed in
   * @tag Authentication
   */
  @TypedRoute.Post("login")
  @HttpCode(200)
  public async login(@TypedBody() body: IMember.ILogin): Promise<IMember.IAuthorized> {
    return MemberAuthProvider.login({ body });
  }

  /**
   * Exchange a refresh token for new tokens.
   *
   * A refresh token is good for one exchange. Sending it again ends the session.
   *
   * @param body The refresh token that came last
   * @returns The member, with new tokens
   * @tag Authentication
   */
  @TypedRoute.Post("refresh")
  @HttpCode(200)
  public async refresh(@TypedBody() body: IMember.IRefresh): Promise<IMember.IAuthorized> {
    return MemberAuthProvider.refresh({ body });
  }

  /**
   * Sign out: both tokens of the session are void from now on.
   *
   * @tag Authentication
   */
  @Authorize("member")
  @TypedRoute.Post("logout")
  @HttpCode(204)
  public async logout(@Me() caller: Caller): Promise<void> {
    return MemberAuthProvider.logout({ caller });
  }

  /**
   * Read who is signed in.
   *
   * @returns The member behind the token
   * @tag Authentication
   */
  @Authorize("member")
  @TypedRoute.Get("me")
  public async me(@Me() caller: Caller): Promise<IMember> {
    return MemberAuthProvider.me({ caller });
  }
}
