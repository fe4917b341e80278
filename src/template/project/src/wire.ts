/** Days, moments, times of day and bytes as they go over the wire, and as the database keeps them. */
import { refusal } from "./refusal";

/** `YYYY-MM-DD` → midnight in UTC, which is how Prisma takes a day. */
export const parseDay = (text: string): Date => {
  const day = new Date(`${text}T00:00:00.000Z`);
  // JavaScript takes the 31st of February for the 3rd of March; there is no year 0 in PostgreSQL.
  if (Number.isNaN(day.getTime()) || printDay(day) !== text || text < "0001")
    throw refusal(400, "INVALID", `There is no day ${text}.`);
  return day;
};

export const printDay = (day: Date): string => day.toISOString().slice(0, 10);

/** ISO 8601 with any offset → the moment, to the millisecond. */
export const parseMoment = (text: string): Date => {
  parseDay(text.slice(0, 10));
  return new Date(text);
};

/** `HH:MM:SS` → that time of the first day of 1970, which is how Prisma takes a time of day. */
export const parseTime = (text: string): Date => new Date(`1970-01-01T${text}.000Z`);

export const printTime = (time: Date): string => time.toISOString().slice(11, 19);

/** Base64 → bytes. */
export const parseBytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "base64"));

export const printBytes = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
