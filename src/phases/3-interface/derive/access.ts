/** Who may do what with rows of an entity: the permissions, and what children inherit from their parents. */
import { pascal } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../ast.js";
import type { Derivation } from "./derivation.js";

export const accessOf = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  entity: string,
  action: AutoBeAnalyze.Action,
): AutoBeOpenApi.IAccess[] => {
  const permissions = analyze.modules
    .flatMap((module) => module.permissions)
    .map((one) => ({ ...one, actor: callerOf(analyze, one.actor) }));
  const own = permissions.filter((permission) => permission.entity === entity);
  const model = database.files.flatMap((file) => file.models).find((one) => one.name === entity);
  if (own.length === 0 && model?.parent) {
    const { relation, model: parent } = model.parent;
    return accessOf(analyze, database, parent, action === "read" ? "read" : "update").map((access) => ({
      ...access,
      filter: access.filter?.map((condition) => ({ ...condition, path: [relation, ...condition.path] })) ?? null,
    }));
  }
  const granted = own.filter((permission) => permission.actions.includes(action));
  const unlimited = new Set(granted.filter((permission) => permission.filter === null).map(({ actor }) => actor));
  return granted
    .filter((permission) => permission.filter === null || !unlimited.has(permission.actor))
    .map(({ actor, filter, requirements }) => ({ actor, filter, requirements }));
};

/** Rows on which each actor may call a transition: those said of it, else those it may update, else those it may read. */
export const transitionAccess = (
  { analyze, database }: Pick<Derivation, "analyze" | "database">,
  entity: string,
  { actors, scopes }: AutoBeAnalyze.ITransition,
): AutoBeOpenApi.IAccess[] =>
  actors
    .flatMap((name): Pick<AutoBeOpenApi.IAccess, "actor" | "filter">[] => {
      const actor = callerOf(analyze, name);
      const said = scopes.filter((scope) => scope.actor === name).map(({ filter }) => ({ actor, filter }));
      const of = (action: AutoBeAnalyze.Action): AutoBeOpenApi.IAccess[] =>
        accessOf(analyze, database, entity, action).filter((one) => one.actor === actor);
      return said.length !== 0 ? said : of("update").length !== 0 ? of("update") : of("read");
    })
    .map(({ actor, filter }) => ({ actor, filter, requirements: [] }));

/** Whoever needs no account is a guest, whatever the analysis calls it. */
export const callerOf = (analyze: AutoBeAnalyze.IApplication, actor: string): string =>
  analyze.actors.find((one) => one.name === actor)?.kind === "guest" ? "guest" : actor;

/** Only the actor that a required owner column names can create; others would leave it empty. */
export const creatorsOf = (
  analyze: AutoBeAnalyze.IApplication,
  model: AutoBeDatabase.IModel,
  access: AutoBeOpenApi.IAccess[],
): AutoBeOpenApi.IAccess[] => {
  const owners = model.foreignFields.filter((field) => field.source?.kind === "actor" && !field.nullable);
  return access.filter((one) => owners.every((field) => actorOf(analyze, field.relation.targetModel) === one.actor));
};

/** Actor whose accounts a model holds; null where it holds none. */
export const actorOf = (analyze: AutoBeAnalyze.IApplication, model: string): string | null =>
  analyze.actors.find((actor) => actor.kind !== "guest" && pascal(actor.name) === model)?.name ?? null;

/** The routed models from the outermost parent down to the model itself. */
export const chainOf = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
): AutoBeDatabase.IModel[] => {
  const chain = [model];
  for (let at = model; at.parent !== null && at.parent.kind === "routed"; ) {
    const parent = database.files.flatMap((file) => file.models).find((one) => one.name === at.parent!.model);
    if (parent === undefined || chain.includes(parent)) break;
    chain.unshift(parent);
    at = parent;
  }
  return chain;
};
