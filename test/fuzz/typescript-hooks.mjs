// Strips types as a file is loaded. As in vitest, `../src/…` means the build of it.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = new URL("../../", import.meta.url).href;

export const resolve = (specifier, context, next) => {
  const source = /^(?:\.\.\/)+src\/(.*)$/.exec(specifier);
  if (source !== null) return next(new URL(`dist/${source[1]}`, ROOT).href, context);
  const isOfTests = context.parentURL?.startsWith(`${ROOT}test/`) && specifier.startsWith(".");
  return next(isOfTests ? specifier.replace(/\.js$/, ".ts") : specifier, context);
};

export const load = async (url, context, next) => {
  if (!url.startsWith(`${ROOT}test/`) || !url.endsWith(".ts")) return next(url, context);
  const { outputText } = ts.transpileModule(await readFile(fileURLToPath(url), "utf8"), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return { format: "module", source: outputText, shortCircuit: true };
};
