import type { tags } from "typia";

/** What a signed-in account proves itself with. */
export interface IAuthorizationToken {
  /** Sent with every request as `Authorization: Bearer <access>`. */
  access: string;

  /** Exchanged once for new tokens when `access` has expired. */
  refresh: string;

  /** When `access` expires. */
  expiredAt: string & tags.Format<"date-time">;

  /** When `refresh` expires. */
  refreshableUntil: string & tags.Format<"date-time">;
}
