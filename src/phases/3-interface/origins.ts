/** How rows come to be: every table that operations show has an operation, and a place in its answer, that yields one. */
import { type AutoBeDatabase, composedOf, composedProperty, modelsOf } from "../2-database/ast.js";
import type { AutoBeOpenApi } from "./ast.js";

/** What an answer with the whole row brings into being: the row, and those that live in its body. */
export const creationsOf = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
): AutoBeOpenApi.ICreation[] => [
  { model: model.name, at: "id" },
  ...composedOf(database, model).map((child) => ({ model: child.name, at: `${composedProperty(child)}[].id` })),
];

/** Tables that some operation shows and of which none yields a row. */
export const originless = (
  database: AutoBeDatabase.IApplication,
  { operations }: AutoBeOpenApi.IDocument,
): AutoBeDatabase.IModel[] => {
  const made = new Set(operations.flatMap((one) => one.creates.map((creation) => creation.model)));
  return modelsOf(database).filter(
    (model) =>
      model.stance !== "session" &&
      model.stance !== "actor" && // signing up and the seed make them
      !made.has(model.name) &&
      operations.some((one) => one.model === model.name && one.kind !== "custom"),
  );
};
