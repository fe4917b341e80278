/** Half characters, which no endpoint takes back, become the sign for an unknown one. */

const HALF = /\p{Surrogate}/gu;

/** Whether a text may hold one, bare or escaped. */
export const mayHoldHalves = (text: string): boolean => text.search(HALF) >= 0 || /\\u[dD][89a-fA-F]/.test(text);

export const wellFormed = (value: unknown): unknown => {
  if (typeof value === "string") return value.replace(HALF, "\uFFFD");
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [wellFormed(key) as string, wellFormed(member)]),
  );
};
