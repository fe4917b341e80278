import type { tags } from "typia";
import type { IAuthorizationToken } from "./IAuthorizationToken";

/** Keeps the catalogue and the loans. */
export interface ILibrarian {
  /** Key of a librarian. */
  id: string & tags.Format<"uuid">;

  /** When the account was opened. */
  createdAt: string & tags.Format<"date-time">;

  /** When the account last changed. */
  updatedAt: string & tags.Format<"date-time">;

  /** Address by which the account logs in. */
  email: string & tags.MinLength<1> & tags.MaxLength<254>;
}

export namespace ILibrarian {
  /** Credentials. */
  export interface ILogin {
    /** Address by which the account logs in. */
    email: string & tags.Format<"email"> & tags.MaxLength<254>;

    /** Password in the clear, never stored. */
    password: string & tags.MinLength<8> & tags.MaxLength<128>;
  }

  /** What buys the next pair of tokens. */
  export interface IRefresh {
    /** Refresh token, valid once. */
    refresh: string & tags.MinLength<1> & tags.MaxLength<512>;
  }

  /** The account and its tokens. */
  export interface IAuthorized {
    /** The account. */
    account: ILibrarian;

    /** Its tokens. */
    token: IAuthorizationToken;
  }
}
