/** How a provider is handed its caller and the parts of the call. */
import { pagedBy } from "../../../base/naming.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";

/** Guests alone: no caller. Guests among others: perhaps one. */
export const callerOf = (operation: AutoBeOpenApi.IOperation): { type: string | null; value: string } => {
  const actors = new Set(operation.access.map((access) => access.actor));
  if (!actors.has("guest") && actors.size !== 0) return { type: "Caller", value: "props.caller" };
  return actors.size > 1 ? { type: "Caller | null", value: "props.caller" } : { type: null, value: "null" };
};

const typeName = (name: string): string => {
  const paged = pagedBy(name);
  return paged === null ? name : `IPage<${paged}>`;
};

/** `props: { caller: Caller; listId: string; body: ITask.ICreate }`, empty where there is nothing to hand over. */
export const propsOf = (operation: AutoBeOpenApi.IOperation): string => {
  const caller = callerOf(operation).type;
  const members = [
    ...(caller === null ? [] : [`caller: ${caller}`]),
    ...operation.parameters.map(
      (parameter) => `${parameter.name}: ${parameter.schema.type === "integer" ? "number" : "string"}`,
    ),
    ...(operation.query === null ? [] : [`query: ${typeName(operation.query)}`]),
    ...(operation.requestBody === null ? [] : [`body: ${typeName(operation.requestBody)}`]),
  ];
  return members.length === 0 ? "" : `props: { ${members.join("; ")} }`;
};

export const answerOf = (operation: AutoBeOpenApi.IOperation): string =>
  operation.responseBody === null ? "void" : typeName(operation.responseBody);
