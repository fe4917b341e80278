import type { tags } from "typia";
import type { IAuthorizationToken } from "./IAuthorizationToken";

/** Somebody who keeps notes. */
export interface IMember {
  /** Identifies the member. */
  id: string & tags.Format<"uuid">;

  /** Signs in with it. */
  email: string & tags.Format<"email">;

  /** When the member signed up. */
  createdAt: string & tags.Format<"date-time">;
}

export namespace IMember {
  /** What a new member tells. */
  export interface IJoin {
    /** Signs in with it. */
    email: string & tags.Format<"email"> & tags.MaxLength<254>;

    /** Kept as a salted hash only. */
    password: string & tags.MinLength<8> & tags.MaxLength<128>;
  }

  /** Proof of being the member. */
  export interface ILogin {
    /** The e-mail address of the account. */
    email: string & tags.Format<"email"> & tags.MaxLength<254>;

    /** The password of the account. */
    password: string & tags.MaxLength<128>;
  }

  /** A refresh token to exchange for new tokens. */
  export interface IRefresh {
    /** The refresh token that came last. */
    refresh: string & tags.MaxLength<256>;
  }

  /** A member who is signed in. */
  export interface IAuthorized extends IMember {
    /** Proof of the sign-in. */
    token: IAuthorizationToken;
  }
}
