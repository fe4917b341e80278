/** Custom operations of the analysis as a draft: a call on the row that owns them, until the model says otherwise. */
import { camel, dto, parameter } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../ast.js";
import { accessOf, callerOf } from "./access.js";
import type { Derivation } from "./derivation.js";
import { keyParameter, routeOf } from "./operations.js";

export const deriveCustom = (from: Derivation): AutoBeOpenApi.IOperation[] =>
  from.analyze.modules
    .flatMap((module) => module.operations)
    .flatMap((operation) => {
      const model = modelNamed(from.database, operation.entity);
      return model === undefined || model.parent?.kind === "composed" ? [] : [draft(from, model, operation)];
    });

const draft = (
  { analyze, database }: Derivation,
  model: AutoBeDatabase.IModel,
  operation: AutoBeAnalyze.IOperation,
): AutoBeOpenApi.IOperation => {
  const route = routeOf(database, model);
  const name = camel(operation.name);
  return {
    name: `${route.accessor}.${name}`,
    kind: "custom",
    method: "post",
    path: `${route.path}/{${parameter(model.name)}}/${name}`,
    description: operation.description,
    specification: "",
    model: model.name,
    access: customAccess(analyze, database, model.name, operation.actors, true),
    parameters: [...route.parents, keyParameter(model)],
    query: null,
    requestBody: null,
    responseBody: dto(model.name),
    success: 200,
    failures: [],
    key: "id",
    wrap: "none",
    creates: [],
    prerequisites: [],
    refusals: [],
    effects: [],
    transition: null,
    requirements: operation.requirements,
    rules: [],
  };
};

/** Rows that the callers may touch: as for an update where the call writes, else as for reading. */
export const customAccess = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  entity: string,
  actors: readonly string[],
  isWriting: boolean,
): AutoBeOpenApi.IAccess[] =>
  actors.flatMap((name) => {
    const actor = callerOf(analyze, name);
    const scoped = (["update", "read"] as const)
      .filter((action) => isWriting || action === "read")
      .map((action) => accessOf(analyze, database, entity, action).filter((one) => one.actor === actor))
      .find((access) => access.length !== 0);
    return (scoped ?? [{ actor, filter: null, requirements: [] }]).map((one) => ({ ...one, requirements: [] }));
  });
