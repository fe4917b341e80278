/** How later phases show operations to a model: one line each, refusals and effects below it. */
import type { AutoBeOpenApi } from "./ast.js";

export const foldOperation = (operation: AutoBeOpenApi.IOperation): string => {
  const callers = [...new Set(operation.access.map((one) => callerOf(operation, one)))].join(", ");
  const body = operation.requestBody ?? operation.query;
  const served = [...operation.requirements, ...operation.rules];
  const head = `${operation.name}${operation.kind === "custom" ? " (custom)" : ""}: ${operation.method.toUpperCase()} ${operation.path}, by ${callers}`;
  const types = `${body === null ? "" : `, takes ${body}`}, answers ${operation.success}${operation.responseBody === null ? "" : ` ${operation.responseBody}`}`;
  return [
    `${head}${types}${served.length === 0 ? "" : ` [${served.join(", ")}]`}`,
    ...operation.refusals.map((one) => `  refuses ${one.status} ${one.code}: ${one.when}`),
    ...operation.effects.map((one) => `  ${foldEffect(one)}`),
  ].join("\n");
};

/** Scopes are told where they are not those of the row's other operations. */
const callerOf = ({ transition }: AutoBeOpenApi.IOperation, { actor, filter }: AutoBeOpenApi.IAccess): string =>
  transition?.isScoped && filter !== null ? `${actor} where ${filter.map(printCondition).join(" and ")}` : actor;

const foldEffect = (effect: AutoBeOpenApi.IEffect): string => {
  const { action, model, column, value, path, only, compiled } = effect;
  if (!compiled) return `${action} ${model}: ${value}`;
  const through = path === null || path.length === 0 ? "" : ` along ${path.join(".")}`;
  const when = only.length === 0 ? "" : ` if ${only.map(printCondition).join(" and ")}`;
  if (action === "set") return `sets ${model}.${column} = ${value}${through}${when}`;
  if (action === "add") return `adds ${value} to ${model}.${column}${through}${when}`;
  return action === "insert" ? `makes a ${model} with ${value}${when}` : `erases ${model}${through}${when}`;
};

const printCondition = ({ path, operator, value }: AutoBeOpenApi.ICondition): string =>
  `${path.join(".")} ${operator} ${value}`;
