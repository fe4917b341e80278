/** Tables and permissions → operations. */
import { collection, dto, pageOf, parameter, spoken, withArticle } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../ast.js";
import { creationsOf } from "../origins.js";
import { accessOf, chainOf, creatorsOf, transitionAccess } from "./access.js";
import { effectsOf, refusalsOf } from "./behaviour.js";
import { keySchema } from "./columns.js";
import type { Derivation } from "./derivation.js";
import { failuresOf } from "./failures.js";

export const deriveOperations = (from: Derivation): AutoBeOpenApi.IOperation[] =>
  from.database.files
    .flatMap((file) => file.models)
    .filter((model) => model.stance !== "session" && model.parent?.kind !== "composed")
    .flatMap((model) => modelOperations(from, model));

/** Path of a collection and the parameters in front of it. */
export const routeOf = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
): { path: string; accessor: string; parents: AutoBeOpenApi.IParameter[] } => {
  const chain = chainOf(database, model);
  const parents = chain.slice(0, -1);
  return {
    path:
      parents.map((one) => `/${collection(one.name)}/{${parameter(one.name)}}`).join("") + `/${collection(model.name)}`,
    accessor: chain.map((one) => collection(one.name)).join("."),
    parents: parents.map(keyParameter),
  };
};

export const keyParameter = (model: AutoBeDatabase.IModel): AutoBeOpenApi.IParameter => ({
  name: parameter(model.name),
  description: `Key of the ${spoken(model.name)}.`,
  model: model.name,
  schema: keySchema(model.primaryField),
});

const modelOperations = (from: Derivation, model: AutoBeDatabase.IModel): AutoBeOpenApi.IOperation[] => {
  const { analyze, database, schemas } = from;
  const access = (action: AutoBeAnalyze.Action): AutoBeOpenApi.IAccess[] =>
    accessOf(analyze, database, model.name, action);
  const name = dto(model.name);
  const said = withArticle(model.name);
  const entity = analyze.modules.flatMap((module) => module.entities).find((one) => one.name === model.entity);
  const operations: AutoBeOpenApi.IOperation[] = [];
  const add = (
    kind: AutoBeOpenApi.Kind,
    callers: AutoBeOpenApi.IAccess[],
    parts: Partial<AutoBeOpenApi.IOperation> & { description: string },
    own: boolean,
    action: string = kind,
  ): void => {
    if (callers.length === 0) return;
    const route = routeOf(database, model);
    operations.push({
      name: `${route.accessor}.${action}`,
      kind,
      method: "get",
      path: own ? `${route.path}/{${parameter(model.name)}}` : route.path,
      specification: "",
      model: model.name,
      access: callers,
      parameters: own ? [...route.parents, keyParameter(model)] : route.parents,
      query: null,
      requestBody: null,
      responseBody: null,
      success: 200,
      failures: [],
      key: null,
      wrap: "none",
      creates: [],
      prerequisites: [],
      refusals: [],
      effects: [],
      transition: null,
      rules: [],
      ...parts,
      requirements: [...new Set([...callers.flatMap((one) => one.requirements), ...(parts.requirements ?? [])])],
    });
  };
  add(
    "list",
    access("read"),
    {
      description: `Lists ${spoken(collection(model.name))}, page by page.`,
      query: `${name}.IRequest`,
      responseBody: pageOf(`${name}.ISummary`),
      wrap: "page",
    },
    false,
  );
  add("at", access("read"), { description: `Reads ${said}.`, responseBody: name, key: "id" }, true);
  if (model.stance !== "actor")
    add(
      "create",
      creatorsOf(analyze, model, access("create")),
      {
        method: "post",
        description: `Creates ${said}.`,
        requestBody: `${name}.ICreate`,
        responseBody: name,
        success: 201,
        key: "id",
        creates: creationsOf(database, model),
        requirements: entity?.requirements ?? [],
      },
      false,
    );
  if (schemas[`${name}.IUpdate`] !== undefined)
    add(
      "update",
      access("update"),
      { method: "put", description: `Changes ${said}.`, requestBody: `${name}.IUpdate`, responseBody: name, key: "id" },
      true,
    );
  if (model.stance !== "actor")
    add(
      "erase",
      access("erase"),
      { method: "delete", description: `Erases ${said}${model.softDelete ? KEPT : ""}.`, success: 204 },
      true,
    );
  for (const lifecycle of analyze.modules.flatMap((module) => module.lifecycles))
    if (lifecycle.entity === model.name)
      for (const transition of lifecycle.transitions) {
        const callers = transitionAccess(from, model.name, transition);
        add(
          "transition",
          callers,
          {
            method: "post",
            path: `${routeOf(database, model).path}/{${parameter(model.name)}}/${transition.action}`,
            description: `Turns ${said} from ${transition.from.map(spoken).join(" or ")} into ${spoken(transition.to)}.`,
            responseBody: name,
            key: "id",
            transition: {
              action: transition.action,
              attribute: lifecycle.attribute,
              from: transition.from,
              to: transition.to,
              isScoped: transition.scopes.length !== 0,
              moments: model.plainFields
                .filter((field) => field.source?.kind === "transition" && field.source.of === transition.action)
                .map((field) => field.name),
            },
            requirements: [
              ...transition.requirements,
              ...model.plainFields
                .filter((field) => field.source?.kind === "transition" && field.source.of === transition.action)
                .flatMap((field) => field.requirements),
            ],
          },
          true,
          transition.action,
        );
      }
  return operations.map((operation) => {
    const behaviour = refusalsOf(from, model, operation);
    return {
      ...operation,
      ...behaviour,
      effects: effectsOf(from, model, operation),
      prerequisites: prerequisitesOf(database, model, operation),
      failures: failuresOf(operation, behaviour.refusals),
    };
  });
};

/** What becomes of a row of which others keep a record. */
const KEPT = "; nothing finds it any more, but rows that refer to it still show it";

/** Rows that must exist before the call: those named in the path, and those that a body refers to. */
const prerequisitesOf = (
  _database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): AutoBeOpenApi.IPrerequisite[] => [
  ...operation.parameters.map((one) => ({
    model: one.model,
    at: one.name,
    state: one.model === model.name && operation.transition !== null ? operation.transition.from[0]! : null,
    required: true,
  })),
  ...(operation.kind === "create" || operation.kind === "update"
    ? model.foreignFields
        .filter(
          (field) =>
            field.relation.name !== model.parent?.relation &&
            (operation.kind === "create" ? field.writer !== "server" : field.writer === "update"),
        )
        .map((field) => ({
          model: field.relation.targetModel,
          at: `body.${field.name}`,
          state: null,
          required: operation.kind === "create" && !field.nullable,
        }))
    : []),
];
