/** What somebody would try who means harm: each attempt is refused, or changes nothing and shows nothing. */
import type { AutoBeDatabase } from "../../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../../3-interface/ast.js";
import type { Workshop } from "../workshop.js";
import { forgedCreation, forgedUpdate } from "./bodies.js";
import { hostileQuery, hostileWindow, openedByFilter } from "./queries.js";

export const securityTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  if (operation.kind === "create") forgedCreation(workshop, model, operation);
  if (operation.kind === "update") forgedUpdate(workshop, model, operation);
  if (operation.kind === "list") {
    hostileWindow(workshop, model, operation);
    hostileQuery(workshop, model, operation);
    openedByFilter(workshop, model, operation);
  }
};
