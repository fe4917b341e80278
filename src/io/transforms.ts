/** The transforms that a generated project names in its tsconfig.json, made of the packages that autobe brings. */
import { createRequire } from "node:module";
import type ts from "typescript";

/** A diagnostic of a transform, whose code is its name. */
export type TransformDiagnostic = Omit<ts.Diagnostic, "code"> & { code: number | string };

type Transform = (
  program: ts.Program,
  options: object,
  extras: { addDiagnostic(diagnostic: TransformDiagnostic): void },
) => ts.TransformerFactory<ts.SourceFile>;

export interface Plugin {
  transform: string;
  [option: string]: unknown;
}

const require = createRequire(import.meta.url);

const KNOWN = ["typia/lib/transform", "@nestia/core/lib/transform"];

/** Writes beside each operation of a controller what nestia's SDK and document are made of. */
const SDK = "@nestia/sdk/lib/transform";

/** Transforms in the order of the plugins, then the SDK's where it is wanted. */
export const makeTransforms = (
  program: ts.Program,
  plugins: readonly Plugin[],
  withSdk: boolean,
  complain: (diagnostic: TransformDiagnostic) => void,
): ts.TransformerFactory<ts.SourceFile>[] => [
  ...plugins
    .filter(({ transform }) => KNOWN.includes(transform))
    .map(({ transform, ...options }) => load(transform)(program, options, { addDiagnostic: complain })),
  ...(withSdk ? [loadFresh(SDK)(program, {}, { addDiagnostic: complain })] : []),
];

/** Transforms that a project names and autobe does not know: it would be judged by something else than what is written. */
export const unknownTransforms = (plugins: readonly Plugin[]): string[] =>
  plugins.map(({ transform }) => transform).filter((one) => !KNOWN.includes(one) && one !== SDK);

const load = (name: string): Transform => (require(name) as { default: Transform }).default;

/**
 * nestia's SDK transform keeps every type it ever met, so that a second build in one process would call a changed DTO
 * `INote.o1`: each build gets a transform that knows nothing.
 */
const loadFresh = (name: string): Transform => {
  const entry = require.resolve(name);
  const own = entry.replace(/transform\.js$/, "");
  for (const path of Object.keys(require.cache))
    if (path === entry || path.startsWith(`${own}transformers`)) delete require.cache[path];
  return load(name);
};
