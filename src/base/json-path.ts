/** JSON paths as typia writes them (`$input.columns[3].table`, `$input["odd key"]`), read and followed. */

export type Segment = string | number;

const TOKEN = /\.([^.[\]]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** The segments behind `$input`; what cannot be read ends the path. */
export const segmentsOf = (path: string): Segment[] => {
  const result: Segment[] = [];
  TOKEN.lastIndex = path.startsWith("$input") ? "$input".length : 0;
  for (let at = TOKEN.exec(path); at !== null; at = TOKEN.exec(path)) {
    if (at[2] !== undefined) result.push(Number(at[2]));
    else result.push(at[1] ?? (JSON.parse(`"${at[3]}"`) as string));
  }
  return result;
};

export const pathOf = (segments: readonly Segment[]): string =>
  segments.reduce<string>(
    (path, one) =>
      typeof one === "number"
        ? `${path}[${one}]`
        : /^[\p{L}_$][\p{L}\d_$]*$/u.test(one)
          ? `${path}.${one}`
          : `${path}[${JSON.stringify(one)}]`,
    "$input",
  );

/** The value at a path, or undefined where the path leads nowhere. */
export const valueAt = (value: unknown, segments: readonly Segment[]): unknown =>
  segments.reduce<unknown>(
    (at, one) =>
      at !== null && typeof at === "object" && Object.hasOwn(at, one)
        ? (at as Record<Segment, unknown>)[one]
        : undefined,
    value,
  );

/** Puts a value at a path whose parents exist; does nothing where they do not. */
export const setAt = (value: unknown, segments: readonly Segment[], next: unknown): void => {
  const parent = valueAt(value, segments.slice(0, -1));
  const last = segments.at(-1);
  if (last !== undefined && parent !== null && typeof parent === "object")
    (parent as Record<Segment, unknown>)[last] = next;
};
