/** Random values for tests that need rows to differ. */
import { randomInt, randomUUID } from "node:crypto";

interface Range {
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const LETTERS_AND_DIGITS = `${LETTERS}0123456789`;

const repeat = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const text = (length: number, alphabet: string): string =>
  repeat(length, () => alphabet.charAt(randomInt(alphabet.length))).join("");
const word = (): string => text(randomInt(3, 9), LETTERS);
const sentence = (): string => repeat(randomInt(4, 9), word).join(" ");
const moment = (): Date => new Date(Date.UTC(2030, 0, 1) + randomInt(2 ** 40));

export const random = {
  pick: <T>(array: readonly T[]): T => array[randomInt(array.length)]!,
  sample: <T>(array: readonly T[], count: number): T[] =>
    [...array]
      .map((value) => ({ value, key: Math.random() }))
      .sort((x, y) => x.key - y.key)
      .slice(0, count)
      .map(({ value }) => value),
  boolean: (probability = 0.5): boolean => Math.random() < probability,
  integer: ({ minimum = 0, maximum = minimum + 1000, multipleOf = 1 }: Range = {}): number => {
    const least = Math.ceil(minimum / multipleOf);
    return randomInt(least, Math.floor(maximum / multipleOf) + 1) * multipleOf;
  },
  number: ({ minimum = 0, maximum = minimum + 1, multipleOf }: Range = {}): number => {
    const value = minimum + Math.random() * (maximum - minimum);
    return multipleOf === undefined ? value : Math.round(value / multipleOf) * multipleOf;
  },
  string: ({
    minLength = 8,
    maxLength = Math.max(minLength, 16),
  }: {
    minLength?: number;
    maxLength?: number;
  } = {}): string => text(randomInt(minLength, maxLength + 1), LETTERS),
  format: (
    format: "uuid" | "email" | "uri" | "date" | "date-time" | "ipv4" | "ipv6" | "hostname" | "time" | "duration",
  ): string => {
    switch (format) {
      case "uuid":
        return randomUUID();
      case "email":
        return `${randomUUID()}@example.com`;
      case "uri":
        return `https://example.com/${randomUUID()}`;
      case "date":
        return moment().toISOString().slice(0, 10);
      case "date-time":
        return moment().toISOString();
      case "ipv4":
        return repeat(4, () => randomInt(256)).join(".");
      case "ipv6":
        return repeat(8, () => randomInt(65536).toString(16)).join(":");
      case "hostname":
        return `${word()}.example.com`;
      case "time":
        return moment().toISOString().slice(11);
      case "duration":
        return `PT${randomInt(1, 60)}M`;
    }
  },
  alphabets: (): string => text(10, LETTERS),
  alphaNumeric: (): string => text(10, LETTERS_AND_DIGITS),
  paragraph: sentence,
  content: (): string => repeat(3, sentence).join("\n\n"),
  mobile: (): string => `010${text(8, "0123456789")}`,
  name: (): string => `${word()} ${word()}`,
};
