import type { tags } from "typia";

/** Something worth remembering. */
export interface INote {
  /** Identifies the note. */
  id: string & tags.Format<"uuid">;

  /** Unique among the notes of its owner. */
  title: string;
}

export namespace INote {
  /** A note to be made. */
  export interface ICreate {
    /** Unique among the notes of its owner. */
    title: string & tags.MinLength<1> & tags.MaxLength<80>;
  }
}
