/** The types that calls answer → test/shape.ts: one check for each, however many tests call for it. */
import { shape } from "../../../base/naming.js";
import type { AutoBeOpenApi } from "../ast.js";
import { importsOf } from "./structures.js";
import { typeName } from "./type-script.js";

export const printShapes = (document: AutoBeOpenApi.IDocument): string => {
  const types = new Set(document.operations.flatMap(({ responseBody }) => responseBody ?? []));
  const checks = [...types].sort().map((type) => `${shape(type)}: typia.createAssert<${typeName(type)}>(),`);
  const body = `export const shape = {\n${checks.join("\n")}\n};\n`;
  return [
    "/** What answers look like: each check throws where an answer differs from its type. */",
    'import typia from "typia";',
    `${importsOf(document, body, null, "../src/api/structures")}${body}`,
  ].join("\n");
};
