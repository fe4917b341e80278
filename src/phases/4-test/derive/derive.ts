/** Contract → the tests that follow from it: every operation for every caller, every guard, every refusal, every effect. */
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { AutoBeTest } from "../ast.js";
import { authenticationTests } from "./authentication.js";
import { effectTests } from "./effects.js";
import { erasedTests } from "./erased.js";
import { guardTests } from "./guards.js";
import { happyTests } from "./happy.js";
import { hiddenTests } from "./hidden.js";
import { outsideTests } from "./outside.js";
import { raceTests } from "./races.js";
import { refusalTests } from "./refusals.js";
import { securityTests } from "./security/security.js";
import { strayTests } from "./strays.js";
import { wholeTests } from "./whole.js";
import { Workshop } from "./workshop.js";

export const deriveTest = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
): AutoBeTest.IApplication => {
  const workshop = new Workshop(analyze, database, document);
  for (const operation of document.operations) {
    if (operation.path.startsWith("/auth/")) continue;
    const model = modelNamed(database, operation.model ?? "");
    if (model === undefined) continue;
    if (operation.kind === "custom") {
      if (isBare(operation)) guardTests(workshop, model, operation);
      continue;
    }
    happyTests(workshop, model, operation);
    guardTests(workshop, model, operation);
    hiddenTests(workshop, model, operation);
    refusalTests(workshop, model, operation);
    effectTests(workshop, model, operation);
    erasedTests(workshop, model, operation);
    securityTests(workshop, model, operation);
    raceTests(workshop, model, operation);
    wholeTests(workshop, model, operation);
    strayTests(workshop, model, operation);
    outsideTests(workshop, model, operation);
  }
  authenticationTests(workshop);
  return { functions: workshop.functions };
};

/** Nothing but the row is given, so that the machine knows how to call it, though not what comes of it. */
const isBare = ({ requestBody, query, parameters, model }: AutoBeOpenApi.IOperation): boolean =>
  requestBody === null && query === null && parameters.length > 0 && parameters.at(-1)!.model === model;
