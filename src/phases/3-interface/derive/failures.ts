/** Statuses with which an operation may fail, and when. */
import type { AutoBeOpenApi } from "../ast.js";

export const failuresOf = (
  operation: AutoBeOpenApi.IOperation,
  refusals: AutoBeOpenApi.IRefusal[],
): AutoBeOpenApi.IFailure[] => {
  const failures: AutoBeOpenApi.IFailure[] = [];
  if (operation.access.every((one) => one.actor !== "guest")) {
    failures.push({ status: 401, when: "The token is missing or not valid." });
    failures.push({ status: 403, when: "The caller may not do this." });
  }
  failures.push({ status: 400, when: "A parameter, the query or the body has the wrong form." });
  const isAboutRows = operation.parameters.length !== 0 || operation.prerequisites.length !== 0;
  if (isAboutRows || (operation.requestBody !== null && operation.kind !== "join"))
    failures.push({ status: 404, when: "A row that the call names is not there for this caller." });
  for (const refusal of refusals) {
    const same = failures.find((failure) => failure.status === refusal.status);
    if (same === undefined) failures.push({ status: refusal.status, when: refusal.when });
    else same.when += ` ${refusal.when}`;
  }
  return failures.sort((x, y) => x.status - y.status);
};
