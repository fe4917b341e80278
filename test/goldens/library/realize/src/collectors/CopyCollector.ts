import type { ICopy } from "../api/structures/ICopy";
import { clock } from "../clock";
import type { Prisma } from "../prisma/client";
import { randomUUID } from "node:crypto";

export namespace CopyCollector {
  /** The columns of a new copy. */
  export const create = (props: { body: ICopy.ICreate; bookId: string }) =>
    ({
      id: randomUUID(),
      shelf: props.body.shelf,
      condition: props.body.condition,
      price: props.body.price,
      createdAt: clock.now(),
      updatedAt: clock.now(),
      bookId: props.bookId,
    }) satisfies Prisma.CopyUncheckedCreateInput;

  /** The columns that an update changes; undefined leaves a column as it is. */
  export const update = (props: { body: ICopy.IUpdate }) =>
    ({
      shelf: props.body.shelf,
      condition: props.body.condition,
      price: props.body.price,
      updatedAt: clock.now(),
    }) satisfies Prisma.CopyUncheckedUpdateInput;
}
