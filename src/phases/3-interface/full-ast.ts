/** The function by which a model writes a whole schema, for what flat properties cannot say. */
import typia, { type tags } from "typia";
import type { AutoBeOpenApi } from "./ast.js";

export interface IComponent {
  /** `IList.IClose` */
  name: string & tags.Pattern<"^I[A-Z][A-Za-z0-9]*(\\.I[A-Z][A-Za-z0-9]*)?$">;
  description: string;
  schema: AutoBeOpenApi.IJsonSchema;
}

export interface IFullInterfaceFunctions {
  /** Writes one component of the contract. */
  writeSchema(props: IComponent): void;
}

export const fullInterfaceFunctions = typia.llm.application<IFullInterfaceFunctions>();
