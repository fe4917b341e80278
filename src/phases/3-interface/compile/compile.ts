/** The contract → OpenAPI document, DTO types with their checks, and controllers. The SDK is made from the compiled controllers afterwards. */
import type { FileTree } from "../../../base/file-tree.js";
import type { AutoBeOpenApi } from "../ast.js";
import { compileControllers } from "./controllers.js";
import { compileOpenApi } from "./open-api.js";
import { printShapes } from "./shapes.js";
import { compileStructures } from "./structures.js";

export const compileInterface = (document: AutoBeOpenApi.IDocument): FileTree => ({
  "openapi.json": compileOpenApi(document),
  ...compileStructures(document),
  ...compileControllers(document),
  "test/shape.ts": printShapes(document),
});
