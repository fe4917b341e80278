/** What the model sees of the contract: one line per derived operation, types as differences from tables, and what is owed. */
import type { Asker } from "../../base/asker.js";
import { halves } from "../../base/prompt.js";
import type { ModelFunction, Task } from "../../base/task.js";
import type { AutoBeAnalyze } from "../1-analyze/ast.js";
import { type AutoBeDatabase, modelsOf } from "../2-database/ast.js";
import { type Aggregate, foldTable } from "../2-database/notation.js";
import { type AutoBeOpenApi, type IAmend, interfaceFunctions } from "./ast.js";
import { checkAmend } from "./check.js";
import { foldOperation } from "./notation.js";
import { type Obligation, obligationsOf } from "./obligations.js";

export const amendTask = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  aggregate: Aggregate,
  all: readonly Aggregate[],
  asker: Asker,
): Task<IAmend> => {
  const obligations = obligationsOf(analyze, database, document, aggregate, all);
  const operations = operationsShown(document, aggregate, obligations);
  const shown = {
    tables: aggregate.models.map(foldTable).join("\n"),
    types: typesOf(document, aggregate),
    operations: operations.map(foldOperation).join("\n"),
    others:
      modelsOf(database)
        .filter((model) => model.stance !== "session" && !aggregate.models.includes(model))
        .map((model) => model.name)
        .join(", ") || "none",
    obligations:
      obligations.map((one) => `- ${one.id}${one.isMust ? " (must)" : ""}: ${one.statement}`).join("\n") ||
      "none: empty lists are a good answer",
  };
  const names = operations.map((one) => one.name);
  const tables = modelsOf(database)
    .filter((model) => model.stance !== "session")
    .map((model) => model.name);
  const ids = [
    ...obligations.map((one) => one.id),
    ...operations.flatMap((one) => [...one.requirements, ...one.rules]),
  ];
  const serves = [...new Set(ids)];
  return {
    key: `interface/amend:${aggregate.name}`,
    function: interfaceFunctions.functions.find(
      (one) => one.name === "amendInterface",
    ) as unknown as ModelFunction<IAmend>,
    enums: {
      "operations[].name": names,
      "operations[].creates": tables,
      "refusals[].operation": names,
      "effects[].operation": names,
      "effects[].table": tables,
      "operations[].serves[]": serves,
      "refusals[].serves[]": serves,
      "effects[].serves[]": serves,
      "unserved[].id": obligations.map((one) => one.id),
    },
    ...halves(asker.render("interface-amend", shown)),
    shown,
    lists: {
      remove: (one: string) => one,
      operations: (one: { name: string }) => one.name,
      properties: (one: { type: string; name: string }) => `${one.type}.${one.name}`,
      refusals: (one: { operation: string; code: string }) => `${one.operation} ${one.code}`,
      effects: (one: { operation: string; table: string; what: string }) => `${one.operation} ${one.table} ${one.what}`,
      unserved: (one: { id: string }) => one.id,
    },
    closing: "unserved",
    check: (answer) => checkAmend({ database, document, operations, obligations }, answer),
  };
};

/** Operations of the aggregate; those of authentication only where a requirement waits for somebody to serve it. */
const operationsShown = (
  document: AutoBeOpenApi.IDocument,
  aggregate: Aggregate,
  obligations: readonly Obligation[],
): AutoBeOpenApi.IOperation[] => {
  const models = new Set(aggregate.models.map((model) => model.name));
  const needsAuthentication = obligations.some((one) => one.kind === "requirement");
  return document.operations.filter((one) =>
    one.path.startsWith("/auth/") ? needsAuthentication : models.has(one.model ?? ""),
  );
};

/** Derived types by name; their properties follow from the tables. */
const typesOf = (document: AutoBeOpenApi.IDocument, aggregate: Aggregate): string => {
  const models = new Set(aggregate.models.map((model) => model.name));
  return Object.entries(document.components.schemas)
    .filter(
      ([name, schema]) =>
        models.has(schema.model ?? "") || (name.startsWith("IPageI") && models.has(name.slice(6).split(".")[0]!)),
    )
    .map(([name]) => name)
    .join(", ");
};
