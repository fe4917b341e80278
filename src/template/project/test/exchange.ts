/** One request and its answer, as the report keeps it. */
import type { IFetchEvent } from "@nestia/fetcher";

export interface Exchange {
  method: string;
  /** The path as the interface documents it, `/notes/{noteId}`. */
  template: string;
  path: string;
  status: number | null;
  request: unknown;
  response: unknown;
}

export const toExchange = ({ route, path, status, input, output }: IFetchEvent): Exchange => ({
  method: route.method,
  template: (route.template ?? route.path).replace(/:(\w+)/g, "{$1}"),
  path,
  status,
  request: mask(input),
  response: mask(parse(output)),
});

/** An error arrives as the text of its JSON. */
const parse = (output: unknown): unknown => {
  try {
    return typeof output === "string" ? JSON.parse(output) : output;
  } catch {
    return output;
  }
};

/** The report is kept and sent around, so no secret gets into it. */
const SECRET = /password|secret|token|^access$|^refresh$/i;

const mask = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(mask);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskEntry(key, inner)]));
};

const maskEntry = (key: string, value: unknown): unknown =>
  typeof value === "string" && SECRET.test(key) ? "***" : mask(value);
