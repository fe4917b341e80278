/** A migration while it is put together: what is left to Prisma, and what is done before and after it. */
import type { AutoBeDatabase } from "../ast.js";

export interface Plan {
  /** The database as it is when Prisma's part begins. */
  from: AutoBeDatabase.IApplication;
  /** The database as it is when Prisma's part ends. */
  to: AutoBeDatabase.IApplication;
  /** Steps before Prisma's part. */
  early: string[];
  /** Steps after it. */
  late: string[];
  /** What is lost with this migration, said on top of it. */
  drops: string[];
  /** What whoever applies it should know. */
  warnings: string[];
}

/** A table that stays: as it is, as it is to be, and both as Prisma is shown them. */
export interface Pair {
  old: AutoBeDatabase.IModel;
  next: AutoBeDatabase.IModel;
  from: AutoBeDatabase.IModel;
  to: AutoBeDatabase.IModel;
}
