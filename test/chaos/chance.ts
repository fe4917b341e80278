/** Chance that comes out the same for the same words: no order of requests changes what happens to one of them. */
import { createHash } from "node:crypto";

/** From 0 to below 1. */
export const chance = (...words: (string | number)[]): number =>
  createHash("sha256").update(words.join("\n")).digest().readUInt32BE(0) / 2 ** 32;

export const pick = <T>(from: readonly T[], ...words: (string | number)[]): T =>
  from[Math.floor(chance(...words) * from.length)]!;
