import type { tags } from "typia";
import type { ICopy } from "./ICopy";
import type { ILoanNote } from "./ILoanNote";
import type { IReader } from "./IReader";

/** A copy in the hands of a reader. */
export interface ILoan {
  /** Key of a loan. */
  id: string & tags.Format<"uuid">;

  /** Day by which it comes back. */
  due: string & tags.Format<"date">;

  /** Price of the copy when it was borrowed. */
  price: string & tags.Pattern<"^[0-9]{1,14}(\\.[0-9]{1,4})?$">;

  /** When it came back. */
  returnedAt: (string & tags.Format<"date-time">) | null;

  /** State it is in. */
  status: "active" | "returned" | "lost";

  /** When the loan came to be. */
  createdAt: string & tags.Format<"date-time">;

  /** When the loan last changed. */
  updatedAt: string & tags.Format<"date-time">;

  /** Who has the copy. */
  borrower: IReader.ISummary;

  /** What was borrowed. */
  copy: ICopy.ISummary;

  /** Something a reader wrote to a loan. */
  loanNotes: ILoanNote[];
}

export namespace ILoan {
  /** Short form of a loan. */
  export interface ISummary {
    /** Key of a loan. */
    id: string & tags.Format<"uuid">;

    /** Day by which it comes back. */
    due: string & tags.Format<"date">;

    /** Price of the copy when it was borrowed. */
    price: string & tags.Pattern<"^[0-9]{1,14}(\\.[0-9]{1,4})?$">;

    /** When it came back. */
    returnedAt: (string & tags.Format<"date-time">) | null;

    /** State it is in. */
    status: "active" | "returned" | "lost";

    /** When the loan came to be. */
    createdAt: string & tags.Format<"date-time">;

    /** When the loan last changed. */
    updatedAt: string & tags.Format<"date-time">;
  }

  /** Body that creates a loan. */
  export interface ICreate {
    /** What was borrowed. */
    copyId: string & tags.Format<"uuid">;

    /** Something a reader wrote to a loan. */
    loanNotes: ILoanNote.ICreate[] & tags.MaxItems<100>;
  }

  /** Changes to a loan; what is left out stays as it is. */
  export interface IUpdate {
    /** Something a reader wrote to a loan. */
    loanNotes?: ILoanNote.ICreate[] & tags.MaxItems<100>;
  }

  /** Which page of loan rows, and which rows. */
  export interface IRequest {
    /** Number of the page, from 1. */
    page?: number & tags.Type<"uint32"> & tags.Minimum<1> & tags.Maximum<1000000>;

    /** Rows per page, 20 unless told. */
    limit?: number & tags.Type<"uint32"> & tags.Minimum<1> & tags.Maximum<100>;

    /** Order of the rows; a minus sign turns it round. */
    sort?:
      | "due"
      | "-due"
      | "price"
      | "-price"
      | "status"
      | "-status"
      | "createdAt"
      | "-createdAt"
      | "updatedAt"
      | "-updatedAt";

    /** Only rows with this: State it is in. */
    status?: "active" | "returned" | "lost";

    /** Only rows with this: Who has the copy. */
    borrowerId?: string & tags.Format<"uuid">;

    /** Only rows with this: What was borrowed. */
    copyId?: string & tags.Format<"uuid">;
  }
}
