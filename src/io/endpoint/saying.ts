/** The words of an error body, in whichever of its forms, without the key that servers like to repeat. */

export const saying = (text: string, key: string | null): string => {
  const body = parsed(text);
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const error = (first as { error?: unknown } | null)?.error ?? first;
  const said = typeof error === "string" ? error : wordsOf(error);
  const words = (said ?? (/^\s*</.test(text) ? "a web page" : text)).replace(/\s+/g, " ").trim();
  return redacted(words, key).slice(0, 300);
};

export const redacted = (text: string, key: string | null): string =>
  key === null || key === "" ? text : text.replaceAll(key, "…");

/** A member of the error inside a body, at whichever depth its form has it. */
export const memberOf = (text: string, name: string): unknown => {
  const body = parsed(text);
  const first = (Array.isArray(body) ? body[0] : body) as Record<string, unknown> | null;
  if (first === null || typeof first !== "object") return undefined;
  const error = first["error"];
  return (
    (error !== null && typeof error === "object" ? (error as Record<string, unknown>)[name] : undefined) ?? first[name]
  );
};

const wordsOf = (error: unknown): string | null => {
  if (error === null || typeof error !== "object") return null;
  const { message, detail, metadata } = error as { message?: unknown; detail?: unknown; metadata?: { raw?: unknown } };
  const more = typeof metadata?.raw === "string" ? ` (${metadata.raw})` : "";
  if (typeof message === "string") return message + more;
  if (message !== undefined) return JSON.stringify(message);
  return detail === undefined ? null : typeof detail === "string" ? detail : detailsOf(detail);
};

/** FastAPI lists what is wrong where. */
const detailsOf = (detail: unknown): string => {
  if (!Array.isArray(detail)) return JSON.stringify(detail);
  return detail
    .map((one: { loc?: unknown[]; msg?: unknown; type?: unknown } | null) =>
      [one?.loc?.join("."), one?.msg ?? one?.type].filter((part) => part !== undefined).join(": "),
    )
    .join("; ");
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
