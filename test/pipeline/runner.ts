/** The migrations of a generated project applied by its own runner, without the rest of the project. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { FileTree } from "../../src/base/file-tree.js";

export const put = (root: string, files: FileTree): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
};

export interface Runner {
  migrate(session: {
    execute(sql: string): Promise<void>;
    query(sql: string): Promise<Record<string, unknown>[]>;
  }): Promise<void>;
}

/** The runner as a generated project has it, without the rest of the project. */
export const runnerIn = (root: string): Runner & { root: string } => {
  mkdirSync(join(root, "prisma", "migrations"), { recursive: true });
  const compiled = ["config", "migrations"].map((file) => {
    const source = readFileSync(new URL(`../../src/template/project/src/${file}.ts`, import.meta.url), "utf8");
    const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
    return [`lib/${file}.js`, outputText] as const;
  });
  put(root, { ...Object.fromEntries(compiled), "package.json": "{}" });
  const required = createRequire(join(root, "lib", "x.js"))("./migrations.js") as Runner;
  return { root, migrate: required.migrate };
};
