/** Analysis and database → the draft of the contract. It is safe when kept: nobody may do what no permission grants. */
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../ast.js";
import { accessOf, actorOf } from "./access.js";
import { deriveAuthentication } from "./authentication.js";
import { deriveCustom } from "./custom.js";
import { deriveOperations } from "./operations.js";
import { deriveSamples } from "./samples.js";
import { deriveSchemas, reachable, type Schemas } from "./schemas.js";

export const deriveInterface = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
): AutoBeOpenApi.IDocument => {
  const from = { analyze, database, schemas: deriveSchemas(analyze, database) };
  return prune({
    title: analyze.title,
    summary: analyze.summary,
    operations: [...deriveAuthentication(from), ...deriveOperations(from), ...deriveCustom(from)],
    components: {
      schemas: from.schemas,
      authorizations: analyze.actors
        .filter((actor) => actor.kind !== "guest")
        .map((actor) => ({ name: actor.name, description: actor.description })),
    },
    readers: Object.fromEntries(
      database.files
        .flatMap((file) => file.models)
        .filter((model) => model.stance !== "session")
        .map((model) => [model.name, readersOf(analyze, database, model)]),
    ),
    samples: deriveSamples(from),
  });
};

/** Permissions to read; an account always sees itself. */
const readersOf = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
): AutoBeOpenApi.IAccess[] => {
  const access = accessOf(analyze, database, model.name, "read");
  const actor = model.stance === "actor" ? actorOf(analyze, model.name) : null;
  if (actor === null || access.some((one) => one.actor === actor && one.filter === null)) return access;
  return [...access, { actor, filter: [{ path: ["id"], operator: "=", value: "me" }], requirements: [] }];
};

/** Drops the schemas and samples that no operation reaches. */
export const prune = (document: AutoBeOpenApi.IDocument): AutoBeOpenApi.IDocument => {
  const seen = reachable(
    document.components.schemas,
    document.operations.flatMap((operation) =>
      [operation.query, operation.requestBody, operation.responseBody].filter((name) => name !== null),
    ),
  );
  const keep = <T>(record: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => seen.has(name)));
  const schemas: Schemas = keep(document.components.schemas);
  return { ...document, components: { ...document.components, schemas }, samples: keep(document.samples) };
};
