/** One text and one digest per JSON value, whatever the order of its keys. */
import { createHash } from "node:crypto";

export const canonical = (value: unknown): string => JSON.stringify(sorted(value)) ?? "null";

/** SHA-256 of the canonical text, in hexadecimal. */
export const digest = (value: unknown): string => createHash("sha256").update(canonical(value)).digest("hex");

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const from = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(from)
      .sort()
      .map((key) => [key, sorted(from[key])]),
  );
};
