import type { tags } from "typia";

/** One page of a list. */
export interface IPage<T extends object> {
  /** Where this page stands in the whole list. */
  pagination: IPage.IPagination;

  /** The records of this page. */
  data: T[];
}

export namespace IPage {
  /** Where a page stands in the whole list. */
  export interface IPagination {
    /** Number of this page, the first is 1. */
    current: number & tags.Type<"uint32">;

    /** Most records a page holds. */
    limit: number & tags.Type<"uint32">;

    /** Records in the whole list. */
    records: number & tags.Type<"uint32">;

    /** Pages in the whole list. */
    pages: number & tags.Type<"uint32">;
  }

  /** Which page is wanted. */
  export interface IRequest {
    /** Number of the page, the first is 1. */
    page?: number & tags.Type<"uint32"> & tags.Minimum<1>;

    /** Most records of a page, 20 unless told. */
    limit?: number & tags.Type<"uint32"> & tags.Minimum<1> & tags.Maximum<100>;
  }
}
