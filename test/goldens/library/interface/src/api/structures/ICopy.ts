import type { tags } from "typia";
import type { IBook } from "./IBook";

/** One volume of a book. */
export interface ICopy {
  /** Key of a copy. */
  id: string & tags.Format<"uuid">;

  /** Where it stands. */
  shelf: string & tags.MinLength<1> & tags.MaxLength<20>;

  /** State of the paper. */
  condition: "fresh" | "worn" | "damaged";

  /** What it costs to replace. */
  price: string & tags.Pattern<"^[0-9]{1,14}(\\.[0-9]{1,4})?$">;

  /** When the copy came to be. */
  createdAt: string & tags.Format<"date-time">;

  /** When the copy last changed. */
  updatedAt: string & tags.Format<"date-time">;

  /** Book it belongs to. */
  book: IBook.ISummary;
}

export namespace ICopy {
  /** Short form of a copy. */
  export interface ISummary {
    /** Key of a copy. */
    id: string & tags.Format<"uuid">;

    /** Where it stands. */
    shelf: string & tags.MinLength<1> & tags.MaxLength<20>;

    /** State of the paper. */
    condition: "fresh" | "worn" | "damaged";

    /** What it costs to replace. */
    price: string & tags.Pattern<"^[0-9]{1,14}(\\.[0-9]{1,4})?$">;

    /** When the copy came to be. */
    createdAt: string & tags.Format<"date-time">;

    /** When the copy last changed. */
    updatedAt: string & tags.Format<"date-time">;
  }

  /** Body that creates a copy. */
  export interface ICreate {
    /** Where it stands. */
    shelf: string & tags.MinLength<1> & tags.MaxLength<20>;

    /** State of the paper. */
    condition: "fresh" | "worn" | "damaged";

    /** What it costs to replace. */
    price: string & tags.Pattern<"^[0-9]{1,14}(\\.[0-9]{1,4})?$">;
  }

  /** Changes to a copy; what is left out stays as it is. */
  export interface IUpdate {
    /** Where it stands. */
    shelf?: string & tags.MinLength<1> & tags.MaxLength<20>;

    /** State of the paper. */
    condition?: "fresh" | "worn" | "damaged";

    /** What it costs to replace. */
    price?: string & tags.Pattern<"^[0-9]{1,14}(\\.[0-9]{1,4})?$">;
  }

  /** Which page of copy rows, and which rows. */
  export interface IRequest {
    /** Number of the page, from 1. */
    page?: number & tags.Type<"uint32"> & tags.Minimum<1> & tags.Maximum<1000000>;

    /** Rows per page, 20 unless told. */
    limit?: number & tags.Type<"uint32"> & tags.Minimum<1> & tags.Maximum<100>;

    /** Order of the rows; a minus sign turns it round. */
    sort?:
      | "shelf"
      | "-shelf"
      | "condition"
      | "-condition"
      | "price"
      | "-price"
      | "createdAt"
      | "-createdAt"
      | "updatedAt"
      | "-updatedAt";

    /** Text that the row must contain. */
    search?: string & tags.MinLength<1> & tags.MaxLength<100>;

    /** Only rows with this: State of the paper. */
    condition?: "fresh" | "worn" | "damaged";
  }
}
