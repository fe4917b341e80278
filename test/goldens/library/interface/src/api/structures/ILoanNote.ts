import type { tags } from "typia";

/** Something a reader wrote to a loan. */
export interface ILoanNote {
  /** Key of a loan note. */
  id: string & tags.Format<"uuid">;

  /** When the loan note came to be. */
  createdAt: string & tags.Format<"date-time">;

  /** What was written. */
  body: string & tags.MaxLength<2000>;
}

export namespace ILoanNote {
  /** Body that creates a loan note. */
  export interface ICreate {
    /** What was written. */
    body: string & tags.MaxLength<2000>;
  }
}
