/** Prints an item as JSON with what is wrong beside the wrong values, as `// ✖ …`. */
import type { Diagnostic } from "../base/diagnostic.js";
import { pathOf, type Segment } from "../base/json-path.js";

/** Comments stand at the path they speak of, or at the nearest parent that exists. */
export const annotate = (value: unknown, at: Segment[], diagnostics: readonly Diagnostic[], indent = ""): string => {
  const left = new Set(diagnostics);
  const lines = print(value, at, left, indent);
  return [...[...left].map((one) => `${indent}// ✖ ${one.message}`), `${indent}${lines}`].join("\n");
};

const print = (value: unknown, at: Segment[], left: Set<Diagnostic>, indent: string): string => {
  const inner = `${indent}  `;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const list = Array.isArray(value);
  const entries: [Segment, unknown][] = list ? value.map((one, i) => [i, one]) : Object.entries(value);
  const lines = entries.map(([key, member], i) => {
    const path = pathOf([...at, key]);
    const own = take(left, (one) => one.path === path);
    const text = print(member, [...at, key], left, inner);
    const comma = i < entries.length - 1 ? "," : "";
    return `${inner}${list ? "" : `${JSON.stringify(key)}: `}${text}${comma}${remarks(own)}`;
  });
  const absent = list ? [] : take(left, (one) => parentOf(one.path) === pathOf(at) && lastOf(one.path) !== null);
  lines.push(...absent.map((one) => `${inner}// ✖ ${lastOf(one.path)}: ${one.message}`));
  const [open, close] = list ? ["[", "]"] : ["{", "}"];
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join("\n")}\n${indent}${close}`;
};

const remarks = (own: readonly Diagnostic[]): string =>
  own.length === 0 ? "" : ` // ✖ ${own.map((one) => one.message.replaceAll("\n", " ")).join("; ")}`;

const take = (left: Set<Diagnostic>, wanted: (one: Diagnostic) => boolean): Diagnostic[] => {
  const taken = [...left].filter(wanted);
  for (const one of taken) left.delete(one);
  return taken;
};

const lastOf = (path: string): string | null => /\.([^.[\]]+)$/.exec(path)?.[1] ?? null;

const parentOf = (path: string): string => path.replace(/\.[^.[\]]+$/, "");
