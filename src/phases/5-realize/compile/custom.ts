/** Custom operations: the machine loads and guards the row that the path names, the model's leaves do the rest, the machine maps the answer. */
import { dto, parameter, variable } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { AutoBeRealize } from "../ast.js";
import { answerOf, callerOf, propsOf } from "./caller.js";
import { effectConditions, printEffects } from "./effects.js";
import { guardScope, loadRow, notFound } from "./guards.js";
import { keyIn } from "./keys.js";
import { printResult, printSteps } from "./leaves.js";
import { scopeFunction } from "./scopes.js";
import { delegate } from "./source.js";

export interface CustomPrinting {
  database: AutoBeDatabase.IApplication;
  document: AutoBeOpenApi.IDocument;
  realize: AutoBeRealize.IApplication;
  operation: AutoBeOpenApi.IOperation;
  leaves: AutoBeRealize.IOperation;
  model: AutoBeDatabase.IModel | undefined;
}

/** The model whose full answer an operation returns; its leaf then yields the row's id and the machine maps the row. */
export const answeredModel = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
): AutoBeDatabase.IModel | null =>
  database.files
    .flatMap((file) => file.models)
    .find((model) => model.stance !== "session" && dto(model.name) === operation.responseBody) ?? null;

/** The innermost row that the path names. */
export const locatedModel = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
): AutoBeDatabase.IModel | null => modelNamed(database, operation.parameters.at(-1)?.model ?? "") ?? null;

/** Names that leaves of an operation find declared. */
export const variablesOf = (database: AutoBeDatabase.IApplication, operation: AutoBeOpenApi.IOperation): string[] => {
  const located = locatedModel(database, operation);
  return [
    "tx",
    "now",
    ...(callerOf(operation).type === null ? [] : ["caller"]),
    ...operation.parameters.map((parameter) => parameter.name),
    ...(operation.query === null ? [] : ["query"]),
    ...(operation.requestBody === null ? [] : ["body"]),
    ...(located === null ? [] : [variable(located.name)]),
  ];
};

export const printCustom = (printing: CustomPrinting): string => {
  const { database, operation, leaves } = printing;
  const located = locatedModel(database, operation);
  const answered = answeredModel(database, operation);
  const handed = variablesOf(database, operation).filter(
    (name) => !["tx", "now"].includes(name) && !(located !== null && name === variable(located.name)),
  );
  const result = leaves.result ?? "undefined";
  const effecting =
    located !== null && located.name === operation.model ? { database, operation, model: located } : null;
  const key = located === null ? "" : `${variable(located.name)}.id`;
  return [
    `export const ${operation.name.split(".").at(-1)!} = async (${propsOf(operation)}): Promise<${answerOf(operation)}> => {`,
    ...(handed.length === 0 ? [] : [`const { ${handed.join(", ")} } = props;`]),
    "const now = clock.now();",
    "return database.client.$transaction(async (tx) => {",
    ...(located === null ? [] : loadLocated(printing, located)),
    ...(located === null || located.name !== operation.model ? [] : guardLocated(printing, located)),
    ...(effecting === null ? [] : effectConditions(effecting, key)),
    ...printSteps(operation.name, "before", leaves.before),
    ...(effecting === null ? [] : printEffects(effecting, key)),
    ...(operation.responseBody === null
      ? []
      : answered === null
        ? [`return ${printResult(operation.name, result)};`]
        : [
            `const answered: string = ${printResult(operation.name, result)};`,
            `const row = await tx.${delegate(answered.name)}.findUniqueOrThrow({ where: { id: answered }, select: ${answered.name}Transformer.select() });`,
            `return ${answered.name}Transformer.transform(row);`,
          ]),
    "});",
    "};",
  ].join("\n");
};

/** Who may call the operation and read no row of the kind is let to the rows that the operation is for. */
const loadLocated = (printing: CustomPrinting, model: AutoBeDatabase.IModel): string[] => {
  const { document, operation } = printing;
  const readers = (document.readers[model.name] ?? []).map((one) => one.actor);
  const isRead = readers.includes("guest") || operation.access.every((one) => readers.includes(one.actor));
  if (isRead || model.name !== operation.model) return loadRow({ operation }, model, variable(model.name));
  const key = (one: AutoBeDatabase.IModel, name: string): string => keyIn(one.primaryField.type, `props.${name}`);
  const above = model.parent?.kind === "routed" ? modelNamed(printing.database, model.parent.model) : undefined;
  const conditions = [
    `{ id: ${key(model, parameter(model.name))} }`,
    ...(above === undefined ? [] : [`{ ${model.parent!.relation}: { id: ${key(above, parameter(above.name))} } }`]),
    `${model.name}Scope.${scopeFunction(operation)}(${callerOf(operation).value})`,
  ];
  return [
    `const ${variable(model.name)} = await tx.${delegate(model.name)}.findFirst({ where: { AND: [${conditions.join(", ")}] } });`,
    `if (${variable(model.name)} === null) ${notFound(model.name)}`,
  ];
};

/** In a block, for leaves may call something `isAllowed`. */
const guardLocated = ({ document, operation }: CustomPrinting, model: AutoBeDatabase.IModel): string[] => {
  const guard = guardScope({ document, operation, model }, `${variable(model.name)}.id`);
  return guard.length === 0 ? [] : ["{", ...guard, "}"];
};
