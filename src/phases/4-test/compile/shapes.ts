/** The types that calls answer → test/shape.ts: one check for each, however many tests call for it. */
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { importsOf } from "../../3-interface/compile/structures.js";
import { typeName } from "../../3-interface/compile/type-script.js";

/** `ITask` → `ITask`, `IPageITask.ISummary` → `IPageITask_ISummary`: no other type is called so. */
export const shapeOf = (type: string): string => type.replaceAll(".", "_");

export const printShapes = (document: AutoBeOpenApi.IDocument): string => {
  const types = new Set(document.operations.flatMap(({ responseBody }) => responseBody ?? []));
  const checks = [...types].sort().map((type) => `${shapeOf(type)}: typia.createAssert<${typeName(type)}>(),`);
  const body = `export const shape = {\n${checks.join("\n")}\n};\n`;
  return [
    "/** What answers look like: each check throws where an answer differs from its type. */",
    'import typia from "typia";',
    `${importsOf(document, body, null, "../src/api/structures")}${body}`,
  ].join("\n");
};
