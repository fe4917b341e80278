/** What the database refuses, in the words of the interface; the same for PGlite and PostgreSQL. */
import { Prisma } from "./prisma/client";
import { type Refusal, refusal } from "./refusal";

/** Null if the error is not the caller's doing. */
export const databaseRefusal = (error: unknown): Refusal | null => {
  const make = BY_PRISMA[prismaCode(error)] ?? BY_STATE[sqlState(error)];
  return make === undefined ? null : make();
};

const duplicate = () => refusal(409, "DUPLICATE", "This already exists.");
const referenced = () => refusal(409, "REFERENCED", "Something else refers to this, or this refers to nothing.");
const conflict = () => refusal(409, "CONFLICT", "Somebody else changed this at the same time. Try again.");
const outOfRange = () => refusal(422, "OUT_OF_RANGE", "A value is outside of what is allowed.");
const invalid = () => refusal(400, "INVALID", "The request does not have the documented form.");
const notFound = () => refusal(404, "NOT_FOUND", "There is nothing here.");

const BY_PRISMA: Record<string, () => Refusal> = {
  P2000: invalid, // longer than its column
  P2002: duplicate,
  P2003: referenced,
  P2020: outOfRange, // a number its column cannot hold
  P2025: notFound,
  P2034: conflict, // write conflict or deadlock
};

const BY_STATE: Record<string, () => Refusal> = {
  "22001": invalid, // longer than its column
  "22003": outOfRange, // a number its column cannot hold
  "22007": invalid, // not a date
  "22008": outOfRange, // a date its column cannot hold
  "22021": invalid, // a character PostgreSQL cannot keep: NUL
  "22P02": invalid, // not a uuid, number or enum member
  "22P05": invalid, // the same inside JSON
  "23001": referenced,
  "23503": referenced,
  "23505": duplicate,
  "23514": outOfRange, // CHECK
  "40001": conflict,
  "40P01": conflict, // deadlock
};

const prismaCode = (error: unknown): string =>
  error instanceof Prisma.PrismaClientKnownRequestError ? error.code : "";

/** The SQLSTATE, which lies at another depth for each driver and kind of query. */
const sqlState = (error: unknown, depth = 0): string => {
  if (typeof error !== "object" || error === null || depth > 5) return "";
  const { originalCode, code, cause, meta, driverAdapterError } = error as Record<string, unknown>;
  for (const candidate of [originalCode, code])
    if (typeof candidate === "string" && candidate in BY_STATE) return candidate;
  for (const inner of [cause, meta, driverAdapterError]) {
    const found = sqlState(inner, depth + 1);
    if (found !== "") return found;
  }
  return "";
};
