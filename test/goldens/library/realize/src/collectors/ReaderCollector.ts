import type { IReader } from "../api/structures/IReader";
import { clock } from "../clock";
import type { Prisma } from "../prisma/client";
import { randomUUID } from "node:crypto";

export namespace ReaderCollector {
  /** The columns of a new reader. */
  export const create = (props: { body: IReader.IJoin; passwordHash: string }) =>
    ({
      id: randomUUID(),
      email: props.body.email.toLowerCase(),
      passwordHash: props.passwordHash,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    }) satisfies Prisma.ReaderUncheckedCreateInput;
}
