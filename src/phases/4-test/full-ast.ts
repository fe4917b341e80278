/** The function by which a model writes a whole test over all expressions, for what flat steps cannot say. */
import typia from "typia";
import type { AutoBeTest } from "./ast.js";

export interface IFullTestFunctions {
  /** Writes one test as statements over expressions. */
  writeFunction(props: AutoBeTest.IFunction): void;
}

export const fullTestFunctions = typia.llm.application<IFullTestFunctions>();
